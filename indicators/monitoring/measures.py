"""The three rankings of the report: 综合实力, 创新水平, 相对上年变化, each a tree that the engine of the index reads.

The level is the index itself. For the strength the same indicators are not divided: their quantities stand for
themselves. For the change each is replaced by its growth, one that is a ratio by the difference of the ratio. What has
no quantity, reviewers' scores and for the strength targets, is left out and its weight shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indicators import scoring
from indicators.enums_monitoring import Measure
from indicators.scoring import Scored, Scores
from policy import index
from policy.index import Part


@dataclass(frozen=True)
class Derived:
    """A tree made of an index version, as scoring reads one."""

    tree: Sequence[Mapping[str, Any]]


def tree_of(parts: Sequence[Part], measure: Measure) -> tuple[Part, ...]:
    """The tree of a measure: its indicators, under the dimensions that keep any, weighing what these weigh."""
    if measure == Measure.LEVEL:
        return tuple(parts)
    turned = _strength if measure == Measure.STRENGTH else _change
    kept = {one.code: one for part in index.indicators(parts) if (one := turned(part)) is not None}
    rest = [kept.get(part.code, part) for part in parts if part.level > 1 or part.code in kept]
    while empty := {part.code for part in rest if not part.kind} - {part.parent for part in rest}:
        rest = [part for part in rest if part.code not in empty]
    return index.tidy(rest) if kept else ()


def _strength(part: Part) -> Part | None:
    if part.kind not in index.OF_FIGURES:
        return None
    return replace(part, kind=index.FIGURE, denominator="", normalise="minmax", incremental=False)


def _change(part: Part) -> Part | None:
    if part.kind == index.REVIEW:
        return None
    if part.kind == index.FIGURE:
        kind = index.RISE if part.denominator else index.GROWTH
        return replace(part, kind=kind, normalise="minmax", incremental=True)
    return part


def measured(
    parts: Sequence[Part], subjects: Sequence[Scored], year: int, wanted: Iterable[Measure] = Measure
) -> dict[Measure, Scores]:
    """The scores and ranks of a list by each measure that its index has something for; seeded with the year.

    Raises policy.composite.errors.CompositeError for a tree that is none.
    """
    found = {}
    for measure in wanted:
        if tree := tree_of(parts, measure):
            found[measure] = scoring.score(Derived([part.as_json() for part in tree]), subjects, year)
    return found
