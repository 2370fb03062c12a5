"""An evaluator's own pages: what ties one to places, the declaration of independence, the sheet of a place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import carrying
from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators import conflicts, queries
from indicators import rules_evaluating as rules
from indicators.enums_evaluating import ENDED, EvaluationStatus
from indicators.forms_evaluating import EngagementForm
from indicators.models import Engagement, EvaluationRound, GivenScore, RatingSeat, SheetDraft
from indicators.services import evaluation_seats as seating
from indicators.services import evaluation_sheets as sheets
from policy import figures
from workflow import instants
from workflow.machine import Refused

PARTS = ("score", "reason")


@only(lambda actor: rules.is_third_party(actor) or actor.is_lead)
def engagements(request: ActorRequest) -> HttpResponse:
    """What the organisation and its people declared; 省科技厅 reads what all did."""
    actor = request.actor
    declares = rules.is_third_party(actor) and actor.role in seating.SEATED_ROLES
    form = EngagementForm(request.POST or None, actor=actor) if declares else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("place", "kind", "what", "since", "until")}
            try:
                personal = form.cleaned_data["whose"] == "person"
                seating.declare_engagement(**told, actor=actor, personal=personal)
                messages.success(request, _("已登记利益关系。"))
                return redirect("evaluations:engagements")
            except Refused as refused:
                form.add_error(None, [forms.ValidationError(reason) for reason in refused.reasons])
    rows = Engagement.objects.select_related("tenant", "person", "place").order_by("tenant", "-since")
    context = {
        "form": form,
        "rows": [{"row": one, "ends": _ends(one, request)} for one in rows],
        "since": conflicts.first_day(instants.today()),
        "is_lead": actor.is_lead,
        "today": instants.today().isoformat(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "indicators/evaluations/engagements.html", context, status=status)


def _ends(one: Engagement, request: ActorRequest) -> bool:
    actor = request.actor
    if one.until is not None or one.tenant_id != actor.organisation.pk:
        return False
    return one.person_id == actor.person.pk if one.person_id else actor.is_handler


@only(rules.is_third_party)
@require_POST
def end_engagement(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What went on is over since a day."""
    row = get_object_or_404(Engagement, pk=pk, tenant=request.actor.organisation)
    try:
        seating.end_engagement(row, parse_date(request.POST.get("until", "")) or row.since, request.actor)
        messages.success(request, _("已登记终止日期。"))
    except (Refused, ValueError) as refused:
        words = refused.reasons if isinstance(refused, Refused) else [_("请填写有效的日期。")]
        messages.error(request, " ".join(words))
    return redirect("evaluations:engagements")


@only(rules.is_third_party)
def declare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The declaration of independence for the own places of a round."""
    row = get_object_or_404(EvaluationRound.objects.select_related("tenant"), pk=pk)
    seats = seating.undeclared(row, request.actor.person)
    if not seats or row.status in ENDED:
        if request.method == "POST":
            raise Http404
        return redirect(row)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        if request.POST.get("declared") != "1":
            errors = [{"text": _("请阅读声明并勾选。"), "href": "#declared"}]
        else:
            barred = seating.declare_independence(row, request.actor)
            if barred:
                names = "、".join(one.place.name for one in barred if one.place)
                messages.warning(request, _("您与%(names)s有利益关系，已转请省科技厅更换评价人。") % {"names": names})
            else:
                messages.success(request, _("声明已签署，可以开始评价。"))
            return redirect(row)
    known = rules.against(row, seats)
    context = {
        "row": row,
        "lines": [{"seat": one, "against": [str(found) for found in known.get(one, [])]} for one in seats],
        "since": conflicts.first_day(instants.day_of(row.opened_at)),
        "errors": errors,
    }
    return render(request, "indicators/evaluations/declare.html", context, status=422 if errors else 200)


def _own(request: ActorRequest, pk: UUID) -> RatingSeat:
    rows = RatingSeat.objects.filter(place__isnull=False, person=request.actor.person)
    return get_object_or_404(rows.select_related("place__round", "round__version", "person", "tenant"), pk=pk)


@carrying.survives_where_sealed
def sheet(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The own sheet of a place beside its figures: saved as it is typed, handed in as a whole."""
    seat = _own(request, pk)
    if seat.declared_at is None and seat.ended_at is None and seat.place:
        return redirect("evaluations:declare", pk=seat.place.round_id)
    if request.method != "POST":
        return _shown(request, seat)
    typed = _typed(request, seat)
    if carrying.is_autosave(request):
        return _autosave(request, seat, typed)
    try:
        sheets.save_draft(seat, typed, request.actor)
        carrying.drop(request)
        if "hand_in" in request.POST:
            sheets.hand_in(seat, request.actor)
            messages.success(request, _("评分已提交并锁定。"))
            assert seat.place is not None, "a sheet is of a place"
            return redirect(seat.place.round)
        messages.success(request, _("底稿已保存，只有您本人看得到。"))
        return redirect("evaluations:sheet", pk=seat.pk)
    except Refused as refused:
        return _shown(request, seat, refused.reasons, typed)


