"""The forms of an inspection: what was found, and how it was put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.forms import UploadField
from indicators.models import Inspection
from indicators.parameters_inspection import RECTIFICATION_DAYS
from indicators.services.inspecting import RECTIFIED
from registry.enums import ParkStatus
from registry.models import Park
from workflow.parameters import value

LONGEST = 365


class FindingForm(forms.Form):
    """One finding of an inspection."""

    park = forms.ModelChoiceField(Park.objects.none(), label=_("园区"), empty_label=_("请选择"))
    inspected_on = forms.DateField(
        label=_("督查日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    inspectors = forms.CharField(label=_("督查人员"), max_length=300)
    finding = forms.CharField(
        label=_("发现的问题"),
        help_text=_("写明事实和依据，每行一段。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )
    wanted = forms.CharField(
        label=_("整改要求"),
        help_text=_("写明做什么、做到什么程度，每行一段。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    days = forms.IntegerField(
        label=_("整改期限（工作日）"),
        min_value=1,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = (ParkStatus.CREATING, ParkStatus.RECOGNISED)
        parks = Park.objects.filter(status__in=listed).select_related("host_zone", "tenant").order_by("city", "slug")
        self.fields["park"].queryset = parks  # type: ignore[attr-defined]
        self.fields["days"].initial = value(RECTIFICATION_DAYS.name)


class AnswerForm(forms.Form):
    """How it was put right."""

    answer = forms.CharField(
        label=_("整改情况"),
        help_text=_("逐条对照整改要求说明，每行一段。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )

    use_required_attribute = False

    def __init__(self, *args: Any, actor: Actor, row: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = UploadField(purpose=RECTIFIED, many=False, label=_("整改材料（可不传）"), required=False)
        field.bind_to(actor, row.dossier)
        self.fields["evidence"] = field
