"""The order to put right what an inspection found: its signature starts the period (P-IV.4c)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.models import Inspection
from indicators.services import inspecting
from indicators.transitions_inspection import inspections
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording_rectification as wording

RECTIFICATION = "rectification"


class RectificationForm(forms.Form):
    """What the order says beside what was found."""

    contact = forms.CharField(label=_("附注"), help_text=_("联系人及办公电话"), max_length=60, required=False)


def _row(draft: Draft) -> Inspection:
    return Inspection.objects.select_related("park", "city", "committee", "tenant").get(pk=draft.subject_id)


def _compose(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    text = wording.rectification(
        office,
        to=official_name(row.city),
        park=row.park.name,
        inspected_on=row.inspected_on,
        found=lines(row.finding),
        wanted=lines(row.wanted),
        days=row.days,
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [row.city], filter(None, [row.committee]))


def _missing(draft: Draft) -> list[str]:
    row = _row(draft)
    arrow = inspections["order"]
    return [] if row.status in arrow.sources else [str(_("整改通知已经下达，或者不再整改。"))]


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    inspecting.order(_row(draft), paper, actor)


def _page(draft: Draft) -> str:
    return _row(draft).get_absolute_url()


register(
    PaperKind(
        code=RECTIFICATION,
        label=_("整改通知"),
        act=_("签发后即下达整改通知，开始计算整改期限"),
        series="letter",
        compose=_compose,
        signed=_signed,
        form=RectificationForm,
        page=_page,
        missing=_missing,
    )
)
