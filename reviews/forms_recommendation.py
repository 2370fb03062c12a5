"""The forms of a recommendation: who judges which item, the judgement, the State Council's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from accounts.models import Organisation
from files.forms import UploadField
from reviews.enums_recommendation import Strength
from reviews.models import ItemOutcome, Recommendation
from reviews.services.recommending import SCAN

JUDGES = (OrganisationKind.LEAD, OrganisationKind.DEPARTMENT, OrganisationKind.EXPERT)


class AssignForm(forms.Form):
    """An office or expert for each item that has none."""

    use_required_attribute = False

    def __init__(self, *args: Any, row: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(row.items.values_list("strength", flat=True))
        offices = Organisation.objects.filter(kind__in=JUDGES, active=True).order_by("kind", "order", "name")
        for strength in Strength:
            if strength not in taken:
                self.fields[strength.value] = forms.ModelChoiceField(
                    offices, label=strength.label, required=False, empty_label=_("请选择评审单位")
                )

    @property
    def chosen(self) -> dict[str, Organisation]:
        """The offices that were chosen, by item."""
        return {name: office for name, office in self.cleaned_data.items() if office is not None}


class JudgeForm(forms.Form):
    """What a reviewer finds of an item."""

    outcome = forms.ChoiceField(label=_("评定"), choices=ItemOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"),
        help_text=_("写明事实和依据；评定以您的姓名留存，提交后不能更改。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class AnswerForm(forms.Form):
    """What the State Council answered."""

    number = forms.CharField(
        label=_("国务院批复文号"),
        help_text=_("如：国函〔2015〕1号"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    day = forms.DateField(label=_("批复日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    name = forms.CharField(
        label=_("升级后的名称"),
        help_text=_("与现名相同的可以不填；原名称继续可以查到园区。"),
        max_length=80,
        required=False,
    )

    use_required_attribute = False

    def __init__(self, *args: Any, actor: Actor, row: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = UploadField(purpose=SCAN, many=False, label=_("批复扫描件（可不传）"), required=False)
        field.bind_to(actor, row.dossier)
        self.fields["scan"] = field
