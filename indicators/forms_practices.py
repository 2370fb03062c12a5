"""The form of a good practice, and the filters of the public list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.models import Division
from files.forms import UploadField
from indicators.enums_practices import Dimension, PracticeTag
from indicators.models import Practice
from indicators.services.practices import ATTACHED
from workflow import instants

FIRST_YEAR = 2006
LONGEST = 8000


class PracticeForm(forms.Form):
    """An article; a file can be added once its draft is kept."""

    use_required_attribute = False

    title = forms.CharField(label=gettext_lazy("标题"), max_length=80)
    dimension = forms.ChoiceField(
        label=gettext_lazy("主要维度"), choices=Dimension.choices, widget=forms.RadioSelect, initial=Dimension.SPIRIT
    )
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("标签（可不选）"),
        choices=PracticeTag.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("“三优化结合”指民间资金、科技成果、人才相结合的创业模式。"),
    )
    year = forms.IntegerField(
        label=gettext_lazy("年度"),
        min_value=FIRST_YEAR,
        help_text=gettext_lazy("做法见效的年度，四位数字。"),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    text = forms.CharField(
        label=gettext_lazy("正文"),
        help_text=gettext_lazy("写明背景、做法、成效和可供其它地区借鉴之处；空一行分段。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=200, help_text=gettext_lazy("文件、报道或者总结材料的名称和日期。")
    )

    def __init__(self, *args: Any, actor: Actor, row: Practice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = instants.today().year - 1
        if row is not None:
            field = UploadField(purpose=ATTACHED, many=False, label=_("附件（可不传）"), required=False)
            field.bind_to(actor, row.dossier)
            self.fields["file"] = field

    def clean_year(self) -> int:
        """Not a year to come."""
        year: int = self.cleaned_data["year"]
        if year > instants.today().year:
            raise forms.ValidationError(_("年度不能晚于今年。"))
        return year


class FilterForm(forms.Form):
    """The list by place, dimension, tag and year."""

    q = forms.CharField(label=gettext_lazy("标题或正文"), required=False, max_length=60)
    place = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    dimension = forms.ChoiceField(label=gettext_lazy("维度"), required=False)
    tag = forms.ChoiceField(label=gettext_lazy("标签"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("年度"), required=False)

    def __init__(self, data: Any, places: Iterable[Division], years: Iterable[int]) -> None:
        super().__init__(data)
        choices: dict[str, list[Any]] = {
            "place": [(one.code, one.name) for one in places],
            "dimension": list(Dimension.choices),
            "tag": list(PracticeTag.choices),
            "year": [(str(year), str(year)) for year in years],
        }
        for name, found in choices.items():
            self.fields[name].choices = [("", _("全部")), *found]  # type: ignore[attr-defined]
