"""A place of a round for 省科技厅: its evaluators now and before, who is seated, replaced or asked again."""

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
from indicators import queries_rating
from indicators import rules_evaluating as rules
from indicators.enums_evaluating import EvaluationStatus, Turn
from indicators.forms_evaluating import PairForm, SeatForm
from indicators.forms_rating import shown as score_shown
from indicators.models import EvaluationContract, EvaluationPlace, GivenScore, RatingSeat
from indicators.services import evaluation_seats as seating
from indicators.services import evaluation_sheets as sheets
from workflow import ledger
from workflow.machine import Refused

ACTS = ("return", "replace")


@only(lambda actor: actor.is_lead)
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One place of a round."""
    return _shown(request, _the(pk))


def _the(pk: UUID) -> EvaluationPlace:
    return get_object_or_404(EvaluationPlace.objects.select_related("round__tenant", "tenant", "place"), pk=pk)


@only(rules.opens)
@require_POST
def seat(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Name the evaluator of a turn."""
    place, turn = _the(pk), request.POST.get("turn", "")
    if turn not in {str(one) for one in Turn.values}:
        raise Http404
    form = _form(place, None, request.POST, turn)
    try:
        if form.is_valid():
            seating.seat(place, int(turn), form.chosen, request.actor)
            messages.success(request, _("已指派，评价人会收到待办。"))
            return redirect("evaluations:place", pk=place.pk)
    except Refused as refused:
        form.add_error("post", [forms.ValidationError(reason) for reason in refused.reasons])
    return _shown(request, place, forms_by={f"turn-{turn}": form})


@only(rules.opens)
def seat_all(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Name the two evaluators of every place of a contract that lacks them."""
    rows = EvaluationContract.objects.select_related("round__tenant", "organisation")
    agreed = get_object_or_404(rows, pk=pk)
    form = PairForm(request.POST or None, people=seating.people_of(agreed))
    if request.method == "POST" and form.is_valid():
        try:
            left = seating.seat_all(agreed, form.pair, request.actor)
            for why in left:
                messages.warning(request, why)
            if not left:
                messages.success(request, _("已全部指派，评价人会收到待办。"))
            return redirect(agreed.round)
        except Refused as refused:
            form.add_error("second", [forms.ValidationError(reason) for reason in refused.reasons])
    context = {"form": form, "row": agreed.round, "agreed": agreed}
    return render(request, "indicators/evaluations/seats.html", context, status=422 if form.errors else 200)


@only(rules.returns)
@require_POST
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Return a sheet with a reason, or replace its evaluator."""
    if name not in ACTS:
        raise Http404
    rows = RatingSeat.objects.filter(place__isnull=False).select_related("place__round__tenant", "person", "tenant")
    row = get_object_or_404(rows, pk=pk)
    assert row.place is not None, "chosen by it"
    try:
        if name == "return":
            sheets.give_back(row, request.POST.get("reason", ""), request.actor)
            messages.success(request, _("已退回，评价人会收到待办。"))
            return redirect("evaluations:place", pk=row.place_id)
        form = _form(row.place, row, request.POST, f"seat-{row.pk}")
        if form.is_valid():
            seating.replace(row, form.chosen, form.cleaned_data["reason"], request.actor)
            messages.success(request, _("已更换，原评价人的评分不再计入。"))
            return redirect("evaluations:place", pk=row.place_id)
        return _shown(request, row.place, forms_by={f"seat-{row.pk}": form})
    except Refused as refused:
        return _shown(request, _the(row.place.pk), refused.reasons)


def _form(place: EvaluationPlace, row: RatingSeat | None, data: Any = None, prefix: str = "") -> SeatForm:
    agreed = rules.contract_of(place)
    seated = set(place.seats.values_list("person", flat=True))
    people = [post for post in seating.people_of(agreed) if post.person_id not in seated] if agreed else []
    return SeatForm(data, people=people, replacing=row is not None, auto_id=f"id_{prefix}_%s")


def _shown(
    request: ActorRequest,
    place: EvaluationPlace,
    reasons: list[str] | None = None,
    forms_by: dict[str, SeatForm] | None = None,
) -> HttpResponse:
    actor, row, wrong = request.actor, place.round, forms_by or {}
    is_open = row.status in (EvaluationStatus.PREPARING, EvaluationStatus.SCORING)
    seats = list(place.seats.select_related("person", "tenant").order_by("turn", "ended_at"))
    sitting = {one.turn: one for one in seats if one.ended_at is None}
    barred = rules.against(row, list(sitting.values())) if is_open else {}
    names = _labels(place)
    turns = [Turn.FIRST, Turn.SECOND, *([Turn.THIRD] if place.disputed or Turn.THIRD in sitting else [])]
    edits = rules.opens(actor) and is_open
    lines: list[dict[str, Any]] = []
    for turn in turns:
        one = sitting.get(turn)
        key = f"seat-{one.pk}" if one else f"turn-{turn}"
        lines.append(
            {
                "turn": turn,
                "label": turn.label,
                "seat": one,
                "barred": [str(interest) for interest in barred.get(one, [])] if one else [],
                "form": (wrong.get(key) or _form(place, one, None, key)) if edits else None,
                "returns": bool(
                    one and one.handed_at and rules.returns(actor) and row.status == EvaluationStatus.SCORING
                ),
            }
        )
    agreed = rules.contract_of(place)
    context = {
        "place": place,
        "row": row,
        "agreed": agreed,
        "lines": lines,
        "former": [one for one in seats if one.ended_at is not None],
        "disputed": [names.get(code, code) for code in place.disputed],
        "scores": _scores(place, names) if row.status == EvaluationStatus.CLOSED else [],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "wrong": bool(wrong),
        "events": _events(place, agreed),
    }
    return render(request, "indicators/evaluations/place.html", context, status=422 if reasons or wrong else 200)


def _labels(place: EvaluationPlace) -> dict[str, str]:
    rating = place.round.ratings.select_related("version").filter(version__ranking=place.list).first()
    return {part.code: part.label for part in queries_rating.rated_parts(rating.version)} if rating else {}


def _events(place: EvaluationPlace, agreed: Any) -> list[Any]:
    if agreed is None:
        return []
    return [one for one in ledger.history(agreed.dossier) if one.data.get("place") in (None, place.place_id)]


def _scores(place: EvaluationPlace, names: dict[str, str]) -> list[dict[str, Any]]:
    """What everybody gave, once the round is closed; also what was superseded or no longer counts."""
    rows = GivenScore.objects.filter(seat__place=place).select_related("seat", "person")
    return [
        {
            "label": names.get(one.code, one.code),
            "score": score_shown(one.score),
            "given": one,
            "counts": one.superseded_at is None and one.seat.ended_at is None,
        }
        for one in rows.order_by("code", "seat__turn", "given_at")
    ]
