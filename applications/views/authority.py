"""The formal check, for 省政府办公厅 (routing) and 省科技厅 (acceptance, supplement, refusal)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import dossier, overlaps, services
from applications.display import is_unfolded, plan_sections
from applications.kinds import kind_of as filing_kind
from applications.models import Filing
from applications.queries import latest_version
from applications.rules import unassessed
from applications.transitions import filing as machine
from applications.views.remarks import judged_rows
from notifications import signoff
from notifications.kinds import kind_of
from notifications.models import Draft, Paper
from workflow.machine import Refused

OFFERED = ("acceptance", "supplement", "rejection")


def is_authority(actor: Actor) -> bool:
    """省政府办公厅 or 省科技厅."""
    return actor.is_government or actor.is_lead


def former_of(filing: Filing) -> Filing | None:
    """The filing that this one follows, where the scope lets one see it."""
    if filing.former_id is None:
        return None
    return Filing.objects.select_related("tenant", "host_zone").filter(pk=filing.former_id).first()


@only(is_authority)
@require_POST
def acknowledge_second(request: ActorRequest, pk: UUID) -> HttpResponse:
    """省科技厅 acknowledges that a second functional zone is due (P-II.1.2g)."""
    filing = get_object_or_404(Filing, pk=pk)
    try:
        services.acknowledge_second(filing, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return check_page(request, filing, refused.reasons)
    messages.success(request, _("已确认再次拓展的理由。"))
    return redirect("applications:check", pk=filing.pk)


def check_page(
    request: ActorRequest,
    filing: Filing,
    errors: list[str],
    typed: dict[UUID, str] | None = None,
    tab: str = "",
) -> HttpResponse:
    """The page of the formal check with what was refused; what was typed stands where it was typed."""
    context = _context(request, filing, errors)
    context["tab"] = tab or context["tab"]
    for row in context["remarks"]:
        row["typed"] = (typed or {}).get(row["remark"].pk, "")
    return render(request, "applications/check.html", context, status=422)


@only(is_authority)
def check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A filing in its formal part: the frozen plan, what there is to do, history and papers."""
    filing = get_object_or_404(Filing.objects.select_related("tenant", "host_zone"), pk=pk)
    if hasattr(filing, "case"):
        return redirect(filing.case)
    return render(request, "applications/check.html", _context(request, filing))


def _tabs(remarks: list[dict[str, Any]], papers: list[Paper], former: Filing | None) -> list[dict[str, Any]]:
    before = [{"code": "former", "text": _("前次申报")}] if former else []
    return [
        *before,
        {"code": "plan", "text": _("申报材料")},
        {"code": "findings", "text": _("自查结果")},
        {"code": "remarks", "text": _("补正意见"), "count": len(remarks)},
        {"code": "timeline", "text": _("办理过程")},
        {"code": "papers", "text": _("公文"), "count": len(papers)},
    ]


def _context(request: ActorRequest, filing: Filing, errors: list[str] | None = None) -> dict[str, Any]:
    actor, version = request.actor, latest_version(filing)
    handler = actor.is_lead and actor.is_handler
    accepted = handler and filing.status == "accepted"
    opens = accepted and not unassessed(filing)
    remarks, papers = judged_rows(filing, actor), list(dossier.papers_of(filing.dossier))
    neighbours = overlaps.of_filing(filing) if version else []
    former = former_of(filing)
    tabs = _tabs(remarks, papers, former)
    asked = request.GET.get("tab", "")
    return {
        "tabs": tabs,
        "tab": asked if asked in {tab["code"] for tab in tabs} else "plan",
        "filing": filing,
        "version": version,
        "sections": plan_sections(version.content) if version else [],
        "content": version.content if version else {},
        "unfolded": is_unfolded(request),
        "counts": dossier.findings_of(version),
        "steps": dossier.stages(filing),
        "clock": dossier.clock_of(filing),
        "turn": dossier.turn(filing),
        "events": dossier.timeline(filing.dossier),
        "papers": papers,
        "drafts": dossier.open_drafts(filing.dossier, actor),
        "remarks": remarks,
        "former": former,
        "former_remarks": dossier.remarks_of(former) if former else [],
        "former_papers": dossier.papers_of(former.dossier) if former else [],
        "second": services.acknowledged_second(filing) if filing.second_reason else None,
        "may_acknowledge": bool(filing.second_reason) and handler and filing.status == "formal_check",
        "neighbours": neighbours,
        "neighbours_map": overlaps.drawn(version.content, neighbours) if version and neighbours else None,
        "may_route": not machine.reasons_against(filing, "route", actor),
        "offered": _offered(actor, filing),
        "may_open_review": opens,
        "awaits_evaluation": accepted and not opens,
        "may_waive": opens and version is not None and not filing_kind(filing).against_waiving(filing, version.content),
        "errors": [{"text": error} for error in errors or []],
    }


def _offered(actor: Actor, filing: Filing) -> list[dict[str, str]]:
    if not (actor.is_lead and actor.is_handler and filing.status == "formal_check"):
        return []
    return [{"code": code, "label": str(kind_of(code).label)} for code in OFFERED]


@only(is_authority)
@require_POST
def route(request: ActorRequest, pk: UUID) -> HttpResponse:
    """T2: 交办省科技厅."""
    filing = get_object_or_404(Filing, pk=pk)
    try:
        services.route(filing, request.actor)
    except Refused as refused:
        return render(request, "applications/check.html", _context(request, filing, refused.reasons))
    messages.success(request, _("已交办省科技厅。"))
    return redirect("applications:check", pk=filing.pk)


@only(is_authority)
@require_POST
def start_notice(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """Start (or go on with) the notice that ends the formal check."""
    filing = get_object_or_404(Filing, pk=pk)
    if code not in OFFERED or not _offered(request.actor, filing):
        raise Http404
    other = Draft.objects.filter(subject_id=filing.pk, kind__in=set(OFFERED) - {code}, status__in=signoff.OPEN).first()
    if other:
        reason = _("“%(other)s”正在办理，请先作废它再另起文稿。") % {"other": kind_of(other.kind).label}
        return render(request, "applications/check.html", _context(request, filing, [reason]))
    title = f"{filing.park_name}{filing_kind(filing).matter.noun}申请{kind_of(code).label}"
    draft = signoff.start(code, filing, filing.dossier, title, request.actor)
    return redirect("applications:remarks", pk=draft.pk) if code == "supplement" else redirect(draft)
