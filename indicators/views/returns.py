"""The returns of one's office, and one return: filled in by its reporter, read by everybody it is open to."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.actors import Actor
from accounts.requests import ActorRequest
from indicators import checking, queries, rules, tables, units
from indicators.enums import ReturnStatus, VerificationOutcome
from indicators.forms_list import ReturnFilter
from indicators.ledgers import beside
from indicators.models import FigureObjection, Return
from indicators.services import objecting, passing, restating
from indicators.transitions import returns
from workflow import ledger, todo
from workflow.clock_face import Faces
from workflow.models import Event

PAGE = 50
TAGS = {
    ReturnStatus.FILLING: "progress",
    ReturnStatus.COUNTY: "waiting",
    ReturnStatus.CITY: "waiting",
    ReturnStatus.VERIFYING: "waiting",
    ReturnStatus.LOCKED: "done",
}
FIELDS = ("value", "unknown", "source", "note", "explanation")
NEED_REASON = {"give_back", "hand_back", "reopen"}


def index(request: ActorRequest) -> HttpResponse:
    """The returns that are open to one's organisation: what waits for oneself first, then the newest year."""
    waiting = todo.waiting_for(request.actor).filter(subject_id=OuterRef("pk"))
    found = Return.objects.annotate(waits=Exists(waiting))
    known = found.order_by("tenant__order", "year").values_list("year", "tenant_id", "tenant__short_name").distinct()
    form = ReturnFilter(request.GET or None, known=known)
    wanted = form.cleaned_data if form.is_valid() else {}
    names = {"year": "year", "kind": "kind", "city": "tenant_id"}
    found = found.filter(**{name: wanted[key] for key, name in names.items() if wanted.get(key)})
    if wanted.get("mine"):
        found = found.filter(waits=True)
    counts = dict(found.order_by().values_list("status").annotate(n=Count("pk")))
    if wanted.get("status"):
        found = found.filter(status=wanted["status"])
    found = found.select_related("tenant", "reporter")
    found = found.order_by("-waits", "-year", "kind", "tenant__order", "subject")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    clocks = Faces.of_subjects([report.pk for report in page])
    rows = [{"report": report, "tag": TAGS[ReturnStatus(report.status)], "clock": clocks(report.pk)} for report in page]
    context = {"page": page, "rows": rows, "form": form, "counts": _stages(request, counts)}
    return render(request, "indicators/list.html", context)


