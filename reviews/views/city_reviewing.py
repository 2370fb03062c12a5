"""The review of rounds of pilots: the list, and one with its results, opinions, papers and what may be done now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators import rules_evaluating
from indicators.enums import RankingList
from notifications import signoff
from notifications.paper_forms import CountersignForm
from policy import decimals
from registry.enums import CityTitleKind
from reviews.enums_city_review import CityReviewStatus as S
from reviews.enums_city_review import CityStance
from reviews.forms_city_review import AdviseForm, AskForm, NominateForm
from reviews.models import CityOpinion, CityReview
from reviews.papers import city_review as papers
from reviews.services import city_reviewing
from reviews.transitions_city_review import reviewing
from workflow import instants, ledger
from workflow.machine import Refused

TAGS = {
    S.REVIEWING: "progress", S.CIRCULATED: "progress", S.REPORTED: "progress", S.RECOGNISED: "done", S.REFUSED: "ended",
}  # fmt: skip
STANCES = {CityStance.AGREE: "done", CityStance.OBJECT: "late"}
# Who drafts which paper in which state, and the arrow that it brings about.
DRAFTS = {
    papers.CIRCULAR: (S.REVIEWING, "is_lead", "circulate"),
    papers.REQUEST: (S.CIRCULATED, "is_lead", "report"),
    papers.RECOGNITION: (S.REPORTED, "is_government", "recognise"),
    papers.REFUSAL: (S.REPORTED, "is_government", "refuse"),
}


def is_authority(actor: Actor) -> bool:
    """省科技厅, the departments and 省政府办公厅."""
    return actor.is_lead or actor.is_department or actor.is_government


@require_safe
@only(is_authority)
def index(request: ActorRequest) -> HttpResponse:
    """The reviews that are open to one's office, the newest year first."""
    rows = [{"row": row, "tag": TAGS[S(row.status)]} for row in CityReview.objects.order_by("-year", "-opened_at")]
    return render(request, "reviews/city_reviews/list.html", {"rows": rows})


