"""What the forms of papers share across rooms: fields, the rule that they are filled in, countersigning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.private_numbers import refuse
from notifications.forms import SignForm
from notifications.models import Draft

BLANK = "（待填写）"


def text_field(label: Any, help_text: Any, rows: int = 6, required: bool = True) -> forms.CharField:
    """Several lines, each a paragraph or a point."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
        required=required,
    )


def contact_field() -> forms.CharField:
    """Who may be asked."""
    return forms.CharField(
        label=_("附注"), help_text=_("联系人及办公电话"), max_length=60, required=False, validators=[refuse]
    )


def required(form: type[forms.Form]) -> Callable[[Draft], list[str]]:
    """A rule: these fields of the draft are filled in and the form accepts them."""

    def missing(draft: Draft) -> list[str]:
        bound = form(draft.fields)
        if bound.is_valid():
            return []
        return [
            gettext("“%(field)s”：%(error)s") % {"field": bound.fields[name].label, "error": error}
            for name, errors in bound.errors.items()
            for error in errors
            if name in bound.fields
        ]

    return missing


class CountersignForm(SignForm):
    """Agree, or object and say why (会签); the password once more."""

    field_order = ("stance", "reason", "password")
    stance = forms.ChoiceField(
        label=_("会签意见"), choices=[("agree", _("同意")), ("object", _("有不同意见"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("不同意见和理由"),
        help_text=_("有不同意见的必填：写明哪一处、依据是什么、建议怎样改。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = gettext("会签即时生效，记入案卷。请再次输入您本人的登录密码。")

    def clean(self) -> dict[str, Any]:
        """An objection says why."""
        data = super().clean() or {}
        if data.get("stance") == "object" and not (data.get("reason") or "").strip():
            self.add_error("reason", gettext("请写明不同意见和理由。"))
        return data
