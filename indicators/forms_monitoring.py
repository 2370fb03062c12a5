"""What people write in the monitoring report beside the figures, and the year of which one is begun."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.enums_monitoring import Passage
from indicators.services.monitoring import LONGEST
from notifications.rendering.coverage import unprintable

HINTS = {
    Passage.FOREWORD: _("放在综述之前，如编制经过、口径变化。"),
    Passage.SUMMARY: _("接在由数据生成的综述之后；数字请以表中为准。"),
    Passage.ERRATA: _("更正版请说明更正的原因。"),
}


class TextsForm(forms.Form):
    """One text for each passage, a paragraph a line; figures cannot be written here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for passage in Passage:
            rows = 6 if passage in (Passage.FOREWORD, Passage.SUMMARY) else 3
            self.fields[passage.value] = forms.CharField(
                label=passage.label,
                help_text=HINTS.get(passage, ""),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": rows}),
            )

    def clean(self) -> dict[str, Any]:
        """Every character can be printed."""
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            if found := unprintable(text):
                said = _("公文字库中没有这些字符：%(characters)s。请改用规范汉字或标点。") % {
                    "characters": " ".join(found)
                }
                self.add_error(name, str(said))
        return cleaned


class YearForm(forms.Form):
    """The year of which a report is begun."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
