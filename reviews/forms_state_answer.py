"""The form by which the state's answer to a recommendation is registered (CT-56)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.forms import UploadField
from reviews.models import Case
from reviews.services.state_answers import SCAN

APPROVED, DECLINED = "approved", "declined"


class StateAnswerForm(forms.Form):
    """What the state's department answered, by which document."""

    use_required_attribute = False
    result = forms.ChoiceField(
        label=_("结果"),
        choices=[(APPROVED, _("批准开展国家创新型试点")), (DECLINED, _("未批准"))],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("文号"),
        help_text=_("如：国科函创〔2026〕1号；没有正式文件的可以不填，并在“说明”中写明。"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    day = forms.DateField(
        label=_("答复日期"),
        help_text=_("文件的成文日期；批准的，称号自这一天起登记。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    explanation = forms.CharField(
        label=_("说明（可不填）"),
        help_text=_("未批准的，写明科学技术部的意见；申报单位可以看到。"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, actor: Actor, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = UploadField(purpose=SCAN, many=False, label=_("文件扫描件（可不传）"), required=False)
        field.bind_to(actor, case.dossier)
        self.fields["scan"] = field

    @property
    def is_approved(self) -> bool:
        """Whether the state approved."""
        return bool(self.cleaned_data["result"] == APPROVED)