@require_safe
@only(is_authority)
def one(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One review."""
    return _shown(request, _the(pk))


@require_POST
@only(is_authority)
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Ask departments, answer for one's own, or settle whom to lay before the province."""
    row, actor = _the(pk), request.actor
    form: Any
    if name == "ask" and actor.is_lead and actor.is_handler:
        form = AskForm(request.POST, row=row)
        return _done(request, row, name, form, lambda: city_reviewing.ask_departments(
            row, list(form.cleaned_data["offices"]), actor
        ))  # fmt: skip
    if name == "nominate" and actor.is_lead and actor.is_reviewer:
        form = NominateForm(request.POST, rows=_nominations(row))
        return _done(request, row, name, form, lambda: city_reviewing.nominate(row, form.chosen, form.reasons, actor))
    own = _own(row, actor)
    if name == "advise" and own is not None and actor.is_handler:
        form = AdviseForm(request.POST)
        return _done(request, row, name, form, lambda: city_reviewing.advise(
            own, form.cleaned_data["stance"], form.cleaned_data["reason"], actor
        ))  # fmt: skip
    if name == "answer" and own is not None and actor.is_signer:
        form = CountersignForm(request.POST, person=actor.person)
        return _done(request, row, name, form, lambda: city_reviewing.answer(
            own, form.cleaned_data["stance"], form.cleaned_data["reason"], actor
        ))  # fmt: skip
    raise Http404


@require_POST
@only(is_authority)
def draft(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """Draft a paper of the review, or go on with the one that is open."""
    row = _the(pk)
    if code not in {offer["code"] for offer in _offers(request.actor, row)}:
        raise Http404
    title = _("%(year)d年度测评：%(paper)s") % {"year": row.year, "paper": papers.kind_label(code)}
    try:
        return redirect(signoff.start(code, row, row.dossier, title, request.actor))
    except Refused as refused:
        return _shown(request, row, refused.reasons)


def _the(pk: UUID) -> CityReview:
    rows = CityReview.objects.select_related("round", "tenant", "circular_paper", "report_paper", "decision_paper")
    return get_object_or_404(rows, pk=pk)


def _own(row: CityReview, actor: Actor) -> CityOpinion | None:
    return row.opinions.filter(tenant=actor.organisation.pk).first()


def _nominations(row: CityReview) -> list[Any]:
    return list(row.nominations.select_related("result__place").order_by("result__list", "result__place"))


def _done(request: ActorRequest, row: CityReview, name: str, form: Any, do: Any) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, row, forms={name: form})
    try:
        do()
    except Refused as refused:
        return _shown(request, row, refused.reasons, {name: form})
    messages.success(request, _("已办理。"))
    return redirect(row)


def _offers(actor: Actor, row: CityReview) -> list[dict[str, Any]]:
    """The papers that this person may draft now, with what stands against it."""
    if not actor.is_handler:
        return []
    return [
        {"code": code, "label": papers.kind_label(code), "against": [
            str(reason) for rule in reviewing[arrow].unless for reason in rule(row)
        ]}
        for code, (status, office, arrow) in DRAFTS.items()
        if row.status == status and getattr(actor, office)
    ]  # fmt: skip


def _tiers(row: CityReview) -> list[dict[str, Any]]:
    """The results by tier: rank, place, score, whether it reaches the mark."""
    asked = city_reviewing.mark_of(row)
    found = []
    for tier, label in ((RankingList.CITY, _("设区市")), (RankingList.COUNTY, _("县（市、区）"))):
        results = list(row.round.results.filter(list=tier).select_related("place__parent", "version"))
        rows = [
            {
                "rank": rank,
                "result": one,
                "score": papers.shown(one.score),
                "reaches": decimals.parse(one.score) >= asked,
            }
            for rank, one in papers.ranked(results)
        ]
        if rows:
            found.append({"label": label, "rows": rows})
    return found


def _shown(
    request: ActorRequest, row: CityReview, reasons: list[str] | None = None, forms: dict[str, Any] | None = None
) -> HttpResponse:
    actor, given = request.actor, forms or {}
    own = _own(row, actor)
    unsaid = own is not None and own.signed_at is None and row.status == S.REVIEWING
    advice = city_reviewing.advice_on(own) if own is not None else None
    proposed = {"stance": advice.stance, "reason": advice.reason} if advice else None
    asks = actor.is_lead and actor.is_handler and row.status == S.REVIEWING
    settles = actor.is_lead and actor.is_reviewer and row.status == S.CIRCULATED
    nominations = _nominations(row)
    context = {
        "row": row,
        "tag": TAGS[S(row.status)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "tiers": _tiers(row),
        "mark": decimals.render(city_reviewing.mark_of(row)),
        "opinions": [
            {"row": one, "tag": STANCES[CityStance(one.stance)] if one.stance else "waiting",
             "late": not one.stance and instants.is_over(one.due_on)}
            for one in row.opinions.select_related("tenant")
            if actor.is_lead or actor.is_government or one.tenant_id == actor.organisation.pk
        ],
        "nominations": [
            {"row": one, "title": CityTitleKind.INNOVATIVE.of(one.result.name)} for one in nominations
        ] if not actor.is_department else [],
        "ask_form": given.get("ask") or (AskForm(row=row) if asks else None),
        "advice": advice,
        "advise_form": given.get("advise") or (
            AdviseForm(initial=proposed) if unsaid and actor.is_handler else None
        ),
        "answer_form": given.get("answer") or (
            CountersignForm(person=actor.person, initial=proposed) if unsaid and advice and actor.is_signer else None
        ),
        "waits_for_advice": unsaid and advice is None and actor.is_signer,
        "sees_round": rules_evaluating.sees(actor),
        "nominate_form": given.get("nominate") or (
            NominateForm(rows=nominations) if settles and nominations else None
        ),
        "offers": _offers(actor, row),
        "wrong": next((form for form in given.values() if form.errors), None),
        "papers": [paper for paper in (row.circular_paper, row.report_paper, row.decision_paper) if paper],
        "events": ledger.history(row.dossier),
    }  # fmt: skip
    wrong = bool(reasons) or any(form.errors for form in given.values())
    return render(request, "reviews/city_reviews/one.html", context, status=422 if wrong else 200)
