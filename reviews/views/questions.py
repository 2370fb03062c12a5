"""Questions to the city: ask, cancel, propose, send a proposed one or decline it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from reviews import services
from reviews.casepage import targets_of
from reviews.forms_departments import ProposalForm, QuestionForm, ReasonForm
from reviews.models import Question, QuestionProposal
from reviews.views.acts import act_page, discusses, is_lead, the_case
from reviews.views.authority import case_page
from workflow.machine import Refused

QUESTIONS = "?tab=questions"


@only(is_lead)
@require_POST
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask the city a question."""
    case = the_case(pk)
    form = QuestionForm(request.POST, targets=targets_of(case.version.content))
    reasons: list[str] = []
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.ask_question(case, data["text"], request.actor, data["target"], data["due_on"])
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("已向申报单位提出询问。"))
            return redirect(f"{case.get_absolute_url()}{QUESTIONS}")
    return case_page(request, case, reasons, tab="questions", question_form=form)


@only(is_lead)
def cancel(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a question back; its words stay."""
    rows = Question.objects.select_related("case__filing__tenant", "case__filing__host_zone")
    question = get_object_or_404(rows, pk=pk)
    return act_page(
        request,
        question.case,
        ReasonForm(request.POST or None),
        lambda data: services.cancel_question(question, data["reason"], request.actor),
        title=_("撤销询问"),
        text=_("申报单位不再需要答复，会看到撤销的原因；问题原文保留。不能恢复，可以另提问题。"),
        facts=[{"key": _("问题"), "value": question.text}],
        button=_("撤销询问"),
        done=_("询问已撤销。"),
        back=f"{question.case.get_absolute_url()}{QUESTIONS}",
        kind="warning",
    )


def _proposes(actor: Actor) -> bool:
    return discusses(actor) and not actor.is_lead


@only(_proposes)
def propose(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Propose a question to 省科技厅."""
    case = the_case(pk)
    if not services.takes_part(case, request.actor):
        raise Http404
    return act_page(
        request,
        case,
        ProposalForm(request.POST or None, targets=targets_of(case.version.content)),
        lambda data: services.propose_question(case, data["text"], request.actor, data["target"], data["due_on"]),
        title=_("建议询问申报单位"),
        button=_("提出建议"),
        done=_("已送省科技厅。"),
        back=f"{case.get_absolute_url()}{QUESTIONS}",
        inner=True,
    )


@only(discusses)
def proposal(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A proposed question: 省科技厅 sends it in its own words or says why not; its office may take it back."""
    rows = QuestionProposal.objects.select_related("case__filing__tenant", "case__filing__host_zone", "case__version")
    found = get_object_or_404(rows.select_related("tenant", "person"), pk=pk)
    actor, back = request.actor, f"{found.case.get_absolute_url()}{QUESTIONS}"
    targets, act = targets_of(found.case.version.content), request.POST.get("act", "")
    initial = {"text": found.text, "target": found.target, "due_on": found.due_on}
    form = QuestionForm(request.POST if act == "send" else None, initial=initial, targets=targets)
    reason = ReasonForm(request.POST if act == "decline" else None)
    errors: list[dict[str, str]] = []
    try:
        if act == "send" and form.is_valid():
            data = form.cleaned_data
            services.send_proposal(found, data["text"], actor, data["target"], data["due_on"])
        elif act == "decline" and reason.is_valid():
            services.decline_proposal(found, reason.cleaned_data["reason"], actor)
        elif act == "withdraw":
            services.withdraw_proposal(found, actor)
        else:
            act = ""
    except Refused as refused:
        errors, act = [{"text": one} for one in refused.reasons], ""
    if act:
        messages.success(request, _("已办理。"))
        return redirect(back)
    shown = {"proposal": found, "case": found.case, "filing": found.case.filing, "errors": errors, "back": back}
    acts = {
        "form": form if actor.is_lead and found.status == "proposed" else None,
        "reason": reason,
        "may_withdraw": found.status == "proposed" and found.tenant_id == actor.organisation.pk,
    }
    return render(request, "reviews/proposal.html", {**shown, **acts})
