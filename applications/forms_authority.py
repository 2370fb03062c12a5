"""Forms of the formal check."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, Any]]


class RemarkForm(forms.Form):
    """One remark (补正意见) on a field or material; left empty it is none."""

    target = forms.ChoiceField(label=_("栏目或材料"), required=False)
    text = forms.CharField(
        label=_("需要补正的问题"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False
    )
    basis = forms.CharField(label=_("依据"), help_text=_("条款编号，如 P-II.1.4b"), max_length=60, required=False)
    needed = forms.CharField(
        label=_("补正要求"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300, required=False
    )

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", _("请选择")), *_grouped(targets)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(data.get(name) for name in self.fields):
            if not data.get("target") and "target" not in self.errors:
                self.add_error("target", gettext("请选择这条意见针对的栏目或材料。"))
            if not data.get("text") and "text" not in self.errors:
                self.add_error("text", gettext("请写明需要补正的问题；不需要这一条的，请把本条各项清空。"))
        return data


def _grouped(targets: list[tuple[str, str]]) -> Choices:
    """Fields under the title of their section, so that a long list can be searched by eye."""

    def heading(target: tuple[str, str]) -> str:
        key, label = target
        if key.startswith("material:"):
            return gettext("申报材料")
        return label.partition(" › ")[0] if key.startswith("field:") else ""

    found: Choices = []
    for title, rows in groupby(targets, heading):
        same = [(key, label.partition(" › ")[2] or label) for key, label in rows]
        found += [(title, same)] if title else same
    return found


class BaseRemarks(forms.BaseFormSet):
    """The complete list of remarks; a row left or made empty is not a remark."""

    def rows(self, targets: dict[str, str]) -> list[dict[str, str]]:
        """The remarks as they are kept in the draft."""
        return [
            {**form.cleaned_data, "label": targets.get(form.cleaned_data["target"], "")}
            for form in self.forms
            if form.cleaned_data.get("text")
        ]

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the row it stands in and a link to its field."""
        return [
            {
                "text": gettext("第 %(n)d 条，%(field)s：%(error)s")
                % {"n": number, "field": form.fields[name].label, "error": error},
                "href": f"#{form[name].auto_id}",
            }
            for number, form in enumerate(self.forms, start=1)
            for name, errors in form.errors.items()
            for error in errors
        ]


Remarks = forms.formset_factory(RemarkForm, formset=BaseRemarks, extra=2, max_num=100)
