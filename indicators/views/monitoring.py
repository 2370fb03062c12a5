"""The monitoring report on the desks of its two issuers: begun, written beside, checked, signed, sent back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import carrying
from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators import queries, queries_public
from indicators import rules_monitoring as rules
from indicators.enums import Programme
from indicators.enums_monitoring import MonitoringStatus, Passage
from indicators.forms_monitoring import TextsForm, YearForm
from indicators.models import MonitoringReport
from indicators.monitoring.chapters import chapters
from indicators.rules import oversees
from indicators.services import monitoring
from indicators.transitions_monitoring import reports as machine
from notifications.forms import SignForm
from workflow import ledger
from workflow.machine import Refused

TAGS = {
    MonitoringStatus.COMPOSING: "progress",
    MonitoringStatus.FAILED: "late",
    MonitoringStatus.DRAFT: "progress",
    MonitoringStatus.CHECKING: "waiting",
    MonitoringStatus.SIGNING: "waiting",
    MonitoringStatus.PUBLISHED: "done",
    MonitoringStatus.SUPERSEDED: "ended",
    MonitoringStatus.DROPPED: "ended",
}
NEED_REASON = {"give_back", "reopen", "drop"}
ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "check": (monitoring.send_to_check, gettext_lazy("已送审核。")),
    "give_back": (monitoring.give_back, gettext_lazy("已退回，经办人会收到理由。")),
    "pass_on": (monitoring.pass_on, gettext_lazy("审核通过，已送省统计局、省科技厅签发。")),
    "reopen": (monitoring.send_back, gettext_lazy("已退回起草，已有的签发失效并留存记录。")),
    "recompose": (monitoring.recompose, gettext_lazy("正在重新编制，文字保留；完成后列出变动。")),
    "drop": (monitoring.drop, gettext_lazy("已作废。")),
}


def the_report(pk: UUID) -> MonitoringReport:
    """The report, as far as the scope lets one see it."""
    return get_object_or_404(MonitoringReport.objects.select_related("tenant", "partner", "run", "paper"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@only(oversees)
def index(request: ActorRequest) -> HttpResponse:
    """Every report, and for 省统计局's handler the years of which one can be begun."""
    years = _years()
    form = YearForm(request.POST or None, years=years)
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(monitoring.start(form.cleaned_data["year"], request.actor))
        except Refused as refused:
            reasons = refused.reasons
    keeper = queries.keeper()
    starts = request.actor.is_handler and keeper is not None and request.actor.organisation.pk == keeper.pk
    rows = [
        {"report": one, "tag": TAGS[MonitoringStatus(one.status)]}
        for one in MonitoringReport.objects.select_related("paper")
        .defer("content", "texts")
        .order_by("-year", "-edition")
    ]
    context = {
        "rows": rows,
        "form": form if starts and years else None,
        "errors": [{"text": reason, "href": ""} for reason in reasons],
    }
    return render(request, "reports/desk/list.html", context, status=422 if reasons else 200)


def _years() -> list[int]:
    """The released years of the cities of which no report of the standing result is there or in hand."""
    runs: dict[int, Any] = {}
    for run in queries_public.released_runs(Programme.CITY):
        runs.setdefault(run.year, run)
    done = {(one.year, one.run_id) for one in MonitoringReport.objects.filter(status=MonitoringStatus.PUBLISHED)}
    open_years = set(MonitoringReport.objects.filter(status__in=monitoring.OPEN).values_list("year", flat=True))
    return [
        year
        for year, run in runs.items()
        if queries_public.may_list(run) and year not in open_years and (year, run.pk) not in done
    ]


@require_safe
@only(oversees)
def report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One report: what is to be done next, what it says, who signed, what changed."""
    return shown(request, the_report(pk))


def shown(
    request: ActorRequest,
    found: MonitoringReport,
    *,
    reasons: Iterable[str] = (),
    form: SignForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a report; `reasons` are why an act was refused."""
    actor = request.actor
    signatures = list(found.signatures.select_related("tenant").order_by("signed_at"))
    signed = any(one.dropped_at is None and one.tenant_id == actor.organisation.pk for one in signatures)
    signs = found.status == MonitoringStatus.SIGNING and rules.is_signatory(actor, found) and not signed
    context = {
        "report": found,
        "tag": TAGS[MonitoringStatus(found.status)],
        "writes": found.status == MonitoringStatus.DRAFT and rules.writes(actor, found),
        "acts": _acts(found, actor),
        "outdated": rules.outdated(found) if found.status in monitoring.OPEN else [],
        "sign_form": (form or SignForm(person=actor.person)) if signs else None,
        "signatures": signatures,
        "waiting": [office for office in (found.tenant, found.partner) if found.status == MonitoringStatus.SIGNING],
        "summary": found.content.get("summary", []),
        "texts": [(Passage(name).label, text) for name, text in found.texts.items()],
        "versions": found.versions.all(),
        "has_pdf": found.path.is_file(),
        "events": ledger.history(found.dossier),
        "errors": [{"text": reason, "href": ""} for reason in reasons],
    }
    return render(request, "reports/desk/report.html", context, status=status)


