"""Forms of the formal check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """One remark (补正意见) on a field or material."""

    target = forms.ChoiceField(label=_("栏目或材料"))
    text = forms.CharField(
        label=_("需要补正的问题"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=True
    )
    basis = forms.CharField(label=_("依据"), help_text=_("条款编号，如 P-II.1.4b"), max_length=60, required=False)
    needed = forms.CharField(
        label=_("补正要求"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300, required=False
    )

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", _("请选择")), *targets]  # type: ignore[attr-defined]


class BaseRemarks(forms.BaseFormSet):
    """The complete list of remarks; a row left empty is not a remark."""

    def rows(self, targets: dict[str, str]) -> list[dict[str, str]]:
        """The remarks as they are kept in the draft."""
        return [
            {**form.cleaned_data, "label": targets.get(form.cleaned_data["target"], "")}
            for form in self.forms
            if form.cleaned_data.get("text") and form not in self.deleted_forms
        ]


Remarks = forms.formset_factory(RemarkForm, formset=BaseRemarks, extra=3, can_delete=True, max_num=100)
