"""The rulings: what still waits for one, one drafted from a finding or a missing return, one read or taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators import queries_policy
from indicators.enums import Programme, RunStatus
from indicators.enums_policy import RulingOutcome, RulingStatus
from indicators.models import Finding, Ruling, Run
from indicators.papers.ruling import ReasonsForm, RulingForm
from indicators.queries_run import judged_parks
from indicators.services import rulings as services
from notifications.models import Draft
from policy import index as tree_of
from workflow import instants, ledger
from workflow.machine import Refused

PAGE = 50
TAGS = {
    RulingStatus.DRAFTING: "progress",
    RulingStatus.SIGNED: "done",
    RulingStatus.WITHDRAWN: "ended",
    RulingStatus.DROPPED: "ended",
}


class OmissionForm(forms.Form):
    """A park that did not report after two reminders (AMB-13)."""

    subject = forms.ChoiceField(label=gettext_lazy("园区"))
    first = forms.DateField(
        label=gettext_lazy("第一次催报的日期"),
        required=False,
        help_text=gettext_lazy("报表记录了“催报两次未报”的，以记录的日期为准，不用填写。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    second = forms.DateField(
        label=gettext_lazy("第二次催报的日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    reasons = forms.CharField(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("写明催报的方式和经过，每行一段；文件会送市政府和管委会。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parks = [(one.code, one.name) for one in judged_parks(year)]
        self.fields["subject"].choices = parks  # type: ignore[attr-defined]


def is_drafter(actor: Actor) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The rulings that one may read; for 省科技厅 first what of the newest computation still waits for one."""
    found = Ruling.objects.select_related("paper").order_by("-created_at")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    waiting: list[Finding] = []
    run = None
    if request.actor.is_lead:
        run = (
            Run.objects.filter(programme=Programme.PARK, finished_at__isnull=False)
            .exclude(status=RunStatus.FAILED)
            .order_by("-year", "-number")
            .first()
        )
        waiting = queries_policy.rulings_missing(run) if run else []
    context = {
        "page": page,
        "rows": [{"ruling": one, "tag": TAGS[RulingStatus(one.status)]} for one in page],
        "waiting": waiting,
        "run": run,
        "may_draft": is_drafter(request.actor),
        "last_year": instants.today().year - 1,
    }
    return render(request, "indicators/rulings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(is_drafter)
def on_finding(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Draft a ruling from the page of a finding; what the policy proposes is filled in."""
    finding = get_object_or_404(Finding.objects.select_related("assessment__run"), pk=pk)
    proposed = [line for line in (finding.reason, finding.formula) if line]
    initial = {"outcome": finding.proposal, "reasons": "\n".join(proposed)}
    form = RulingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.draft_on_finding(finding, form.cleaned_data, request.actor))
        except Refused as refused:
            _say(form, refused)
    title = _("%(name)s%(year)s年度“%(label)s”的裁定") % {
        "name": finding.assessment.name,
        "year": finding.assessment.year,
        "label": finding.label,
    }
    proposal = dict(RulingOutcome.choices).get(finding.proposal, "")
    return _started(request, form, title, finding=finding, proposal=proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@only(is_drafter)
def on_omission(request: ActorRequest) -> HttpResponse:
    """Draft a ruling on a park that did not report."""
    year = _year(request)
    form = OmissionForm(request.POST or None, year=year)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            reminded = (told["first"], told["second"]) if told["first"] and told["second"] else None
            return redirect(services.draft_on_omission(told["subject"], year, reminded, told["reasons"], request.actor))
        except Refused as refused:
            _say(form, refused)
    return _started(request, form, _("未报送%(year)s年度数据的裁定") % {"year": year}, year=year)


def _year(request: ActorRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else instants.today().year - 1


def _started(request: ActorRequest, form: forms.Form, title: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, **more}
    return render(request, "indicators/rulings/start.html", context, status=422 if form.errors else 200)


def _say(form: forms.Form, refused: Refused) -> None:
    for reason in refused.reasons:
        form.add_error(None, reason)


@require_safe
def ruling(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One ruling: clause, reasons, its paper, and what took it back."""
    return _shown(request, the_ruling(pk))


def the_ruling(pk: UUID) -> Ruling:
    """The ruling, as far as the scope lets one see it."""
    return get_object_or_404(Ruling.objects.select_related("paper", "withdrawal", "city", "reporter"), pk=pk)


def _shown(request: ActorRequest, one: Ruling, form: ReasonsForm | None = None, status: int = 200) -> HttpResponse:
    clause = tree_of.clause_of(one.clause)
    drafts = Draft.objects.filter(subject_id=one.pk).order_by("-created_at") if request.actor.is_lead else []
    withdraws = one.status == RulingStatus.SIGNED and is_drafter(request.actor)
    context = {
        "ruling": one,
        "tag": TAGS[RulingStatus(one.status)],
        "clause": clause,
        "clauses": [tree_of.clause_of(code) for code in queries_policy.yearly_clauses()] if not one.clause else [],
        "drafts": drafts,
        "form": (form or ReasonsForm()) if withdraws else None,
        "events": ledger.history(one.dossier),
    }
    return render(request, "indicators/rulings/ruling.html", context, status=status)


@require_http_methods(["POST"])
@only(is_drafter)
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Draft the paper that takes a ruling back."""
    one = the_ruling(pk)
    form = ReasonsForm(request.POST)
    if form.is_valid():
        try:
            return redirect(services.draft_withdrawal(one, form.cleaned_data["reasons"], request.actor))
        except Refused as refused:
            _say(form, refused)
    return _shown(request, one, form, 422)
