"""A small drawing of one series: own line, group's median, threshold; the table beside it says the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from indicators.series import Point, Series
from policy import decimals

WIDTH, HEIGHT = 240, 120
LEFT, RIGHT, TOP, BASE = 12, 228, 12, 92


@dataclass(frozen=True)
class Small:
    """A drawing `WIDTH` × `HEIGHT`: pieces of the own line, dots, the median's and the threshold's lines, the years."""

    series: Series
    own: list[str]
    dots: list[dict[str, Any]]
    middle: list[str]
    wanted: list[str]
    ticks: list[dict[str, Any]]
    rows: list[dict[str, Any]]


def draw(series: Series) -> Small:
    """The drawing of a series; a year without a value leaves a gap."""
    points = series.points
    known = [value for one in points for value in (one.own, one.middle, one.threshold) if value is not None]
    low, high = min(known), max(known)
    spread = (high - low) or Fraction(1)

    def x(one: Point) -> float:
        span = points[-1].year - points[0].year or 1
        return round(LEFT + (RIGHT - LEFT) * (one.year - points[0].year) / span, 1)

    def y(value: Fraction) -> float:
        return round(float(BASE - (BASE - TOP) * (value - low) / spread), 1)

    def line(name: str) -> list[str]:
        return _pieces([(x(one), None if (v := getattr(one, name)) is None else y(v)) for one in points])

    dots = [
        {"x": x(one), "y": y(one.own), "missed": one.outcome == "not_met", "year": one.year, "shown": one.shown}
        for one in points
        if one.own is not None
    ]
    ticks = [
        {"text": str(one.year), "x": x(one), "anchor": _anchor(place, len(points))}
        for place, one in enumerate(points)
        if place in (0, len(points) - 1)
    ]
    return Small(series, line("own"), dots, line("middle"), line("threshold"), ticks, [_row(one) for one in points])


def _anchor(place: int, count: int) -> str:
    return "start" if place == 0 else "end" if place == count - 1 else "middle"


def _pieces(places: list[tuple[float, float | None]]) -> list[str]:
    """The runs of at least two neighbouring known places, each as the points of a polyline."""
    runs: list[list[str]] = [[]]
    for across, up in places:
        if up is None:
            runs.append([])
        else:
            runs[-1].append(f"{across},{up}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _row(one: Point) -> dict[str, Any]:
    return {
        "year": one.year,
        "own": one.shown,
        "middle": "" if one.middle is None else decimals.amount(one.middle),
        "threshold": "" if one.threshold is None else decimals.render(one.threshold),
        "outcome": one.outcome,
    }
