"""Forms of the formal check."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.enums import RemarkReason

Choices = list[tuple[str, Any]]


class RemarkForm(forms.Form):
    """One remark (补正意见, T3) on a field, section or material."""

    target = forms.ChoiceField(
        label=_("栏目或材料"),
        help_text=_("也可以在申报材料中点“提意见”直接选定。"),
        error_messages={"required": _("请选择这条意见针对的栏目或材料。")},
    )
    reason = forms.ChoiceField(
        label=_("事由"),
        choices=[("", _("请选择")), *RemarkReason.choices],
        error_messages={"required": _("请选择提出意见的事由。")},
    )
    text = forms.CharField(
        label=_("需要补正的问题"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": _("请写明需要补正的问题。")},
    )
    basis = forms.CharField(
        label=_("依据"),
        help_text=_("条款编号，如 P-II.1.4b；不填的，按所选栏目对应的条款。"),
        max_length=60,
        required=False,
    )
    needed = forms.CharField(
        label=_("补正要求"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300, required=False
    )
    row = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=40)

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", _("请选择")), *_grouped(targets)]  # type: ignore[attr-defined]


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
