"""What a running year is heading to: figures so far carried on to its end, and what a target still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from policy import figures
from policy.clauses import Clause, ClauseSet
from policy.facts import Facts
from policy.figures import Nature, Type
from policy.judge import Assessment, Finding, judge
from policy.outcomes import Audience, Outcome
from policy.parameters import Settings

MONTHS = 12


@dataclass(frozen=True)
class Need:
    """How large one figure of the year would have to be, all others as they are, for a missed target to be met.

    `value` and `lacking` (what is still missing of it) are in the figure's unit; where the target is only met above
    `value`, not at it, `above` says so. Counts are whole.
    """

    code: str
    value: Fraction
    lacking: Fraction
    above: bool


@dataclass(frozen=True)
class Outlook:
    """One clause of the running year: the finding over the carried figures, and what is needed where it is not met."""

    finding: Finding
    need: Need | None


def carried(code: str, value: Fraction, months: int) -> Fraction:
    """The value at the year's end of what stood after so many months: a flow goes on evenly, a stock stays.

    A count that is a flow may come out broken; it is a forecast. Raises ValueError for months outside 1 to 12.
    """
    if not 1 <= months <= MONTHS:
        raise ValueError(f"months: 1 to {MONTHS}, not {months}")
    figure = figures.find(code)
    if figure is None or figure.nature is not Nature.FLOW:
        return value
    return value * MONTHS / months


def outlook(clause_set: ClauseSet, facts: Facts, params: Mapping[str, str] | None = None) -> list[Outlook]:
    """Judge the facts of a running year and say of each target that is missed what it lacks (N7)."""
    assessment = judge(clause_set, facts, params=params, audience=Audience.CONTRACT)
    clauses = {clause.id: clause for clause in clause_set.of(Audience.CONTRACT)}
    settings = Settings(dict(params or {}))
    found = []
    for finding in assessment.findings:
        missed = finding.outcome is Outcome.NOT_MET
        need = _need(clause_set, clauses[finding.clause], finding, facts, settings) if missed else None
        found.append(Outlook(finding, need))
    return found


def _need(clause_set: ClauseSet, clause: Clause, finding: Finding, facts: Facts, settings: Settings) -> Need | None:
    """Every metric of the yearly targets is a straight line in its first figure: two points give the third.

    The answer is judged before it is given; where the line is not straight (the smallest of several shares) there is
    none.
    """
    code = next(iter(clause.inputs.values())).codes(settings)[0]
    series = facts.figures.get(code, {})
    now = series.get(facts.year)
    if now is None or finding.value is None or not finding.bounds:
        return None

    def at(value: Fraction) -> Finding:
        other = replace(facts, figures={**facts.figures, code: {**series, facts.year: value}})
        judged: Assessment = judge(clause_set, other, params=settings.given, audience=Audience.CONTRACT)
        return judged.finding(clause.id)

    step = abs(now) or Fraction(1)
    further = at(now + step)
    if further.value is None or not further.bounds:
        return None
    short, shorter = finding.value - finding.bounds[0], further.value - further.bounds[0]
    if shorter == short:
        return None
    value = now - short * step / (shorter - short)
    above = clause.operator == ">"
    figure = figures.find(code)
    if figure is not None and figure.type is Type.COUNT:
        value = Fraction(floor(value) + 1 if above else ceil(value))
        above = False
    if value <= now and not above:
        return None
    tried = at(value + step if above else value)
    return Need(code, value, value - now, above) if tried.outcome is Outcome.MET else None
