"""What the pages of a case show of its public notice; objections to 省科技厅 alone, and never who filed them."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor
from reviews import rules
from reviews.enums_publicity import ObjectionStatus
from reviews.forms_publicity import ResultForm
from reviews.models import Adoption, Case, Objection, Opinion
from reviews.queries_publicity import state

KINDS = {
    ObjectionStatus.RECEIVED: "warning",
    ObjectionStatus.ACCEPTED: "progress",
    ObjectionStatus.REJECTED: "ended",
    ObjectionStatus.ANSWERED: "done",
}


def publicity(case: Case, actor: Actor) -> dict[str, Any] | None:
    """The notice signed last with its objections, and the form of its result; None where nothing was made public."""
    notice = case.publicity
    if notice is None:
        return None
    handles = actor.is_lead and actor.is_handler and notice.closed_at is None
    blocked = [*rules.publicity_running(notice), *rules.objections_open(case)] if handles else []
    rows = Objection.objects.filter(publicity__case=case).order_by("filed_at") if actor.is_lead else []
    return {
        "notice": notice,
        "tag": state(notice),
        "reads_objections": actor.is_lead,
        "objections": [_line(row) for row in rows],
        "form": ResultForm() if handles else None,
        "blocked": [{"text": reason} for reason in blocked],
    }


def _line(objection: Objection) -> dict[str, str]:
    return {
        "href": objection.get_absolute_url(),
        "number": objection.number,
        "kind": KINDS[ObjectionStatus(objection.status)],
        "text": str(objection.get_outcome_display() or objection.get_status_display()),
    }


def adoptions(opinion: Opinion) -> list[Adoption]:
    """How the conclusion in force treats what a department said: its own lines."""
    conclusion = opinion.case.conclusion
    rows = Adoption.objects.filter(tenant_id=opinion.tenant_id, conclusion=conclusion).order_by("order")
    return list(rows) if conclusion is not None else []