def _typed(request: ActorRequest, seat: RatingSeat) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in seat.codes:
        for part in PARTS:
            if (text := request.POST.get(f"{code}-{part}")) is not None:
                found.setdefault(code, {})[part] = text
    return found


def _autosave(request: ActorRequest, seat: RatingSeat, typed: dict[str, dict[str, str]]) -> JsonResponse:
    """200: `fields` {name: {version, error}} and `at`; 409: `refused` with reasons."""
    try:
        sheets.save_draft(seat, typed, request.actor)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)
    faults = {line.part.code: line.fault for line in sheets.lines_of(seat)}
    fields = {
        f"{code}-{part}": {"version": 0, "error": faults.get(code, "") if part == "score" else ""}
        for code, said in typed.items()
        for part in said
    }
    return JsonResponse({"fields": fields, "conflicts": {}, "at": f"{timezone.localtime():%H:%M}"})


def _shown(
    request: ActorRequest,
    seat: RatingSeat,
    reasons: list[str] | None = None,
    typed: dict[str, dict[str, str]] | None = None,
) -> HttpResponse:
    place = seat.place
    assert place is not None, "a sheet is of a place"
    if typed is None and (kept := carrying.carried(request)):
        typed = {
            code: {part: kept[0].get(f"{code}-{part}", "") for part in PARTS}
            for code in seat.codes
            if f"{code}-score" in kept[0]
        }
    lines = sheets.lines_of(seat, typed)
    draft = SheetDraft.objects.filter(seat=seat).first()
    against = sheets.obstacles(seat, request.actor)
    places = {text: f"#{line.part.code}-{part}" for line in lines for part, text in line.flaws}
    told, year = sheets.figures_of(place), place.round.year
    names = {f"{line.part.code}-{part}": 0 for line in lines for part in PARTS}
    context: dict[str, Any] = {
        "seat": seat,
        "place": place,
        "row": place.round,
        "lines": [
            {
                "line": line,
                # What is lacking is said beside its field once the sheet was handed in.
                "faults": dict(line.flaws) if reasons else {"score": line.fault},
                "figures": _figures(year, {code: told.get(code, {}) for code in sheets.facts_of(seat, line.part)}),
            }
            for line in lines
        ],
        "writes": not against,
        "against": against if seat.handed_at is None else [],
        "given": list(GivenScore.objects.filter(seat=seat).order_by("code", "given_at")),
        "figures": _figures(year, told),
        "saved_at": draft.changed_at if draft else None,
        "errors": [{"text": text, "href": places.get(text, "")} for text in reasons or []],
        "seal": carrying.seal(request),
        "versions": "{" + ",".join(f'"{name}":0' for name in names) + "}",
        "actor": request.actor,
        "closed": place.round.status == EvaluationStatus.CLOSED,
    }
    return render(request, "indicators/evaluations/sheet.html", context, status=422 if reasons else 200)


def _figures(year: int, found: dict[str, dict[int, str | None]]) -> dict[str, Any]:
    """The figures as the component shows them."""
    years = [year - 1, year]
    rows = []
    for code, told in found.items():
        figure = figures.find(code)
        if figure is not None:
            rows.append(
                {
                    "code": code,
                    "name": queries.named(code),
                    "unit": figure.unit,
                    "values": [told.get(at) for at in years],
                }
            )
    return {"years": years, "rows": rows}


@only(rules.is_third_party)
@require_POST
def recuse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The evaluator steps back from a place."""
    seat = _own(request, pk)
    try:
        seating.end(seat, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return _shown(request, seat, refused.reasons)
    messages.success(request, _("已申请回避，转请省科技厅更换评价人。"))
    return redirect("evaluations:list")
