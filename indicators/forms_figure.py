"""Forms of one figure: an objection, its answer, a correction."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.forms import UploadField
from indicators.models import Return
from indicators.services.objecting import PROOF
from indicators.services.writing import read
from policy import figures
from policy.figures import Type
from workflow.machine import Refused

LONG, SHORT = 500, 200
NUMBER = {"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}


def _reason(label: Any, missing: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    told = {"required": missing}
    return forms.CharField(label=label, help_text=help_text, max_length=LONG, widget=widget, error_messages=told)


class ValueForm(forms.Form):
    """A form that asks for one figure: in its unit, as yes or no where it is one, refused at the field."""

    use_required_attribute = False

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        figure, field = figures.find(code), self.fields["value"]
        if figure and figure.type is Type.BOOLEAN:
            choices = (("", _("请选择")), ("1", _("是")), ("0", _("否")))
            self.fields["value"] = forms.ChoiceField(
                choices=choices, label=field.label, help_text=field.help_text, required=False
            )
        elif figure and figure.unit:
            gap = "　" if field.help_text else ""
            field.help_text = format_lazy("{}：{}{}{}", _("计量单位"), figure.unit, gap, field.help_text)

    def clean_value(self) -> str:
        """The figure as it was typed; one that cannot be read is refused here."""
        text: str = self.cleaned_data["value"]
        try:
            read(self.code, text)
        except Refused as refused:
            raise ValidationError(refused.reasons) from refused
        return text


class ObjectForm(ValueForm):
    """What the city holds to be wrong (数据异议)."""

    prefix = "object"
    value = forms.CharField(
        label=_("认为应为（可不填）"), required=False, max_length=SHORT, widget=forms.TextInput(attrs=NUMBER)
    )
    reason = _reason(_("异议的理由"), _("请写明异议的理由。"), _("写明依据的报表、台账或文件。"))

    def __init__(self, *args: Any, actor: Actor, report: Return, code: str, **kwargs: Any) -> None:
        super().__init__(*args, code=code, **kwargs)
        field = UploadField(purpose=PROOF, many=False, label=_("证明材料（可不传）"), required=False)
        field.bind_to(actor, report.dossier, about=uuid5(report.pk, f"objection {code}"))
        self.fields["file"] = field


class AnswerForm(ValueForm):
    """What the verifying office answers."""

    prefix = "answer"
    outcome = forms.ChoiceField(
        label=_("是否采纳"),
        choices=(("accept", _("采纳，勘误数据")), ("refuse", _("不采纳，维持核定数"))),
        widget=forms.RadioSelect,
    )
    value = forms.CharField(
        label=_("勘误后的数据（采纳时填写）"), required=False, max_length=SHORT, widget=forms.TextInput(attrs=NUMBER)
    )
    reason = _reason(_("答复的理由"), _("请写明答复的理由。"))


class CorrectForm(ValueForm):
    """The right figure (勘误), and why."""

    prefix = "correct"
    value = forms.CharField(
        label=_("勘误后的数据"),
        help_text=_("不填表示未知，不是零。"),
        required=False,
        max_length=SHORT,
        widget=forms.TextInput(attrs=NUMBER),
    )
    reason = _reason(_("勘误的理由"), _("请写明勘误的理由。"))