def _acts(found: MonitoringReport, actor: Actor) -> list[dict[str, Any]]:
    open_ones = {arrow.name: (arrow, reasons) for arrow, reasons in machine.open_to(found, actor)}
    return [
        {"name": name, "label": arrow.label, "reasons": reasons, "needs_reason": name in NEED_REASON}
        for name in ACTS
        if name in open_ones
        for arrow, reasons in [open_ones[name]]
    ]


@require_safe
@only(oversees)
def preview(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The chapters as they stand."""
    found = the_report(pk)
    if not found.content:
        raise Http404
    told = chapters(found.content, found.texts, found.differences)
    return render(request, "reports/desk/preview.html", {"report": found, "chapters": told})


@require_safe
@only(oversees)
def draft_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The pages of the draft as PDF."""
    found = the_report(pk)
    if not found.path.is_file():
        raise Http404
    return FileResponse(found.path.open("rb"), content_type="application/pdf", filename=f"report-{found.year}.pdf")  # type: ignore[return-value]


@carrying.survives_where_sealed
@require_http_methods(["GET", "HEAD", "POST"])
@only(oversees)
def write(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write beside the figures; the page saves itself, an explicit save keeps a version."""
    found = the_report(pk)
    if not rules.writes(request.actor, found):
        raise Http404
    if request.method == "POST":
        return _autosave(request, found) if carrying.is_autosave(request) else _save(request, found)
    if carrying.carried(request):
        return _form(request, found, TextsForm(carrying.carried_data(request)))
    return _form(request, found, TextsForm(initial=found.texts))


def _form(
    request: ActorRequest, found: MonitoringReport, form: TextsForm, reasons: Iterable[str] = (), status: int = 200
) -> HttpResponse:
    marks = {name: monitoring.mark_of(found.texts.get(name, "")) for name in Passage.values}
    context = {
        "report": found,
        "form": form,
        "seal": carrying.seal(request),
        "versions": json.dumps(marks),
        "summary": found.content.get("summary", []),
        "errors": [{"text": reason, "href": ""} for reason in reasons],
    }
    return render(request, "reports/desk/write.html", context, status=status)


def _save(request: ActorRequest, found: MonitoringReport) -> HttpResponse:
    form = TextsForm(request.POST)
    if not form.is_valid():
        return _form(request, found, form, status=422)
    shown_marks = carrying.marks_in(request.POST.get(carrying.VERSIONS, ""))
    try:
        conflicts = monitoring.write(found, form.cleaned_data, shown_marks, request.actor)
    except Refused as refused:
        return _form(request, found, form, refused.reasons, 422)
    if conflicts:
        labels = "、".join(str(Passage(name).label) for name in conflicts)
        said = _("这些文字别人刚刚改过：%(labels)s。您写的留在本页，请核对后再保存。") % {"labels": labels}
        return _form(request, found, form, [said], 409)
    carrying.drop(request)
    messages.success(request, _("已保存，并留存一个版本。"))
    return redirect(found)


def _autosave(request: ActorRequest, found: MonitoringReport) -> JsonResponse:
    marks = carrying.marks_in(request.POST.get(carrying.VERSIONS, ""))
    form = TextsForm(request.POST)
    form.full_clean()
    typed = {name: form.cleaned_data[name] for name in marks if name in form.cleaned_data and name in request.POST}
    try:
        clashing = monitoring.write(found, typed, marks, request.actor, keep=False)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)
    fields: dict[str, Any] = {
        name: {"version": monitoring.mark_of(found.texts.get(name, "")), "error": ""}
        for name in typed
        if name not in clashing
    }
    for name in form.errors:
        if name in marks:
            error = "".join(str(one) for one in form.errors[name])
            fields[name] = {"version": marks[name], "error": error, "unkept": True}
    conflicts = {name: _conflict(found, name) for name in clashing}
    answer = {"fields": fields, "conflicts": conflicts, "hidden": {}, "at": f"{timezone.localtime():%H:%M}"}
    return JsonResponse(answer, status=409 if conflicts else 200)


def _conflict(found: MonitoringReport, name: str) -> dict[str, Any]:
    text = found.texts.get(name, "")
    return {
        "version": monitoring.mark_of(text),
        "values": [text],
        "shown": text,
        "words": _("同事或您本人在另一个窗口改过这一段"),
    }


@require_POST
@only(oversees)
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step; what stands in its way is said on the page."""
    found = the_report(pk)
    if name == "sign":
        return _sign(request, found)
    if name not in ACTS:
        raise Http404
    service, told = ACTS[name]
    reason = [request.POST.get("reason", "")] if name in NEED_REASON else []
    try:
        service(found, *reason, request.actor)
    except Refused as refused:
        return shown(request, found, reasons=refused.reasons, status=422)
    messages.success(request, told)
    return redirect(found)


def _sign(request: ActorRequest, found: MonitoringReport) -> HttpResponse:
    form = SignForm(request.POST, person=request.actor.person)
    if not form.is_valid():
        return shown(request, found, form=form, status=422)
    try:
        monitoring.sign(found, request.POST.get("digest", ""), request.actor)
    except Refused as refused:
        return shown(request, found, reasons=refused.reasons, status=422)
    messages.success(request, _("已签发。两个单位都签发后，报告即编号发布。"))
    return redirect(found)
