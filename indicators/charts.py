"""Charts as plain geometry: the templates draw them as SVG with classes, beside the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from typing import Any

from accounts.names import named
from indicators.models import Assessment
from policy import decimals
from policy.index import Part

WIDTH = 360
LEFT, RIGHT = 8, 352
ROW = 34
BINS = 10
MOST = 60


@dataclass(frozen=True)
class Chart:
    """A drawing `WIDTH` wide: its height, its rows or bars, and the labels of its axis at their places."""

    height: int
    rows: list[dict[str, Any]]
    ticks: list[dict[str, Any]] = field(default_factory=list)
    base: int = 0


def _at(value: float, low: float, high: float) -> float:
    """The place of a value on the axis, to a tenth of a unit."""
    return round(LEFT + (RIGHT - LEFT) * (value - low) / ((high - low) or 1), 1)


def ranks(rows: Sequence[Assessment]) -> Chart | None:
    """The first `MOST`: a dot at the rank on a line from the 5 % to the 95 % rank; None for fewer than 2."""
    known = [one for one in rows if one.rank is not None][:MOST]
    if len(known) < 2:
        return None
    last = max(one.rank_high or one.rank or 1 for one in known)
    drawn: list[dict[str, Any]] = []
    for place, one in enumerate(known):
        rank = one.rank or 1
        low, high = one.rank_low or rank, one.rank_high or rank
        drawn.append(
            {
                "text": f"{rank}. {named(one.name)}",
                "label_y": 16 + ROW * place,
                "y": 26 + ROW * place,
                "x": _at(rank, 1, last),
                "low": _at(low, 1, last),
                "high": _at(high, 1, last),
                "said": f"{low}–{high}",
            }
        )
    base = 26 + ROW * (len(known) - 1) + 12
    return Chart(base + 22, drawn, _rank_ticks(last), base)


def _rank_ticks(last: int) -> list[dict[str, Any]]:
    marks = sorted({1, *(round(1 + (last - 1) * share / 4) for share in (1, 2, 3)), last})
    return [_tick(str(mark), _at(mark, 1, last)) for mark in marks]


def _tick(text: str, x: float) -> dict[str, Any]:
    anchor = "start" if x < LEFT + 12 else "end" if x > RIGHT - 12 else "middle"
    return {"text": text, "x": x, "anchor": anchor}


def distribution(rows: Sequence[Assessment]) -> Chart | None:
    """How many scores lie in each ten of 0 to 100 (the last one with 100); None for fewer than 5."""
    scores = [decimals.parse(one.score) for one in rows if one.score]
    if len(scores) < 5:
        return None
    counts = [0] * BINS
    for score in scores:
        counts[min(max(int(score // 10), 0), BINS - 1)] += 1
    top, base, step = max(counts), 140, (RIGHT - LEFT) / BINS
    bars = []
    for place, number in enumerate(counts):
        height = round(110 * number / top, 1)
        bars.append(
            {
                "x": round(LEFT + step * place + 2, 1),
                "width": round(step - 4, 1),
                "y": round(base - height, 1),
                "height": height,
                "middle": round(LEFT + step * (place + 0.5), 1),
                "number": number,
                "label_y": round(base - height - 5, 1),
                "said": f"{place * 10}–{place * 10 + 10}",
            }
        )
    ticks = [_tick(str(mark), round(LEFT + step * mark / 10, 1)) for mark in (0, 20, 40, 60, 80, 100)]
    return Chart(base + 22, bars, ticks, base)


def dimensions(one: Assessment, parts: Sequence[Part], others: Sequence[Assessment]) -> Chart | None:
    """A score by dimension as a bar from 0 to 100, with the median and the best of `others` as marks; None without any.

    `others` is empty where the whole list is not public: then the own scores stand alone.
    """
    drawn: list[dict[str, Any]] = []
    for part in parts:
        own = one.scores.get(part.code)
        if own is None:
            continue
        known = [decimals.parse(other.scores[part.code]) for other in others if part.code in other.scores]
        place = len(drawn)
        middle, best = (median(known), max(known)) if known else (None, None)
        drawn.append(
            {
                "text": named(part.label),
                "weight": part.weight,
                "label_y": 16 + ROW * place,
                "y": 21 + ROW * place,
                "x": LEFT,
                "width": round(_in_range(own) - LEFT, 1),
                "own": _shown(decimals.parse(own)),
                "median": _shown(middle),
                "best": _shown(best),
                "median_x": _in_range(middle),
                "best_x": _in_range(best),
            }
        )
    if not drawn:
        return None
    base = 21 + ROW * (len(drawn) - 1) + 18
    return Chart(base + 22, drawn, [_tick(str(mark), _at(mark, 0, 100)) for mark in (0, 25, 50, 75, 100)], base)


SIDE_ROW, SIDE_HEAD = 15, 24


def side_by_side(places: Sequence[Assessment], parts: Sequence[Part]) -> Chart | None:
    """Of each dimension a bar from 0 to 100 for each place, below the dimension's name; None without any score."""
    drawn: list[dict[str, Any]] = []
    up = 0
    for part in parts:
        bars = []
        for number, one in enumerate(places):
            own = one.scores.get(part.code)
            y = up + SIDE_HEAD + SIDE_ROW * number
            bars.append({"y": y, "text_y": y + 9, **_side_bar(named(one.name), own), "order": number + 1})
        drawn.append({"text": named(part.label), "label_y": up + 16, "bars": bars})
        up += SIDE_HEAD + SIDE_ROW * len(places) + 6
    if not drawn:
        return None
    return Chart(up + 20, drawn, [_tick(str(mark), _at(mark, 0, 100)) for mark in (0, 25, 50, 75, 100)], up)


