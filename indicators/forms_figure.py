"""Forms of one figure: an objection, its answer, a correction."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.forms import UploadField
from indicators.models import Return
from indicators.services.objecting import PROOF

LONG, SHORT = 500, 200
NUMBER = {"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}


def _reason(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=LONG, widget=widget)


class ObjectForm(forms.Form):
    """What the city holds to be wrong (数据异议)."""

    prefix = "object"
    use_required_attribute = False
    value = forms.CharField(
        label=_("认为应为（可不填）"), required=False, max_length=SHORT, widget=forms.TextInput(attrs=NUMBER)
    )
    reason = _reason(_("异议的理由"), _("写明依据的报表、台账或文件。"))

    def __init__(self, *args: Any, actor: Actor, report: Return, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = UploadField(purpose=PROOF, many=False, label=_("证明材料（可不传）"), required=False)
        field.bind_to(actor, report.dossier, about=uuid5(report.pk, f"objection {code}"))
        self.fields["file"] = field


class AnswerForm(forms.Form):
    """What the verifying office answers."""

    prefix = "answer"
    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("是否采纳"),
        choices=(("accept", _("采纳，勘误数据")), ("refuse", _("不采纳，维持核定数"))),
        widget=forms.RadioSelect,
    )
    value = forms.CharField(
        label=_("勘误后的数据（采纳时填写）"), required=False, max_length=SHORT, widget=forms.TextInput(attrs=NUMBER)
    )
    reason = _reason(_("答复的理由"))


class CorrectForm(forms.Form):
    """The right figure (勘误), and why."""

    prefix = "correct"
    use_required_attribute = False
    value = forms.CharField(
        label=_("勘误后的数据"),
        help_text=_("不填表示未知，不是零。"),
        required=False,
        max_length=SHORT,
        widget=forms.TextInput(attrs=NUMBER),
    )
    reason = _reason(_("勘误的理由"))
