"""Inspections of parks and what follows them: found, ordered, put right, accepted (P-IV.4c)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators.enums import InspectionStatus
from indicators.forms_inspection import AnswerForm, FindingForm
from indicators.models import Inspection
from indicators.papers.rectification import RECTIFICATION
from indicators.services import inspecting
from indicators.transitions_inspection import answers, inspections
from notifications import signoff
from workflow import clock_face, clocks, ledger
from workflow.machine import Refused

PAGE = 50
TAGS = {
    InspectionStatus.FOUND: "empty",
    InspectionStatus.ORDERED: "progress",
    InspectionStatus.ANSWERED: "waiting",
    InspectionStatus.ACCEPTED: "done",
    InspectionStatus.DROPPED: "ended",
}
SERVICES = {"drop": inspecting.drop, "accept": inspecting.accept, "insist": inspecting.insist}


def index(request: ActorRequest) -> HttpResponse:
    """The findings that are open to one's office, the newest first."""
    found = Inspection.objects.select_related("park", "city").order_by("-found_at")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"row": row, "tag": TAGS[InspectionStatus(row.status)]} for row in page]
    mine = request.actor.is_lead and request.actor.is_handler
    return render(request, "indicators/inspections/list.html", {"page": page, "rows": rows, "finds": mine})


@only(lambda actor: actor.is_lead and actor.is_handler)
def new(request: ActorRequest) -> HttpResponse:
    """Write down what was found."""
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(inspecting.report_finding(**form.cleaned_data, actor=request.actor))
        except Refused as refused:
            form.add_error(None, [forms.ValidationError(reason) for reason in refused.reasons])
    status = 422 if form.errors else 200
    return render(request, "indicators/inspections/new.html", {"form": form}, status=status)


def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One finding with what may be done now."""
    return _shown(request, _the(pk))


@only(lambda actor: actor.is_lead and actor.is_handler)
@require_POST
def order(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Draft the order, or go on with the draft that is open."""
    row = _the(pk)
    if row.status != InspectionStatus.FOUND:
        return _shown(request, row, [_("整改通知已经下达，或者不再整改。")])
    title = _("%(park)s：整改通知") % {"park": row.park.name}
    try:
        return redirect(signoff.start(RECTIFICATION, row, row.dossier, title, request.actor))
    except Refused as refused:
        return _shown(request, row, refused.reasons)


@require_POST
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How it was put right."""
    row = _the(pk)
    if not answers(request.actor, row):
        raise Http404
    form = AnswerForm(request.POST, request.FILES, actor=request.actor, row=row)
    if not form.is_valid():
        return _shown(request, row, form=form)
    try:
        sent = form.cleaned_data["evidence"]
        inspecting.answer(row, form.cleaned_data["answer"], request.actor, sent[0] if sent else None)
    except Refused as refused:
        return _shown(request, row, refused.reasons, form=form)
    messages.success(request, _("整改情况已报送，等待省科技厅验收。"))
    return redirect(row)


@require_POST
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Drop, accept, or ask for more."""
    row = _the(pk)
    if name not in SERVICES or not inspections[name].who(request.actor, row):
        raise Http404
    try:
        SERVICES[name](row, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return _shown(request, row, refused.reasons)
    messages.success(request, _("已办理。"))
    return redirect(row)


def _the(pk: UUID) -> Inspection:
    return get_object_or_404(
        Inspection.objects.select_related("park", "city", "committee", "paper", "evidence", "tenant"), pk=pk
    )


def _shown(
    request: ActorRequest, row: Inspection, reasons: list[str] | None = None, form: AnswerForm | None = None
) -> HttpResponse:
    actor = request.actor
    open_arrows = {arrow.name: arrow for arrow, against in inspections.open_to(row, actor) if not against}
    if form is None and "answer" in open_arrows:
        form = AnswerForm(actor=actor, row=row, initial={"answer": row.answer})
    clock = clocks.running(row, inspecting.RECTIFICATION)
    context: dict[str, Any] = {
        "row": row,
        "tag": TAGS[InspectionStatus(row.status)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "form": form if "answer" in open_arrows else None,
        "orders": row.status == InspectionStatus.FOUND and actor.is_lead and actor.is_handler,
        "acts": [
            {"name": name, "label": open_arrows[name].label, "typed": request.POST.get("reason", "")}
            for name in SERVICES
            if name in open_arrows
        ],
        "clock": clock_face.shown(clock) if clock else None,
        "events": ledger.history(row.dossier),
    }
    wrong = bool(reasons) or bool(form and form.errors)
    return render(request, "indicators/inspections/inspection.html", context, status=422 if wrong else 200)
