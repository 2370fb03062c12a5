"""The form of countersigning a year's circular (会签)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications.forms import SignForm


class CosignForm(SignForm):
    """Agree, or object and say why; the password once more."""

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
