"""The yearly targets of many subjects at once: the arithmetic in columns, everything near a threshold by the judge.

Columns are float64; whatever lies so near its threshold that a rounded number could fall on the wrong side, and every
row with a ruling, is judged again with exact fractions. The outcomes are those of `policy.judge`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from policy.clauses import Clause, ClauseSet
from policy.facts import Facts
from policy.judge import judge
from policy.outcomes import Audience, Outcome, Verdict
from policy.parameters import Settings

Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]
Marks = NDArray[np.bool_]
Places = NDArray[np.intp]
OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSABLE, Outcome.NOT_APPLICABLE, Outcome.EXEMPT)
VERDICTS = (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN, Verdict.NOT_APPLICABLE)
MET, NOT_MET, NOT_ASSESSABLE, NOT_APPLICABLE, _EXEMPT = range(len(OUTCOMES))
_OPEN = 2
# Decimals read as float64 are off by 2⁻⁵³ of themselves; products and differences of a few of them by far less than
# this share of the numbers that went in.
NEAR = 1e-12
# Whole numbers below this are exact in float64, and so are their products and differences.
_WHOLE = 2.0**53
# Beyond these a figure is no ordinary float64 (too large, or lost to zero), and its row goes to the judge.
_LEAST, _MOST = 1e-100, 1e100


@dataclass(frozen=True)
class Columns:
    """Figures of many subject-years, each row one of them: by code now and the year before, NaN = unknown.

    None is negative, and each is the float64 nearest to what was reported. `assessed` marks the rows whose year is
    after that of listing, `within` those of parks smaller than their host zone, `ruled` those that go to the judge
    whatever their figures are: with a signed ruling, or with a figure that is not whole though its float64 is. A code
    that is absent is unknown everywhere.
    """

    now: Mapping[str, Numbers]
    before: Mapping[str, Numbers]
    years: NDArray[np.int64]
    assessed: Marks
    within: Marks
    ruled: Marks

    def __len__(self) -> int:
        return len(self.years)

    @classmethod
    def of(cls, rows: Sequence[Facts], codes: Sequence[str]) -> Columns:
        """The columns of facts, one row each; for `codes` see `codes_of`."""
        beyond = np.zeros(len(rows), dtype=bool)

        def column(code: str, back: int) -> Numbers:
            found = [facts.figures.get(code, {}).get(facts.year - back) for facts in rows]
            far = {row for row, value in enumerate(found) if value and _is_beyond(value)}
            beyond[list(far)] = True
            known = (value if row not in far else None for row, value in enumerate(found))
            return np.array([np.nan if value is None else float(value) for value in known], dtype=np.float64)

        now = {code: column(code, 0) for code in codes}
        before = {code: column(code, 1) for code in codes}
        return cls(
            now,
            before,
            years=np.array([facts.year for facts in rows], dtype=np.int64),
            assessed=np.array([facts.listed_on is None or facts.year > facts.listed_on.year for facts in rows], bool),
            within=np.array([not facts.whole_zone for facts in rows], dtype=bool),
            ruled=beyond | np.array([bool(facts.decisions) for facts in rows], dtype=bool),
        )


def _is_beyond(value: Fraction) -> bool:
    """Whether a figure's float64 would be no ordinary one, or whole though the figure is not."""
    return not _LEAST < value < _MOST or (value.denominator != 1 and float(value).is_integer())


@dataclass(frozen=True)
class Judged:
    """What became of each row: `outcomes` (rows × clauses) are places in OUTCOMES, `verdicts` in VERDICTS.

    `rechecked` marks the rows that were judged with exact fractions.
    """

    clauses: tuple[str, ...]
    outcomes: Codes
    verdicts: Codes
    rechecked: Marks


@dataclass(frozen=True)
class _Sides:
    """A comparison as a difference, `ahead`: above 0 where it is met, at 0 as the operator says, NaN where unknown.

    `size` is that of the numbers it was made of where it is nearly 0, `open` marks where there is nothing to compare,
    `doubtful` where that itself is too near to tell. `inputs` are the figures behind it when all of the arithmetic is
    products by whole numbers, sums and differences: with whole figures it has no error.
    """

    ahead: Numbers
    size: Numbers
    open: Marks
    doubtful: Marks | None = None
    inputs: tuple[Numbers, ...] = ()


