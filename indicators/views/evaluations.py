"""Rounds of evaluation: what is due, a round with its places and contracts, its results."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators import queries_evaluating, queries_rating, sealed
from indicators import rules_evaluating as rules
from indicators.enums_evaluating import EvaluationKind, EvaluationStatus, Turn
from indicators.forms_evaluating import ContractForm, RoundForm
from indicators.models import EvaluationContract, EvaluationResult, EvaluationRound, RatingSeat
from indicators.papers.evaluation_report import shown as score_shown
from indicators.papers.evaluation_report import start_report
from indicators.services import evaluation_rounds as rounds
from indicators.transitions_evaluating import evaluations
from notifications.models import Paper
from policy import decimals
from workflow import instants, ledger
from workflow.machine import Refused

TAGS = {
    EvaluationStatus.PREPARING: "waiting",
    EvaluationStatus.SCORING: "progress",
    EvaluationStatus.CLOSED: "done",
    EvaluationStatus.DROPPED: "ended",
}
SERVICES = {"start": rounds.start, "close": rounds.close, "drop": rounds.drop}


@only(rules.sees)
def index(request: ActorRequest) -> HttpResponse:
    """The rounds that concern one's office; for 省科技厅 also what waits for one."""
    actor, year = request.actor, instants.today().year - 1
    rows = [{"row": row, "tag": TAGS[EvaluationStatus(row.status)]} for row in EvaluationRound.objects.all()]
    waiting = rounds.eligible(EvaluationKind.INITIAL) if actor.is_lead else []
    due = _due(year) if actor.is_lead else []
    context: dict[str, Any] = {
        "rows": rows,
        "opens": rules.opens(actor),
        "waiting": waiting,
        "due": due,
        "year": year,
        "is_lead": actor.is_lead,
        "is_third": rules.is_third_party(actor),
        "sheets": _own_sheets(request),
        "results": [
            {"row": one, "score": score_shown(one.score)}
            for one in EvaluationResult.objects.filter(tenant=actor.organisation).select_related("round")
        ],
    }
    return render(request, "indicators/evaluations/list.html", context)


def _due(year: int) -> list[dict[str, Any]]:
    """The places that are due and in no round, together where they were evaluated last in the same year."""
    running = rounds.under_way()
    found: dict[tuple[int, int], list[str]] = {}
    for one in queries_evaluating.due_places(year):
        if one.place.pk not in running:
            found.setdefault((one.due, one.last or 0), []).append(one.place.name)
    return [{"due": due, "last": last, "names": names} for (due, last), names in sorted(found.items())]


def _own_sheets(request: ActorRequest) -> list[RatingSeat]:
    """What the person evaluates, the open ones first."""
    if not rules.is_third_party(request.actor):
        return []
    found = RatingSeat.objects.filter(
        person=request.actor.person, place__isnull=False, ended_at=None, place__round__status__in=rounds_open()
    )
    return list(found.select_related("place__round").order_by("handed_at", "place__place"))


def rounds_open() -> list[str]:
    """The states in which something is to be done."""
    return [EvaluationStatus.PREPARING, EvaluationStatus.SCORING]


