"""CT-90: what is owed by a place for the programme ends when it leaves; done by the worker, as offices share it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Division, Organisation
from indicators.enums import ReturnStatus, SubjectKind
from indicators.models import Return
from notifications.models import Paper
from registry import titles
from workflow import clocks, instants, ledger, outbox
from workflow.ledger import recorded
from workflow.models import Task

LEFT = "indicators.place_left"


def release(place: Division, paper: Paper, tenant: Organisation) -> None:
    """A place left by a paper: the returns that are not locked yet are asked for no more."""
    outbox.follow(None, LEFT, f"left:{paper.pk}", {"place": place.pk, "paper": paper.number}, tenant)


@outbox.effect(LEFT)
@transaction.atomic
def forgo(payload: dict[str, Any]) -> None:
    """End the period of each open return of a place that left, and clear it from the desks; what was typed stays."""
    if payload["place"] not in titles.left_on(instants.today(), [payload["place"]]):
        return
    rows = Return.objects.select_for_update(no_key=True, of=("self",)).select_related("tenant")
    for report in rows.filter(kind=SubjectKind.CITY, subject=payload["place"]).exclude(status=ReturnStatus.LOCKED):
        event = ledger.append(
            report, "forgo", recorded("已退出创新型城市（县、区）建设，不再要求报送"), None, dossier=report.dossier,
            reason=payload["paper"], basis="CT-90",
        )  # fmt: skip
        clocks.finish(report, event)
        Task.objects.filter(dossier=report.dossier, done_at=None).update(done_at=timezone.now())