def codes_of(clause_set: ClauseSet, params: Mapping[str, str] | None = None) -> list[str]:
    """The figure codes that a set's clauses ask for, in their order."""
    settings = Settings(dict(params or {}))
    asked = [
        code
        for clause in clause_set.of(Audience.CONTRACT)
        for source in clause.inputs.values()
        for code in source.codes(settings)
    ]
    return list(dict.fromkeys(asked))


def outcomes(
    clause_set: ClauseSet,
    columns: Columns,
    exact: Callable[[int], Facts],
    params: Mapping[str, str] | None = None,
) -> Judged:
    """Judge every row on 31 December of its year. `exact(row)` gives the facts of a row that has to be judged again.

    Raises ValueError for a clause that has no arithmetic in columns, ParameterError for unusable params.
    """
    settings = Settings(dict(params or {}))
    clauses = clause_set.of(Audience.CONTRACT)
    for clause in clauses:
        if clause.metric is None or clause.metric.name not in _METRICS or clause.operator not in _FAILS:
            raise ValueError(f"{clause.id}: no arithmetic in columns")
    found = np.empty((len(clauses), len(columns)), dtype=np.int8)
    doubts: dict[int, list[int]] = {row: list(range(len(clauses))) for row in np.flatnonzero(columns.ruled).tolist()}
    for day, rows in _eras(clauses, columns.years):
        applies = {rules: _applies(rules, columns, rows) for rules in {clause.applies for clause in clauses}}
        for place, clause in enumerate(clauses):
            found[place, rows], near = _clause(clause, columns, rows, day, settings, applies[clause.applies])
            for row in near.tolist():
                doubts.setdefault(row, []).append(place)
    for row, asked in doubts.items():
        chosen = replace(clause_set, clauses=tuple(clauses[place] for place in dict.fromkeys(asked)))
        answer = judge(chosen, exact(row), params=settings.given, audience=Audience.CONTRACT)
        found[list(dict.fromkeys(asked)), row] = [OUTCOMES.index(finding.outcome) for finding in answer.findings]
    rechecked = np.zeros(len(columns), dtype=bool)
    rechecked[list(doubts)] = True
    return Judged(tuple(clause.id for clause in clauses), found.T, _verdicts(found), rechecked)


def _eras(clauses: Sequence[Clause], years: NDArray[np.int64]) -> Iterator[tuple[date, slice | Marks]]:
    """A day and the rows that the same clauses and thresholds are in force for as on that day."""
    eras: dict[tuple[object, ...], list[int]] = {}
    first = int(years.min()) if len(years) else 0
    for year in (np.flatnonzero(np.bincount(years - first)) + first).tolist():
        day = date(year, 12, 31)
        law = tuple((clause.threshold_on(day), clause.first_day and clause.first_day <= day) for clause in clauses)
        eras.setdefault(law, []).append(year)
    for same in eras.values():
        yield date(same[0], 12, 31), slice(None) if len(eras) == 1 else np.isin(years, same)


def _verdicts(found: Codes) -> Codes:
    """Any not met; else any not assessable; else all not applicable; else met (an exemption counts as met)."""
    verdicts = np.where((found == NOT_APPLICABLE).all(axis=0), np.int8(3), np.int8(0))
    verdicts[(found == NOT_ASSESSABLE).any(axis=0)] = _OPEN
    verdicts[(found == NOT_MET).any(axis=0)] = 1
    return verdicts


def _clause(
    clause: Clause, columns: Columns, rows: slice | Marks, day: date, settings: Settings, applies: Marks | None
) -> tuple[Codes, Places]:
    """One clause over some rows: outcomes, and which rows of all are too near to tell."""
    assert clause.metric is not None
    if clause.first_day and day < clause.first_day:
        return np.full(len(columns.years[rows]), NOT_APPLICABLE, dtype=np.int8), np.empty(0, dtype=np.intp)
    dated = clause.threshold_on(day)
    asked = dated.under(settings).low if dated else Fraction(0)
    codes = {name: source.codes(settings) for name, source in clause.inputs.items()}
    sides = _METRICS[clause.metric.name](_Read(columns, rows, codes, settings), float(asked))
    told = _FAILS[clause.operator](sides.ahead, 0.0).view(np.int8)  # MET is 0, NOT_MET is 1
    nothing = np.isnan(sides.ahead)
    near = np.abs(sides.ahead) <= NEAR * sides.size
    if sides.doubtful is not None:
        near |= sides.doubtful & ~nothing
    nothing |= sides.open
    np.copyto(told, NOT_ASSESSABLE, where=nothing)
    if applies is not None:
        np.copyto(told, NOT_APPLICABLE, where=~applies)
        near &= applies
    places = np.flatnonzero(near)
    if sides.inputs and asked.denominator == 1 and len(places):
        places = places[~_are_whole([given[places] for given in sides.inputs], sides.size[places])]
    return told, np.arange(len(columns))[rows][places]


