"""A park's published years as series: of each target what was found, the group's median, and what was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from indicators.models import Assessment, Finding
from policy import decimals

FEWEST_YEARS = 2
FEWEST_OTHERS = 3
Group = tuple[object, str, str]  # run, list, clause


@dataclass(frozen=True)
class Point:
    """One year of a series; a value that is unknown, or a median of too few parks, is None."""

    year: int
    own: Fraction | None
    shown: str
    middle: Fraction | None
    threshold: Fraction | None
    outcome: str


@dataclass(frozen=True)
class Series:
    """A target over the years (年度目标走势), the earliest year first; `unit` as the clause set names it."""

    clause: str
    label: str
    unit: str
    operator: str
    points: list[Point]


def of(years: Sequence[Assessment]) -> list[Series]:
    """The series of one park's standing assessments, whose findings are prefetched; empty for fewer than two years."""
    ordered = sorted(years, key=lambda one: one.year)
    if len(ordered) < FEWEST_YEARS:
        return []
    medians = _medians(ordered)
    found: dict[str, list[tuple[Assessment, Finding]]] = defaultdict(list)
    for one in ordered:
        for finding in one.findings.all():
            if finding.counts:
                found[finding.clause].append((one, finding))
    return [_series(rows, medians) for rows in found.values() if sum(bool(f.observed) for _one, f in rows) > 1]


def _series(rows: list[tuple[Assessment, Finding]], medians: dict[Group, Fraction]) -> Series:
    last = rows[-1][1]
    points = [
        Point(
            one.year,
            _number(finding.observed),
            finding.shown,
            medians.get((one.run_id, one.list, finding.clause)),
            _number(finding.threshold),
            finding.outcome,
        )
        for one, finding in rows
    ]
    return Series(last.clause, last.label, last.unit, last.operator, points)


def _medians(years: Sequence[Assessment]) -> dict[Group, Fraction]:
    """The median of each clause over the parks of its list and year that everybody sees; none of too few."""
    rows = Finding.objects.filter(
        assessment__run__in=[one.run_id for one in years],
        assessment__list__in={one.list for one in years},
        assessment__shown=True,
        counts=True,
        observed__isnull=False,
    ).values_list("assessment__run", "assessment__list", "clause", "observed")
    known: dict[Group, list[Fraction]] = defaultdict(list)
    for run, listing, clause, observed in rows:
        if (value := _number(observed)) is not None:
            known[run, listing, clause].append(value)
    return {group: median(values) for group, values in known.items() if len(values) > FEWEST_OTHERS}


def _number(text: str | None) -> Fraction | None:
    """A stored decimal; None where it is none (an unknown value, or a word)."""
    try:
        return decimals.parse(text) if text else None
    except ValueError:
        return None
