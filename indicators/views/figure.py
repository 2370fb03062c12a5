"""One figure of a return with its whole life: vintages, verifications, conflicts, objections, and who may act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from accounts.names import named
from accounts.requests import ActorRequest
from indicators import queries, rules, services
from indicators.enums import FINAL, ReturnStatus
from indicators.forms_figure import AnswerForm, CorrectForm, ObjectForm
from indicators.models import Figure, FigureObjection, Return
from indicators.services import objecting
from indicators.views.returns import the_return
from policy import figures
from workflow.machine import Refused

Told = Any
LEVELS = {"reported": "waiting", "imported": "info", "verified": "done", "corrected": "warning", "restated": "info"}


def page(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """The figure; a POST objects, answers an objection or corrects."""
    report = the_return(pk)
    catalogued = figures.find(code)
    vintages = list(
        report.figures.filter(code=code).select_related("recorded_by", "department", "evidence").order_by("-vintage")
    )
    if catalogued is None or not vintages:
        raise Http404
    forms = _forms(request, report, code)
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act not in ACTS:
            raise Http404
        form = forms.get(act)
        if form is None or form.is_valid():
            try:
                told = ACTS[act](request, report, code, form.cleaned_data if form else {})
            except Refused as refused:
                if form is None:
                    return _shown(request, report, vintages, forms, refused.reasons, 422)
                form.add_error(None, refused.reasons)
            else:
                messages.success(request, told)
                return redirect("indicators:figure", report.pk, code)
    return _shown(request, report, vintages, forms, [], 422 if request.method == "POST" else 200)


def _forms(request: ActorRequest, report: Return, code: str) -> dict[str, Any]:
    """The forms of those who may act now; the one that was sent is bound."""
    actor, act = request.actor, request.POST.get("act", "")
    found: dict[str, Any] = {}
    final = report.status == ReturnStatus.LOCKED
    waiting = FigureObjection.objects.filter(report=report, code=code, answered_at=None).first()
    if final and not waiting and not objecting.obstacles(report, actor):
        files = request.FILES if act == "object" else None
        data = request.POST if act == "object" else None
        found["object"] = ObjectForm(data, files, actor=actor, report=report, code=code)
    if waiting and objecting.answers(actor, waiting):
        data = request.POST if act == "answer" else None
        found["answer"] = AnswerForm(data, initial={"value": waiting.proposed or ""}, code=code)
    if final and rules.is_statistics_signer(actor, report):
        found["correct"] = CorrectForm(request.POST if act == "correct" else None, code=code)
    return found


def _shown(
    request: ActorRequest,
    report: Return,
    vintages: list[Figure],
    forms: dict[str, Any],
    reasons: list[str],
    status: int,
) -> HttpResponse:
    code = vintages[0].code
    catalogued = figures.find(code)
    context = {
        "report": report,
        "code": code,
        "label": named(queries.named(code)),
        "unit": named(catalogued.unit if catalogued else ""),
        "stands": next((row for row in vintages if row.level in FINAL), None),
        "vintages": [{"row": row, "tag": LEVELS.get(row.level, "info")} for row in vintages],
        "verifications": report.verifications.filter(code=code).select_related("tenant", "said_by"),
        "conflicts": report.conflicts.filter(code=code).select_related("department", "settled_by"),
        "objections": FigureObjection.objects.filter(report=report, code=code).select_related(
            "office", "raised_by", "answered_by", "evidence", "figure"
        ),
        "is_refused": status != 200,
        "errors": [{"text": text, "href": ""} for text in reasons],
        **{f"{name}_form": form for name, form in forms.items()},
    }
    return render(request, "indicators/objections/figure.html", context, status=status)


def _object(request: ActorRequest, report: Return, code: str, told: dict[str, Any]) -> Told:
    sent = told.get("file") or [None]
    objecting.raise_objection(report, code, told.get("value", ""), told.get("reason", ""), request.actor, sent[0])
    return _("异议已提出，等待核定部门答复。")


def _answer(request: ActorRequest, report: Return, code: str, told: dict[str, Any]) -> Told:
    waiting = get_object_or_404(FigureObjection, report=report, code=code, answered_at=None)
    accept = told.get("outcome") == "accept"
    objecting.answer(waiting, accept, told.get("value", ""), told.get("reason", ""), request.actor)
    return _("异议已答复，市、县（市、区）会收到。")


def _correct(request: ActorRequest, report: Return, code: str, told: dict[str, Any]) -> Told:
    services.correct(report, code, told.get("value", ""), told.get("reason", ""), request.actor)
    return _("已勘误，原来的版次仍可查阅。")


ACTS: dict[str, Callable[[ActorRequest, Return, str, dict[str, Any]], Told]] = {
    "object": _object,
    "answer": _answer,
    "correct": _correct,
}