def _side_bar(name: str, own: str | None) -> dict[str, Any]:
    """A bar with its words: behind a short one, inside a long one."""
    if own is None:
        return {"width": 0, "said": f"{name} —", "text_x": LEFT + 4, "inside": False}
    end = _in_range(own)
    inside = end > (LEFT + RIGHT) / 2
    said = f"{name} {_shown(decimals.parse(own))}"
    return {"width": round(end - LEFT, 1), "said": said, "text_x": LEFT + 4 if inside else end + 4, "inside": inside}


COURSE_TOP, COURSE_BASE, COURSE_LEFT = 14, 134, 34


def rank_course(years: Sequence[Assessment]) -> Chart | None:
    """Ranks over the years, the first rank on top: a dot, the 5 % to 95 % ranks as a line; None for fewer than 2."""
    known = sorted((one for one in years if one.rank is not None), key=lambda one: one.year)
    if len(known) < 2:
        return None
    first, span = known[0].year, known[-1].year - known[0].year
    last = max(max(one.ranked, one.rank_high or 1) for one in known)

    def up(rank: int) -> float:
        return round(COURSE_TOP + (COURSE_BASE - COURSE_TOP) * (rank - 1) / ((last - 1) or 1), 1)

    drawn: list[dict[str, Any]] = []
    for one in known:
        rank = one.rank or 1
        drawn.append(
            {
                "x": round(COURSE_LEFT + 16 + (RIGHT - COURSE_LEFT - 40) * (one.year - first) / (span or 1), 1),
                "y": up(rank),
                "low": up(one.rank_low or rank),
                "high": up(one.rank_high or rank),
                "rank": rank,
                "year": one.year,
                "points": "",
            }
        )
    drawn[0]["points"] = " ".join(f"{row['x']},{row['y']}" for row in drawn)
    marks = sorted({1, (last + 1) // 2, last})
    return Chart(COURSE_BASE + 26, drawn, [{"text": str(mark), "y": up(mark)} for mark in marks], COURSE_BASE + 8)


def _in_range(value: Fraction | str | None) -> float:
    if value is None:
        return 0
    number = float(decimals.parse(value)) if isinstance(value, str) else float(value)
    return _at(min(max(number, 0), 100), 0, 100)


def _shown(value: Fraction | None) -> str:
    return "" if value is None else decimals.show(value)
