"""Remarks as pages show them: beside the field they concern, with what was said and what is to be answered."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from accounts.actors import Actor
from accounts.requests import ActorRequest
from applications import dossier, remarks, selfcheck, services
from applications.display import place_of, value_of
from applications.editing import ANSWER
from applications.enums import RemarkAct, RemarkState
from applications.forms import AnswerForm
from applications.freezing import snapshot
from applications.models import Filing
from applications.plan.values import as_typed
from applications.views import carry

JUDGED = {RemarkState.ANSWERED, RemarkState.SETTLED, RemarkState.UNSETTLED}
OWED = {RemarkState.OPEN, RemarkState.ANSWERED, RemarkState.UNSETTLED}


def rows_of_city(request: ActorRequest, filing: Filing, answerable: bool) -> list[dict[str, Any]]:
    """The remarks for the city: the value that was sent, the value now, and the form of the answer."""
    found = filing.remarks.select_related("made_by", "version").prefetch_related("entries__organisation")
    rows = [dossier.remark_row(remark) for remark in found.order_by("-round", "made_at", "pk")]
    now = snapshot(filing) if rows else {}
    typed = {one.key: one for one in filing.plan_fields.filter(key__startswith=ANSWER)} if rows else {}
    for row in rows:
        remark = row["remark"]
        place = place_of(remark.target)
        row["href"] = selfcheck.page_of(filing, place) if place else ""
        row["was"] = value_of(remark.version.content, remark.target) if remark.version else ""
        row["now"] = value_of(now, remark.target)
        open_now = answerable and row["state"] in OWED
        kept = typed.get(f"{ANSWER}{remark.pk}")
        row["typed"] = bool(kept and kept.value)
        words = as_typed(kept.value) if kept and kept.value else _own_words(row)
        row["form"] = AnswerForm(initial={"answer": words}, prefix=str(remark.pk)) if open_now else None
        row["versions"] = json.dumps({f"{remark.pk}-answer": kept.version if kept else 0})
        row["seal"] = carry.seal(request, path=reverse("applications:answer", args=[filing.pk, remark.pk]))
    return rows


def judged_rows(filing: Filing, actor: Actor) -> list[dict[str, Any]]:
    """The remarks for the authorities: which the acting person may judge or take back, and what changed since."""
    rows = dossier.remarks_of(filing)
    changed = remarks.changed_since_return(filing) if rows else frozenset()
    handler = actor.is_lead and actor.is_handler
    office = actor.is_lead and (handler or actor.is_reviewer or actor.is_signer)
    for row in rows:
        state = row["state"]
        row["changed"] = row["remark"].target in changed
        row["judge"] = handler and filing.status == "formal_check" and state in JUDGED
        row["cancel"] = office and filing.status in services.IN_CHECK and state != RemarkState.CANCELLED
    return rows


def _own_words(row: dict[str, Any]) -> str:
    """The answer that is not sent yet, to go on with."""
    last = row["entries"][-1] if row["entries"] else None
    return last.text if last and last.act == RemarkAct.ANSWER and last.sent_at is None else ""