def _stages(request: ActorRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    """How many returns stand at each stage, with the address that lists them."""
    found = []
    for status in ReturnStatus:
        query = request.GET.copy()
        query.pop("page", None)
        query["status"] = status.value
        found.append({"label": status.label, "n": counts.get(status.value, 0), "href": f"?{query.urlencode()}"})
    return found


def the_return(pk: UUID) -> Return:
    """The return, as far as the scope lets one see it."""
    return get_object_or_404(Return.objects.select_related("tenant", "reporter", "county"), pk=pk)


def table_of(request: ActorRequest, report: Return) -> list[tables.Row]:
    """The rows, with what is being written for those who write or check it; a department writes its own only."""
    rows = _all_rows(request, report)
    if report.is_of_province and report.status == ReturnStatus.FILLING and rules.writes(request.actor, report):
        return [row for row in rows if row.owner == request.actor.organisation]
    beside.put(report, rows)
    return rows


def _all_rows(request: ActorRequest, report: Return) -> list[tables.Row]:
    inside = sees_entries(request.actor, report)
    return tables.rows_of(report, entries=inside, choice=units.among(request.GET.get("unit")))


def sees_entries(actor: Actor, report: Return) -> bool:
    """Whether the actor's office reads what is being written, not only what was handed in."""
    organisation = actor.organisation
    inside = organisation.pk in {report.tenant_id, report.reporter_id, report.county_id}
    inside = inside or rules.confirms(actor, report)
    return inside or (report.is_of_province and organisation in queries.departments_of(report))


def _of_others(request: ActorRequest, report: Return) -> list[tables.Row]:
    """What the other departments entered into the province's return, for a department that fills in."""
    rows = _all_rows(request, report) if report.is_of_province else []
    return [row for row in rows if row.owner != request.actor.organisation]


def _of_locked(report: Return, actor: Actor) -> dict[str, Any]:
    """What may still be done about final figures: restate them, object to them; and the objections that wait."""
    waiting = FigureObjection.objects.filter(report=report, answered_at=None).order_by("code")
    return {
        "redrawn": restating.redrawn_on(report),
        "may_object": not objecting.obstacles(report, actor),
        "objections": [(code, queries.named(code)) for code in waiting.values_list("code", flat=True)],
    }


def shown(
    request: ActorRequest,
    report: Return,
    *,
    rows: list[tables.Row] | None = None,
    reasons: list[str] | None = None,
    settling: dict[str, Any] | None = None,
    saved: int = 0,
    status: int = 200,
) -> HttpResponse:
    """The page of a return; `settling` is what was typed to settle a conflict, with the errors of it."""
    rows = rows if rows is not None else table_of(request, report)
    errors = [{"text": text, "href": f"#{row.code}-value"} for row in rows for text in row.errors]
    errors += [{"text": text, "href": ""} for text in reasons or []]
    errors += [{"text": text, "href": "#settling"} for text in (settling or {}).get("errors", [])]
    actor = request.actor
    writes = report.status == ReturnStatus.FILLING and rules.writes(actor, report)
    verifies = report.status == ReturnStatus.VERIFYING and actor.is_handler
    events = list(ledger.history(report.dossier))
    context: dict[str, Any] = {
        "report": report,
        "tag": TAGS[ReturnStatus(report.status)],
        "clock": Faces.of_subjects([report.pk])(report.pk),
        **(_of_locked(report, actor) if report.status == ReturnStatus.LOCKED else {}),
        "rows": rows,
        "errors": errors,
        "saved": saved,
        "writes": writes,
        **(writing_context(request, report, rows) if writes else {}),
        "leaps": leaps(report, rows) if rules.confirms(actor, report) else [],
        "own_rows": [row for row in rows if verifies and row.reported and row.owner == actor.organisation],
        "others": _of_others(request, report) if writes else [],
        "outcomes": outcomes_of(report),
        "settling": settling,
        "settles": report.status == ReturnStatus.VERIFYING and rules.is_statistician(actor, report),
        "acts": [
            {
                "name": arrow.name,
                "label": arrow.label,
                "reasons": against,
                "needs_reason": arrow.name in NEED_REASON,
            }
            for arrow, against in returns.open_to(report, actor)
            if not _belongs_to_another_way(report, arrow.name)
        ]
        + _of_the_handler(report, actor),
        "told": _told(report, rows) if report.status == ReturnStatus.FILLING and not report.is_of_province else None,
        "events": events,
        "returned": returned(report, events),
    }
    return render(request, "indicators/return.html", context, status=status)


def _of_the_handler(report: Return, actor: Actor) -> list[dict[str, Any]]:
    """The step of who fills in: to put the return before the signer of the own office."""
    if not rules.may_ask_to_sign(actor, report):
        return []
    reasons = passing.against_asking(report)
    return [{"name": "ask_to_sign", "label": _("送签发"), "reasons": reasons, "needs_reason": False}]


def _told(report: Return, rows: list[tables.Row]) -> dict[str, int]:
    """How many figures are entered, said to be unknown, and blank: a blank one is not reported and not counted."""
    entered = sum(1 for row in rows if row.entry and row.entry.value)
    unknown = sum(1 for row in rows if row.entry and row.entry.unknown)
    return {"all": len(rows), "entered": entered, "unknown": unknown, "blank": len(rows) - entered - unknown}


def returned(report: Return, events: list[Event]) -> Event | None:
    """Why the return is being filled in again: the act that sent it back last, until it is handed on."""
    if report.status != ReturnStatus.FILLING:
        return None
    return next((event for event in reversed(events) if event.name in NEED_REASON and event.reason), None)


def outcomes_of(report: Return) -> list[tuple[str, Any]]:
    """What a department may say; of a figure that it entered itself it has no other one."""
    choices = VerificationOutcome.choices
    return [one for one in choices if one[0] != VerificationOutcome.OWN] if report.is_of_province else choices


def writing_context(request: ActorRequest, report: Return, rows: list[tables.Row]) -> dict[str, Any]:
    """What the page of those who fill in needs besides."""
    versions = {f"{row.code}-{name}": row.version for row in rows for name in FIELDS}
    entries = [row.entry for row in rows if row.entry]
    return {
        "seal": carrying.seal(request),
        "versions": json.dumps(versions),
        "saved_at": max((entry.changed_at for entry in entries), default=None),
        "choice": units.among(request.GET.get("unit")),
        "choices": units.CHOICES.items(),
        "problems": tables.problems(report, checking.outstanding(report), {row.code: row.label for row in rows}),
        "progress": tables.progress(rows),
    }


def leaps(report: Return, rows: list[tables.Row]) -> list[dict[str, Any]]:
    """The figures that wait for the city's office to confirm them."""
    if not any(flaw.needs_city for row in rows for flaw in row.flaws):
        return []
    waiting = {flaw.code: flaw for flaw in checking.outstanding(report) if flaw.needs_city}
    return [{"row": row, "flaw": waiting[row.code]} for row in rows if row.code in waiting]


def _belongs_to_another_way(report: Return, name: str) -> bool:
    """Of the arrows to the next office only the one that there is."""
    if report.is_of_province or name == "collect":
        return name in ("hand_up", "hand_to_city") or not report.is_of_province
    return name == ("hand_to_city" if report.county_id else "hand_up")
