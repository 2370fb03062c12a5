"""The results of rounds of evaluation, and which places are due for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import Division
from indicators.enums_evaluating import EvaluationStatus
from indicators.evaluating import EVALUATE_RECOGNISED
from indicators.models import EvaluationResult, EvaluationRound
from registry import titles
from registry.enums import CityTitleKind
from workflow.parameters import value

EVERY = 2  # years from one evaluation of a pilot to the next (C-III.2e)


def latest_result(place_code: str, kind: str | None = None) -> EvaluationResult | None:
    """The result of a place in the newest closed round (of a kind), as far as the scope lets one see it."""
    rows = EvaluationResult.objects.filter(place=place_code, round__status=EvaluationStatus.CLOSED)
    if kind is not None:
        rows = rows.filter(round__kind=kind)
    return rows.select_related("round", "version").order_by("round__closed_at").last()


def results_of(row: EvaluationRound) -> list[EvaluationResult]:
    """The results of a closed round: by list, the highest score first."""
    rows = list(row.results.select_related("place", "version", "tenant"))
    return sorted(rows, key=lambda one: (one.list, -float(one.score), one.place_id))


@dataclass(frozen=True)
class Due:
    """A place that is due for an evaluation by its figures of `due` (a year); `last` was the one before, if any."""

    place: Division
    last: int | None
    due: int


def due_places(year: int) -> list[Due]:
    """The places whose figures of a year, or of one before, are to be evaluated (C-III.2e, N19), in code order.

    Due is a pilot two years after it was last evaluated, where that is not known two years after the year before it
    became one; a recognised place only where `evaluate_recognised` says so (AMB-26).
    """
    standing, again = titles.standing_on(dt.date(year, 12, 31)), value(EVALUATE_RECOGNISED.name)
    wanted: dict[str, int] = {}
    for code, held in standing.items():
        if CityTitleKind.INNOVATIVE in held and not again:
            continue
        since = held.get(CityTitleKind.PILOT) or held.get(CityTitleKind.INNOVATIVE)
        if since is not None:
            wanted[code] = since.since.year - 1
    last = _last_years(wanted)
    places = Division.objects.select_related("parent").in_bulk([*wanted])
    found = [Due(places[code], last.get(code), last.get(code, begun) + EVERY) for code, begun in wanted.items()]
    return sorted((one for one in found if one.due <= year), key=lambda one: one.place.pk)


def _last_years(codes: Collection[str]) -> dict[str, int]:
    """The year of the newest closed round of each place."""
    rows = EvaluationResult.objects.filter(place__in=codes, round__status=EvaluationStatus.CLOSED)
    return dict(rows.order_by("round__year").values_list("place", "round__year"))
