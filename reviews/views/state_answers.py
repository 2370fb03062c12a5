"""The pages on which 省科技厅 registers what the state's department answered (CT-56), and compares it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import only
from accounts.requests import ActorRequest
from registry.enums import CityTitleKind
from reviews import services
from reviews.enums_state_answer import StateAnswerStatus
from reviews.forms_state_answer import StateAnswerForm
from reviews.models import Case, StateAnswer
from reviews.services import state_answers
from workflow.machine import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead and actor.is_handler)
def keep(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The form, and what it writes for another person to compare."""
    case = get_object_or_404(Case.objects.select_related("filing__division", "decision_paper"), pk=pk)
    if not state_answers.may_keep(request.actor, case):
        raise Http404
    posted = request.method == "POST"
    form = StateAnswerForm(
        request.POST if posted else None, request.FILES if posted else None, actor=request.actor, case=case
    )
    if posted and form.is_valid():
        told = form.cleaned_data
        try:
            services.keep_state_answer(
                case, request.actor, approved=form.is_approved, number=told["number"], day=told["day"],
                explanation=told["explanation"], sent=told["scan"][0] if told["scan"] else None,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("科学技术部的答复已登记，由审核人或签发人核对确认。"))
            return redirect(case)
    context = {
        "case": case,
        "filing": case.filing,
        "form": form,
        "title": CityTitleKind.NATIONAL_PILOT.of(case.filing.of_place.name),
        "returned": case.state_answers.filter(status=StateAnswerStatus.RETURNED).last(),
    }
    return render(request, "reviews/state_answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead and not actor.is_handler)
def decide(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What was registered beside its document; confirmed, an approval makes the place a national pilot."""
    case = get_object_or_404(Case.objects.select_related("filing__division", "filing__tenant", "decision_paper"), pk=pk)
    answer = case.state_answer
    if answer is None or not state_answers.may_decide(request.actor, answer):
        raise Http404
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            messages.success(request, _decided(request, answer))
            return redirect(case)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
    context = {
        "case": case,
        "filing": case.filing,
        "answer": answer,
        "errors": errors,
        "reason": request.POST.get("reason", ""),
        "title": CityTitleKind.NATIONAL_PILOT.of(case.filing.of_place.name),
    }
    return render(request, "reviews/state_answer_decide.html", context, status=422 if errors else 200)


def _decided(request: ActorRequest, answer: StateAnswer) -> str:
    if request.POST.get("act") == "give_back":
        services.give_back_state_answer(answer, request.POST.get("reason", ""), request.actor)
        return _("已退回经办人重新登记。")
    services.confirm_state_answer(answer, request.actor)
    return _("科学技术部的答复已确认。")
