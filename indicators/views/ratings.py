"""Rounds of scoring: opened and closed by 省科技厅, scored by the people whom it named (C.5)."""

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
from indicators import queries_policy, queries_rating
from indicators.enums import Programme, RankingList
from indicators.enums_policy import RatingStatus
from indicators.forms_rating import RoundForm, ScoreForm, shown
from indicators.models import GivenScore, IndexVersion, RatingRound
from indicators.services import rating
from indicators.subjects import Subject, subjects_of
from indicators.transitions_rating import opens, ratings
from policy import index as index_of
from workflow import instants, ledger
from workflow.machine import Refused

TAGS = {RatingStatus.OPEN: "progress", RatingStatus.CLOSED: "done", RatingStatus.DROPPED: "ended"}
SERVICES = {"close": rating.close, "drop": rating.drop}
CITIES = (RankingList.CITY, RankingList.COUNTY)
FIRST_YEAR = 2011


def index(request: ActorRequest) -> HttpResponse:
    """The rounds that are open to one's office, the newest year first; for 省科技厅 also what is not asked yet."""
    found = RatingRound.objects.filter(evaluation=None).select_related("version")
    rows = [{"row": row, "tag": TAGS[RatingStatus(row.status)]} for row in found]
    year = instants.today().year - 1
    wanted = queries_rating.lacking(_in_force(year), year) if opens(request.actor) else []
    context = {"rows": rows, "wanted": [one for one in wanted if one.open_round is None], "year": year}
    return render(request, "indicators/ratings/list.html", context)


def _in_force(year: int) -> list[IndexVersion]:
    found = (queries_policy.index_in_force(key, year) for key in RankingList)
    return [one for one in found if one is not None]


@only(opens)
def new(request: ActorRequest, ranking: str, year: int) -> HttpResponse:
    """Whom a list's reviewers are, whom they score, and by when."""
    version = queries_policy.index_in_force(ranking, year) if ranking in RankingList.values else None
    parts = queries_rating.rated_parts(version)
    if version is None or not parts or not FIRST_YEAR <= year <= instants.today().year:
        raise Http404
    form = RoundForm(
        request.POST or None, parts=parts, subjects=_subjects(ranking, year), posts=queries_rating.candidates()
    )
    if request.method == "POST" and form.is_valid():
        try:
            due = form.cleaned_data["due_on"]
            row = rating.open_round(version, year, form.chosen, form.asked, due, request.actor)
            messages.success(request, _("已发起评分，评分人会收到待办。"))
            return redirect(row)
        except Refused as refused:
            form.add_error(None, [forms.ValidationError(reason) for reason in refused.reasons])
    context = {"form": form, "version": version, "year": year}
    return render(request, "indicators/ratings/new.html", context, status=422 if form.errors else 200)


def _subjects(ranking: str, year: int) -> list[Subject]:
    programme = Programme.CITY if ranking in CITIES else Programme.PARK
    return [one for one in subjects_of(programme, year) if one.list == ranking]


def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One round: how far it is, one's own part in it, and the scores once it is closed."""
    return _shown(request, _the(pk))


@require_POST
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Close the round, or take it back."""
    row = _the(pk)
    if name not in SERVICES or not ratings[name].who(request.actor, row):
        raise Http404
    try:
        SERVICES[name](row, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return _shown(request, row, refused.reasons)
    messages.success(request, _("已办理。"))
    return redirect(row)


def _the(pk: UUID) -> RatingRound:
    rows = RatingRound.objects.filter(evaluation=None).select_related("version", "tenant", "opened_by", "closed_by")
    return get_object_or_404(rows, pk=pk)


def _shown(request: ActorRequest, row: RatingRound, reasons: list[str] | None = None) -> HttpResponse:
    actor = request.actor
    acts = [
        {"name": arrow.name, "label": arrow.label, "typed": request.POST.get("reason", "")}
        for arrow, against in ratings.open_to(row, actor)
        if not against
    ]
    context: dict[str, Any] = {
        "row": row,
        "tag": TAGS[RatingStatus(row.status)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "own": queries_rating.own_sittings(row, actor.person.pk),
        "progress": queries_rating.progress(row) if actor.is_lead else [],
        "acts": acts,
        "given": _given(row) if row.status == RatingStatus.CLOSED else [],
        "events": ledger.history(row.dossier) if actor.is_lead else [],
    }
    return render(request, "indicators/ratings/round.html", context, status=422 if reasons else 200)


def _given(row: RatingRound) -> list[dict[str, Any]]:
    """The scores of a closed round as far as the scope lets one see them, by indicator and subject."""
    names = {one["code"]: one["name"] for one in row.subjects}
    found = GivenScore.objects.filter(seat__round=row, superseded_at=None).select_related("tenant", "person")
    scores = list(found.order_by("subject", "tenant__order", "person__name"))
    lists = []
    for part in queries_rating.rated_parts(row.version):
        lines = [
            {"name": names.get(one.subject, one.subject), "score": shown(one.score), "given": one}
            for one in scores
            if one.code == part.code
        ]
        lists.append({"part": part, "lines": lines})
    return [one for one in lists if one["lines"]]


def score(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """All subjects of one indicator in one table, saved as a whole."""
    row = _the(pk)
    sitting = next(
        (one for one in queries_rating.own_sittings(row, request.actor.person.pk) if one.part.code == code), None
    )
    if sitting is None:
        raise Http404
    given = {one.subject: one for one in GivenScore.objects.filter(seat=sitting.seat, code=code, superseded_at=None)}
    data = request.POST if request.method == "POST" else None
    lines = [
        ScoreForm(data, subject=one["code"], name=one["name"], number=number, given=given.get(one["code"]))
        for number, one in enumerate(row.subjects, start=1)
    ]
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        touched = [line for line in lines if line.is_touched]
        if all(line.is_valid() for line in touched):
            try:
                said = {line.subject: line.said() for line in touched}
                number = rating.give(sitting.seat, code, said, request.actor)
                messages.success(request, _("已保存 %(n)d 项评分。") % {"n": number})
                return redirect("ratings:score", pk=row.pk, code=code)
            except Refused as refused:
                errors = [{"text": reason, "href": ""} for reason in refused.reasons]
        errors += [
            {"text": f"{line.name}：{text}", "href": f"#{line[name].id_for_label}"}
            for line in touched
            for name, texts in line.errors.items()
            for text in texts
        ]
    clause = index_of.clause_of(sitting.part.clause)
    quote = sitting.part.quote or (clause.quote if clause else "")
    context = {"row": row, "sitting": sitting, "quote": quote, "lines": lines, "errors": errors}
    context["open"] = row.status == RatingStatus.OPEN
    return render(request, "indicators/ratings/score.html", context, status=422 if errors else 200)
