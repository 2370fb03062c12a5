"""Tasks and messages of a sanction case: who is to do what next, whom it tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import Organisation
from indicators.enums_sanction import SanctionKind
from indicators.models import SanctionCase
from notifications.enums import Topic
from notifications.notices import notify
from workflow import outbox, todo
from workflow.ledger import in_chinese
from workflow.models import Clock, Event, Task


def kind_of(case: SanctionCase) -> str:
    """The kind of the case in the language of what is recorded."""
    return in_chinese(SanctionKind(case.kind).label)


def said(case: SanctionCase) -> dict[str, Any]:
    """The case in the words of titles."""
    return {"name": case.name, "year": case.year, "kind": kind_of(case)}


def ask(
    case: SanctionCase,
    kind: str,
    title: str,
    office: Organisation,
    role: str,
    by: Organisation,
    clock: Clock | None = None,
) -> None:
    """Put a task about the case on a desk."""
    todo.assign(
        case, kind, title, case.get_absolute_url(), dossier=case.dossier, organisation=office, role=role, by=by,
        clock=clock,
    )  # fmt: skip


def tell(
    case: SanctionCase,
    event: Event,
    title: str,
    offices: Iterable[Organisation | None],
    body: str = "",
    legal: bool = False,
) -> None:
    """Tell offices of an event, each once."""
    for office in {one.pk: one for one in offices if one is not None}.values():
        notify(event, office, title, case.get_absolute_url(), body, Topic.LEGAL if legal else Topic.PROGRESS)


def addressees(case: SanctionCase) -> list[Organisation]:
    """The city and the committee of the park."""
    return [office for office in (case.tenant, case.reporter) if office is not None]


OVER = "indicators.sanction_over"


def close_everywhere(case: SanctionCase, event: Event) -> None:
    """The matter is over: the worker clears what lies about it on desks that do not see each other's."""
    clear_everywhere(case.pk, case, event)


def clear_everywhere(subject: UUID, case: SanctionCase, event: Event, kind: str = "") -> None:
    """Have the tasks about a subject (of one kind) cleared from every desk, as far as they are older than the event."""
    payload = {"case": str(subject), "kind": kind, "before": event.at.isoformat()}
    outbox.follow(event, OVER, f"{event.pk}:{subject}", payload, case.tenant)


@outbox.effect(OVER)
def clear_desks(payload: dict[str, Any]) -> None:
    """Close the open tasks about what is over; what was asked for since then stays."""
    rows = Task.objects.filter(subject_id=payload["case"], done_at=None)
    if payload.get("kind"):
        rows = rows.filter(kind=payload["kind"])
    if payload.get("before"):
        rows = rows.filter(created_at__lte=payload["before"])
    rows.update(done_at=timezone.now())
