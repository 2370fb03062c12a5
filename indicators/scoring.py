"""Scores and ranks of a year: findings and figures become the two files of `composite`, and the engine reads these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isnan
from typing import Protocol

from policy import decimals, index
from policy.composite import aggregate, draws, hierarchy, pipeline, records, tables
from policy.composite.pipeline import Index, table_text
from policy.index import Part
from policy.outcomes import Outcome

DRAWS = 1000
META = ("code", "level", "parent", "weight", "direction", "denominator", "normalise", "target", "floor")
ABOUT = ("unit", "label", "kind", "clause")
# What a finding of these outcomes observed is not scored: it is left out and its weight shared (C.5).
LEFT_OUT = (Outcome.NOT_ASSESSABLE, Outcome.NOT_APPLICABLE, Outcome.EXEMPT)

Years = Mapping[int, Fraction | None]


class Found(Protocol):
    """What scoring reads of a finding: those of `policy.judge` and the stored ones alike."""

    @property
    def clause(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def observed(self) -> str | None: ...
    @property
    def threshold(self) -> str | None: ...


class Versioned(Protocol):
    """What scoring reads of an index version: its tree as plain data."""

    @property
    def tree(self) -> Sequence[Mapping[str, object]]: ...


@dataclass(frozen=True)
class Scored:
    """One subject to be scored: its figures by code and year (as `policy.facts.Facts.figures`) and its findings.

    `reviews` are a reviewer's scores (0 to 100, plain decimals) of qualitative indicators by their code.
    """

    code: str
    figures: Mapping[str, Years]
    findings: Iterable[Found]
    reviews: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """One subject's result: scores by code of the tree as plain decimals, unrounded; unranked ones have no rank.

    `rank_low` and `rank_high` are the 5 % and the 95 % rank of the draws, rounded outwards; `left_out` the indicators
    that had no value and whose weight is shared.
    """

    scores: Mapping[str, str]
    score: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """A year's scores by subject; `data` and `meta` are the files from which `composite` gives the same."""

    year: int
    by_subject: Mapping[str, Score]
    ranked: int
    data: bytes
    meta: bytes
    built: Index | None

    def files(self) -> dict[str, bytes]:
        """Every stage, the log and the analyses by file name, as `composite --stages` writes them."""
        return records.files(self.built, self.data, self.meta) if self.built else {}


def score(version: Versioned, subjects: Sequence[Scored], year: int, draws_wanted: int = DRAWS) -> Scores:
    """Score and rank the subjects of one list for a year; the order of `subjects` does not matter.

    The seed of the draws is the year. Raises policy.composite.errors.CompositeError for a tree that is none.
    """
    data, meta = given(version, subjects, year)
    if not subjects:
        return Scores(year, {}, 0, data, meta, None)
    read = hierarchy.read(meta, records.META)
    built = pipeline.build(tables.read(data, records.DATA, read.columns), read)
    sure = {one.unit: one for one in draws.intervals(built, draws_wanted, year)}
    known = dict(zip(built.kept, built.normalised, strict=True))
    by_subject = {unit: _score(built, place, sure[unit], known.get(unit)) for place, unit in enumerate(built.units)}
    ranked = sum(one.rank is not None for one in by_subject.values())
    return Scores(year, by_subject, ranked, data, meta, built)


def meta_of(version: Versioned, year: int) -> bytes:
    """The meta file of a version with the thresholds of a year's clauses, as `composite` reads it."""
    tree = index.parts(version.tree)
    return _meta(tree, targets_of(tree, year))


def targets_of(tree: Sequence[Part], year: int) -> dict[str, str]:
    """The thresholds of a year's clauses by indicator."""
    return _targets(tree, {}, year)


def given(version: Versioned, subjects: Sequence[Scored], year: int) -> tuple[bytes, bytes]:
    """The two files of `composite`, data and meta, from which anybody computes the scores again; rows in code order."""
    tree = index.parts(version.tree)
    ordered = sorted(subjects, key=lambda one: one.code)
    found = {one.code: {finding.clause: finding for finding in one.findings} for one in ordered}
    rows = {one.code: _row(tree, one, found[one.code], year) for one in ordered}
    return _data(tree, rows), _meta(tree, _targets(tree, found, year))


def _targets(tree: Sequence[Part], found: Mapping[str, Mapping[str, Found]], year: int) -> dict[str, str]:
    """The threshold of each target-type indicator: that of the findings, else the clause's on 31 December.

    A reviewer's score goes up to 100.
    """
    targets = {part.code: "100" for part in index.indicators(tree) if part.kind == index.REVIEW}
    for part in index.indicators(tree):
        if part.kind != index.TARGET:
            continue
        told = {
            finding.threshold
            for findings in found.values()
            if (finding := findings.get(part.clause)) and finding.threshold is not None
        }
        clause = index.clause_of(part.clause)
        dated = clause.threshold_on(date(year, 12, 31)) if clause else None
        if len(told) == 1:
            targets[part.code] = told.pop()
        elif dated:
            targets[part.code] = dated.text
    return targets


