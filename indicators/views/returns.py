"""The returns of one's office, and one return: filled in by its reporter, read by everybody it is open to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import ActorRequest
from indicators import rules, services, tables
from indicators.enums import ReturnStatus, VerificationOutcome
from indicators.models import Return
from indicators.transitions import returns
from workflow import ledger
from workflow.machine import Refused

PAGE = 50
TAGS = {
    ReturnStatus.FILLING: "progress",
    ReturnStatus.COUNTY: "waiting",
    ReturnStatus.CITY: "waiting",
    ReturnStatus.VERIFYING: "waiting",
    ReturnStatus.LOCKED: "done",
}
FIELDS = ("value", "source", "note")
NEED_REASON = {"give_back", "hand_back", "reopen"}


def index(request: ActorRequest) -> HttpResponse:
    """The returns that are open to one's organisation, the newest year first."""
    found = Return.objects.select_related("tenant", "reporter").order_by("-year", "kind", "tenant__order", "subject")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"report": report, "tag": TAGS[ReturnStatus(report.status)]} for report in page]
    return render(request, "indicators/list.html", {"page": page, "rows": rows})


def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One return; a POST writes what was entered, each figure on its own, and gives back what could not be written."""
    report = the_return(pk)
    if request.method != "POST":
        return shown(request, report)
    rows = table_of(request, report)
    saved = 0
    for row in rows:
        typed = {name: request.POST.get(f"{row.code}-{name}", "") for name in FIELDS}
        if f"{row.code}-value" not in request.POST or all(typed[name] == getattr(row, name) for name in FIELDS):
            continue
        saved += _write(request, report, row, typed)
    wrong = [row for row in rows if row.errors]
    if wrong:
        return shown(request, report, rows=rows, saved=saved, status=422)
    messages.success(request, ngettext("已保存 %(n)d 项数据。", "已保存 %(n)d 项数据。", saved) % {"n": saved})
    return redirect(report)


def _write(request: ActorRequest, report: Return, row: tables.Row, typed: dict[str, str]) -> int:
    """Write one figure; 1 when it was written, else 0 and what was typed stays in the row with the reason."""
    version = request.POST.get(f"{row.code}-version", "")
    try:
        row.entry = services.save_entry(
            report,
            row.code,
            typed["value"],
            request.actor,
            version=int(version) if version.isdecimal() else 0,
            source=typed["source"],
            note=typed["note"],
        )
    except Refused as refused:
        row.typed, row.errors = typed, refused.reasons
        return 0
    except services.Conflicting as met:
        row.typed, row.entry = typed, met.entry
        said = {"person": met.entry.changed_by, "value": met.entry.value or _("空白"), "name": row.label}
        row.errors = [
            _("%(name)s在您填写期间由%(person)s改为“%(value)s”。您填的仍在下面；再次保存即以您的为准。") % said
        ]
        return 0
    return 1


def the_return(pk: UUID) -> Return:
    """The return, as far as the scope lets one see it."""
    return get_object_or_404(Return.objects.select_related("tenant", "reporter", "county"), pk=pk)


def table_of(request: ActorRequest, report: Return) -> list[tables.Row]:
    """The rows, with what is being written for those who write or check it."""
    insiders = {report.tenant_id, report.reporter_id, report.county_id}
    return tables.rows_of(report, entries=request.actor.organisation.pk in insiders)


def shown(
    request: ActorRequest,
    report: Return,
    *,
    rows: list[tables.Row] | None = None,
    reasons: list[str] | None = None,
    saved: int = 0,
    status: int = 200,
) -> HttpResponse:
    """The page of a return."""
    rows = rows if rows is not None else table_of(request, report)
    errors = [{"text": text, "href": f"#{row.code}-value"} for row in rows for text in row.errors]
    errors += [{"text": text, "href": ""} for text in reasons or []]
    actor = request.actor
    verifies = report.status == ReturnStatus.VERIFYING and actor.is_handler
    context: dict[str, Any] = {
        "report": report,
        "tag": TAGS[ReturnStatus(report.status)],
        "rows": rows,
        "errors": errors,
        "saved": saved,
        "writes": report.status == ReturnStatus.FILLING and rules.writes(actor, report),
        "own_rows": [row for row in rows if verifies and row.reported and row.owner == actor.organisation],
        "outcomes": VerificationOutcome.choices,
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
        ],
        "events": ledger.history(report.dossier),
    }
    return render(request, "indicators/return.html", context, status=status)


def _belongs_to_another_way(report: Return, name: str) -> bool:
    """Of the two arrows to the next office only the one that there is."""
    return name == ("hand_to_city" if report.county_id else "hand_up")
