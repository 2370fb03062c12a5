"""Recommendations for national status: the list of the best, one recommendation with what may be done now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import ActorRequest
from notifications import signoff
from reviews.enums_recommendation import RecommendationStatus as S
from reviews.forms_recommendation import AnswerForm, AssignForm, JudgeForm
from reviews.models import Recommendation, StrengthItem
from reviews.papers import recommendation as papers
from reviews.services import recommending
from reviews.transitions_recommendation import items_open, recommendations
from workflow import ledger
from workflow.machine import Refused

TAGS = {
    S.PROPOSED: "waiting",
    S.APPRAISING: "progress",
    S.REPORTED: "progress",
    S.RECOMMENDED: "progress",
    S.UPGRADED: "done",
    S.REFUSED: "ended",
    S.DECLINED: "ended",
    S.PASSED_OVER: "ended",
}
ACTS = {"choose": recommending.choose, "pass_over": recommending.pass_over, "refuse": recommending.refuse}
# Who drafts which paper in which state.
DRAFTS = {
    papers.REPORT: (S.APPRAISING, "is_lead"),
    papers.REQUEST: (S.REPORTED, "is_government"),
    papers.DECLINED: (S.REPORTED, "is_government"),
    papers.UPGRADE: (S.RECOMMENDED, "is_government"),
}


def index(request: ActorRequest) -> HttpResponse:
    """The recommendations that are open to one's office, the newest year first."""
    found = Recommendation.objects.select_related("park", "city").order_by("-year", "rank", "park__slug")
    rows = [{"row": row, "tag": TAGS[S(row.status)]} for row in found]
    return render(request, "reviews/recommendations/list.html", {"rows": rows})


def one(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One recommendation."""
    return _shown(request, _the(pk))


@require_POST
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Choose, pass over, or note that the State Council did not approve."""
    row = _the(pk)
    if name not in ACTS or not recommendations[name].who(request.actor, row):
        raise Http404
    return _done(request, row, lambda: ACTS[name](row, request.POST.get("reason", ""), request.actor))


@require_POST
def assign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give items to offices."""
    row = _the(pk)
    if not (request.actor.is_lead and request.actor.is_handler):
        raise Http404
    form = AssignForm(request.POST, row=row)
    if not form.is_valid():
        return _shown(request, row, forms={"assign": form})
    return _done(request, row, lambda: recommending.assign(row, form.chosen, request.actor), assign=form)


@require_POST
def judge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Judge one item of one's own office."""
    item = get_object_or_404(
        StrengthItem.objects.select_related("recommendation"), pk=pk, tenant=request.actor.organisation.pk
    )
    row = _the(item.recommendation_id)
    form = JudgeForm(request.POST, prefix=str(item.pk))
    if not form.is_valid():
        return _shown(request, row, forms={str(item.pk): form})
    told = form.cleaned_data
    return _done(
        request, row, lambda: recommending.judge(item, told["outcome"], told["reason"], request.actor),
        **{str(item.pk): form},
    )  # fmt: skip


@require_POST
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note the State Council's 批复."""
    row = _the(pk)
    if not (request.actor.is_government and request.actor.is_handler):
        raise Http404
    form = AnswerForm(request.POST, request.FILES, actor=request.actor, row=row)
    if not form.is_valid():
        return _shown(request, row, forms={"answer": form})
    told = form.cleaned_data
    sent = told["scan"][0] if told["scan"] else None
    return _done(
        request, row,
        lambda: recommending.keep_answer(row, told["number"], told["day"], told["name"], request.actor, sent),
        answer=form,
    )  # fmt: skip


@require_POST
def draft(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """Draft a paper of the recommendation, or go on with the one that is open."""
    row = _the(pk)
    kind = str(code)
    if kind not in {offer["code"] for offer in _offers(request, row)}:
        raise Http404
    title = f"{row.park.name}：{papers.kind_label(kind)}"
    try:
        return redirect(signoff.start(kind, row, row.dossier, title, request.actor))
    except Refused as refused:
        return _shown(request, row, refused.reasons)


def _the(pk: UUID) -> Recommendation:
    return get_object_or_404(
        Recommendation.objects.select_related(
            "park__city", "city", "tenant", "report_paper", "request_paper", "decision_paper", "scan"
        ),
        pk=pk,
    )


def _done(request: ActorRequest, row: Recommendation, do: Any, **forms: Any) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        return _shown(request, row, refused.reasons, forms)
    messages.success(request, _("已办理。"))
    return redirect(row)


def _offers(request: ActorRequest, row: Recommendation) -> list[dict[str, Any]]:
    """The papers that this person may draft now, with what stands against it."""
    if not request.actor.is_handler:
        return []
    offers = []
    for code, (status, office) in DRAFTS.items():
        if row.status == status and getattr(request.actor, office):
            against = items_open(row) if code == papers.REPORT else []
            if code == papers.UPGRADE and not row.council_number:
                against = [_("请先登记国务院的批复。")]
            offers.append({"code": code, "label": papers.kind_label(code), "against": against})
    return offers


def _shown(
    request: ActorRequest,
    row: Recommendation,
    reasons: list[str] | None = None,
    forms: dict[str, Any] | None = None,
) -> HttpResponse:
    actor, given = request.actor, forms or {}
    open_arrows = {arrow.name: (arrow, against) for arrow, against in recommendations.open_to(row, actor)}
    items = [
        {"item": item, "form": _judge_form(item, request, row, given)}
        for item in row.items.select_related("tenant").order_by("requested_at", "strength")
    ]
    assigns = actor.is_lead and actor.is_handler and row.status == S.APPRAISING
    assign_form = given.get("assign") or (AssignForm(row=row) if assigns else None)
    keeps = actor.is_government and actor.is_handler and row.status == S.RECOMMENDED
    known = {"number": row.council_number, "day": row.council_on, "name": row.new_name}
    context = {
        "row": row,
        "tag": TAGS[S(row.status)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "items": items,
        "assign_form": assign_form if assign_form and assign_form.fields else None,
        "answer_form": given.get("answer") or (AnswerForm(actor=actor, row=row, initial=known) if keeps else None),
        "offers": _offers(request, row),
        "acts": [
            {"name": name, "label": arrow.label, "against": against, "typed": request.POST.get("reason", "")}
            for name, (arrow, against) in open_arrows.items()
            if name in ACTS
        ],
        "papers": [paper for paper in (row.report_paper, row.request_paper, row.decision_paper) if paper],
        "events": ledger.history(row.dossier),
    }
    wrong = bool(reasons) or any(form.errors for form in given.values())
    return render(request, "reviews/recommendations/one.html", context, status=422 if wrong else 200)


def _judge_form(
    item: StrengthItem, request: ActorRequest, row: Recommendation, given: dict[str, Any]
) -> JudgeForm | None:
    actor = request.actor
    if item.judged_at or row.status != S.APPRAISING or item.tenant_id != actor.organisation.pk or not actor.is_handler:
        return None
    return given.get(str(item.pk)) or JudgeForm(prefix=str(item.pk))