def _meta(tree: Sequence[Part], targets: Mapping[str, str]) -> bytes:
    """The tree as the engine reads it, with what people want to know of each row behind."""
    lines = [
        (
            *(part.code, part.level, part.parent, part.weight, part.direction),
            part.denominator if part.kind == index.FIGURE else "",
            *((part.method if part.level == 1 else ""), targets.get(part.code, "")),
            "0" if part.kind == index.REVIEW else "",
            *(part.unit, part.label, part.kind, part.clause),
        )
        for part in tree
    ]
    return table_text((*META, *ABOUT), lines).encode()


def _data(tree: Sequence[Part], rows: Mapping[str, Mapping[str, str]]) -> bytes:
    wanted = [part.code for part in index.indicators(tree)]
    below = [part.denominator for part in index.indicators(tree) if part.kind == index.FIGURE and part.denominator]
    columns = tuple(dict.fromkeys((*wanted, *below)))
    lines = [(unit, *(row.get(column, "") for column in columns)) for unit, row in rows.items()]
    return table_text((tables.UNIT, *columns), lines).encode()


def _row(tree: Sequence[Part], one: Scored, found: Mapping[str, Found], year: int) -> dict[str, str]:
    """The cells of one subject; what is unknown has none."""
    row: dict[str, str] = {}
    for part in index.indicators(tree):
        if part.kind == index.FIGURE:
            row |= _ratio(part, one.figures, year)
        elif part.kind == index.REVIEW:
            row |= {part.code: one.reviews[part.code]} if part.code in one.reviews else {}
        elif (value := _value(part, one.figures, found, year)) is not None:
            row[part.code] = decimals.render(value)
    return row


def _ratio(part: Part, given: Mapping[str, Years], year: int) -> dict[str, str]:
    """Figure and denominator as they stand, the engine divides; over zero there is no ratio."""
    above = _sum(part.numerator, given, year)
    below = _sum((part.denominator,), given, year) if part.denominator else None
    cells = {part.denominator: decimals.render(below)} if below is not None else {}
    if above is not None and below != 0 and not (part.denominator and below is None):
        cells[part.code] = decimals.render(above)
    return cells


def _value(part: Part, given: Mapping[str, Years], found: Mapping[str, Found], year: int) -> Fraction | None:
    if part.kind in index.OF_CLAUSES:
        return _of_finding(part, found.get(part.clause))
    now, before = (_sum(part.numerator, given, at) for at in (year, year - 1))
    if part.kind == index.GROWTH:
        return (now / before - 1) * 100 if now is not None and before else None
    whole, earlier = (_sum((part.denominator,), given, at) for at in (year, year - 1))
    if now is None or before is None or not whole or not earlier:
        return None
    return (now / whole - before / earlier) * 100


def _of_finding(part: Part, finding: Found | None) -> Fraction | None:
    """What a clause observed, for a two-sided one its distance from the other side; None where it is left out."""
    if finding is None or finding.observed is None or finding.outcome in LEFT_OUT:
        return None
    observed = decimals.parse(finding.observed)
    if part.kind == index.TARGET:
        return observed
    return observed - decimals.parse(finding.threshold) if finding.threshold is not None else None


def _sum(codes: Sequence[str], given: Mapping[str, Years], year: int) -> Fraction | None:
    """The sum of figures of a year; None when any is unknown."""
    known = [value for code in codes if (value := given.get(code, {}).get(year)) is not None]
    return sum(known, Fraction(0)) if len(known) == len(codes) else None


def _score(built: Index, place: int, sure: draws.Interval, normalised: aggregate.Vector | None) -> Score:
    scores = {code: plain(float(column[place])) for code, column in built.scores.items() if not isnan(column[place])}
    left_out = tuple(
        node.code for at, node in enumerate(built.tree.indicators) if normalised is None or isnan(normalised[at])
    )
    return Score(
        scores=scores,
        score=scores.get(built.tree.root.code, ""),
        rank=built.ranks[place],
        rank_low=None if sure.p05 is None else floor(sure.p05),
        rank_high=None if sure.p95 is None else ceil(sure.p95),
        left_out=left_out,
    )


def plain(value: float) -> str:
    """The shortest decimal that reads back as the same number, without exponent."""
    return format(Decimal(repr(value)), "f")