def _applies(rules: Sequence[str], columns: Columns, rows: slice | Marks) -> Marks | None:
    """Where clauses under these rules apply; None is everywhere. Raises ValueError for a rule without a column."""
    marks = {"after_listing_year": columns.assessed, "within_zone": columns.within}
    if not marks.keys() >= set(rules):
        raise ValueError(f"{'、'.join(rules)}: no column for when clauses apply")
    asked = [marks[name][rows] for name in rules if not marks[name].all()]
    return reduce(np.logical_and, asked) if asked else None


def _are_whole(inputs: Sequence[Numbers], size: Numbers) -> Marks:
    """Where all figures are whole and small enough for the arithmetic to have been exact."""
    whole = size < _WHOLE / 4
    for given in inputs:
        whole &= np.rint(given) == given
    return whole


@dataclass(frozen=True)
class _Read:
    """The inputs of a clause as columns."""

    columns: Columns
    rows: slice | Marks
    codes: Mapping[str, tuple[str, ...]]
    settings: Settings

    def of(self, code: str) -> tuple[Numbers, Numbers]:
        """A figure now and the year before."""
        now, before = (given.get(code) for given in (self.columns.now, self.columns.before))
        blank = np.full(len(self.columns), np.nan)
        pair = (blank if now is None else now, blank if before is None else before)
        return pair[0][self.rows], pair[1][self.rows]

    def one(self, name: str) -> tuple[Numbers, Numbers]:
        """The one figure behind an input."""
        (code,) = self.codes[name]
        return self.of(code)


def _share(read: _Read, asked: float) -> _Sides:
    """Part ÷ whole, both flows of the year."""
    (part, _), (whole, _) = read.one("part"), read.one("whole")
    left, right = 100 * part, asked * whole
    return _Sides(left - right, right, whole == 0, inputs=(part, whole))


def _increment_share(read: _Read, asked: float) -> _Sides:
    """The smallest growth of the parts ÷ the growth of the whole."""
    whole, whole_before = read.one("whole")
    parts = [read.of(code) for code in read.codes["parts"]]
    grown = reduce(np.minimum, (now - before for now, before in parts))
    wider = whole - whole_before
    size = whole + whole_before
    return _Sides(
        100 * grown - asked * wider,
        100 * reduce(np.add, (now + before for now, before in parts)) + asked * size,
        wider <= 0,
        doubtful=np.abs(wider) <= NEAR * size,
        inputs=(whole, whole_before, *(given for pair in parts for given in pair)),
    )


def _growth(read: _Read, asked: float) -> _Sides:
    """This year ÷ the year before − 1."""
    now, before = read.one("value")
    left, right = 100 * now, (100 + asked) * before
    return _Sides(left - right, right, before == 0, inputs=(now, before))


def _share_rise(read: _Read, asked: float) -> _Sides:
    """The rise of part ÷ whole in points; a failure above the ceiling is put to a ruling."""
    (part, part_before), (whole, whole_before) = read.one("part"), read.one("whole")
    none = (whole == 0) | (whole_before == 0)
    if none.any():
        whole, whole_before = np.where(none, np.nan, whole), np.where(none, np.nan, whole_before)
    share, before = 100 * part / whole, 100 * part_before / whole_before
    ahead = share - before - asked
    ceiling = float(read.settings.number("share_ceiling"))
    return _Sides(
        ahead,
        share,
        (before > ceiling) & (ahead < 0),
        doubtful=np.abs(before - ceiling) <= NEAR * 100,
    )


def _growth_above(read: _Read, asked: float) -> _Sides:
    """Own growth against the other's, strictly."""
    (own, own_before), (other, other_before) = read.one("own"), read.one("other")
    left, right = own * other_before, other * own_before
    inputs = (own, own_before, other, other_before)
    return _Sides(left - right, right, (own_before == 0) | (other_before == 0), inputs=inputs)


_METRICS: Mapping[str, Callable[[_Read, float], _Sides]] = {
    "share": _share,
    "increment_share": _increment_share,
    "growth": _growth,
    "share_rise": _share_rise,
    "growth_above": _growth_above,
}
# The comparison that fails where a clause's own succeeds.
_FAILS: Mapping[str, Callable[[Numbers, float], Marks]] = {">=": np.less, ">": np.less_equal}