@only(rules.opens)
def new(request: ActorRequest) -> HttpResponse:
    """Open a round: of which kind, by which figures, for which places."""
    kind = request.GET.get("kind", EvaluationKind.BIENNIAL)
    year = request.GET.get("year", "")
    at = int(year) if year.isdecimal() and len(year) == 4 else instants.today().year - 1
    if kind not in EvaluationKind.values:
        raise Http404
    everybody, under_way = rounds.of_kind(kind), rounds.under_way()
    known = [one for one in everybody if one.place.pk not in under_way]
    due = {one.place.pk for one in queries_evaluating.due_places(at)}
    chosen = [one.place.pk for one in known if kind == EvaluationKind.INITIAL or one.place.pk in due]
    form = RoundForm(request.POST or None, known=known, due=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            row = rounds.open_round(kind, at, form.cleaned_data["places"], form.cleaned_data["due_on"], request.actor)
            messages.success(request, _("已发起测评，请委托第三方机构并指派评价人。"))
            return redirect(row)
        except Refused as refused:
            form.add_error(None, [forms.ValidationError(reason) for reason in refused.reasons])
    taken = [one.place.name for one in everybody if one.place.pk in under_way]
    context = {"form": form, "kind": EvaluationKind(kind), "year": at, "known": known, "taken": taken}
    return render(request, "indicators/evaluations/new.html", context, status=422 if form.errors else 200)


@only(rules.sees)
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One round: its places with their evaluators and how far they are, contracts, reports, results."""
    return _shown(request, _the(pk))


def _the(pk: UUID) -> EvaluationRound:
    return get_object_or_404(EvaluationRound.objects.select_related("tenant", "opened_by", "closed_by"), pk=pk)


@only(rules.sees)
@require_POST
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Start scoring, close the round, or take it back."""
    row = _the(pk)
    if name not in SERVICES or not evaluations[name].who(request.actor, row):
        raise Http404
    try:
        SERVICES[name](row, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return _shown(request, row, refused.reasons)
    messages.success(request, _("已办理。"))
    return redirect(row)


def _shown(request: ActorRequest, row: EvaluationRound, reasons: list[str] | None = None) -> HttpResponse:
    actor = request.actor
    seats = rules.seats_of(row)
    barred = rules.against(row, seats) if actor.is_lead and row.status in rounds_open() else {}
    contracts = list(row.contracts.select_related("organisation", "paper", "file"))
    mine = [one for one in seats if one.person_id == actor.person.pk and one.tenant_id == actor.organisation.pk]
    names = dict(row.places.values_list("place", "name"))
    closed = row.status == EvaluationStatus.CLOSED
    results = queries_evaluating.results_of(row) if closed else []
    context: dict[str, Any] = {
        "row": row,
        "tag": TAGS[EvaluationStatus(row.status)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "is_lead": actor.is_lead,
        "is_third": rules.is_third_party(actor),
        "opens": rules.opens(actor) and row.status in rounds_open(),
        "places": _places(row, seats, barred, contracts),
        "contracts": [_contract(one, row, names, request) for one in contracts],
        "mine": mine,
        "undeclared": [one for one in mine if one.declared_at is None],
        "acts": [
            {"name": arrow.name, "label": arrow.label, "against": against, "typed": request.POST.get("reason", "")}
            for arrow, against in evaluations.open_to(row, actor)
        ],
        "results": [{"row": one, "score": score_shown(one.score)} for one in results],
        "biases": _biases(request, row) if closed else [],
        "events": ledger.history(row.dossier),
    }
    return render(request, "indicators/evaluations/round.html", context, status=422 if reasons else 200)


def _places(row: EvaluationRound, seats: list[RatingSeat], barred: Any, contracts: Any) -> list[dict[str, Any]]:
    agreed = {code: one for one in contracts for code in one.places}
    told = sealed.with_figures(row)
    found = []
    for place in row.places.select_related("tenant"):
        own = {seat.turn: seat for seat in seats if seat.place_id == place.pk}
        turns = [Turn.FIRST, Turn.SECOND, *([Turn.THIRD] if place.disputed or Turn.THIRD in own else [])]
        found.append(
            {
                "row": place,
                "contract": agreed.get(place.place_id),
                "figures": place.place_id in told,
                "seats": [
                    {"turn": turn.label, "seat": own.get(turn), "barred": own.get(turn) in barred} for turn in turns
                ],
            }
        )
    return found


def _contract(
    one: EvaluationContract, row: EvaluationRound, names: dict[str, str], request: ActorRequest
) -> dict[str, Any]:
    actor = request.actor
    own = one.organisation_id == actor.organisation.pk
    reports = own and actor.is_handler and row.status == EvaluationStatus.SCORING and one.reported_at is None
    return {"row": one, "names": [names.get(code, code) for code in one.places], "own": own, "reports": reports}


def _biases(request: ActorRequest, row: EvaluationRound) -> list[dict[str, Any]]:
    """How far each evaluator is from the co-scorers: for 省科技厅 of everybody, for an evaluator the own."""
    actor = request.actor
    person = None if actor.is_lead else actor.person.pk
    if not (actor.is_lead or rules.is_third_party(actor)):
        return []
    here, ever = sealed.biases(row, person), sealed.biases(None, person)
    names = {str(seat.person_id): seat.person.name for seat in rules.seats_of(row)}
    return [
        {
            "name": names.get(who, ""),
            "mean": signed(bias.mean),
            "number": bias.number,
            "ever": signed(ever[who].mean),
            "all": ever[who].number,
        }
        for who, bias in sorted(here.items(), key=lambda one: -abs(one[1].mean))
    ]


def signed(value: Any) -> str:
    """A difference to two places with its sign."""
    text = decimals.show(value)
    return text if value < 0 else f"+{text}"


@only(rules.opens)
def contract(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Contract a third party, or change what was agreed (?office=…)."""
    row = _the(pk)
    office = request.GET.get("office", "")
    found = row.contracts.filter(pk=office).select_related("organisation").first() if _is_uuid(office) else None
    form = ContractForm(request.POST or None, request.FILES or None, row=row, actor=request.actor, found=found)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            rounds.contract(
                row, told["organisation"], told["places"], told["number"], told["signed_on"], request.actor, form.sent
            )
            messages.success(request, _("已登记委托。"))
            return redirect(row)
        except Refused as refused:
            form.add_error(None, [forms.ValidationError(reason) for reason in refused.reasons])
    context = {"form": form, "row": row, "found": found}
    return render(request, "indicators/evaluations/contract.html", context, status=422 if form.errors else 200)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@only(rules.is_third_party)
@require_POST
def report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Draft the report of a contract, or go on with the draft that is open."""
    rows = EvaluationContract.objects.select_related("round__tenant", "organisation", "tenant")
    row = get_object_or_404(rows, pk=pk)
    if row.organisation_id != request.actor.organisation.pk:
        raise Http404
    try:
        return redirect(start_report(row, request.actor))
    except Refused as refused:
        return _shown(request, row.round, refused.reasons)


def result(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What a place reached in a round: the index, its dimensions, the scores of people with reasons, no names."""
    rows = EvaluationResult.objects.select_related("round", "version", "tenant", "place")
    row = get_object_or_404(rows, pk=pk)
    left = set(row.left_out)
    parts = [part for part in row.version.parts if part.level > 1 or part.code in row.scores or part.code in left]
    rated = {part.code: part.label for part in queries_rating.rated_parts(row.version)}
    others = EvaluationResult.objects.filter(place=row.place_id).exclude(pk=row.pk).select_related("round")
    context = {
        "row": row,
        # The report itself is for 省科技厅 and whoever wrote it.
        "paper": Paper.objects.filter(pk=row.paper_id).first(),
        "score": score_shown(row.score),
        "lines": [
            {
                "part": part,
                "score": score_shown(row.scores.get(part.code, "")),
                "left_out": part.code in left,
                "depth": max(one.level for one in parts) - part.level,
            }
            for part in parts
            if part.parent
        ],
        "reviews": [
            {"label": label, "score": score_shown(told["score"]), "reasons": told["reasons"]}
            for code, label in rated.items()
            if (told := row.reviews.get(code))
        ],
        "others": [{"row": one, "score": score_shown(one.score)} for one in others.order_by("-round__year")],
        "sees_round": rules.sees(request.actor),
    }
    return render(request, "indicators/evaluations/result.html", context)
