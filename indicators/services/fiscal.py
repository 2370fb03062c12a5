"""C-V.3a by place and year: what is published of a released year, and what stands of one before its release (U9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.actors import Actor
from accounts.enums import DivisionLevel
from accounts.models import Division
from indicators import queries, queries_policy, queries_public, rules
from indicators.enums import FINAL, FigureLevel, Programme, RankingList, SubjectKind
from indicators.models import Figure, Finding, Return, Run
from indicators.services.opening_cities import taking_part
from policy import clauses, decimals
from policy.facts import Facts
from policy.judge import Finding as Judged
from policy.judge import judge
from policy.outcomes import Outcome

SET, CLAUSE = "city-annual", "C-V.3a"
SPENDING, REVENUE = "C.fiscal_st_expenditure", "C.fiscal_recurrent_revenue"
CODES = (SPENDING, REVENUE)
TIERS = {DivisionLevel.PREFECTURE: RankingList.CITY, DivisionLevel.COUNTY: RankingList.COUNTY}
Told = dict[str, dict[str, str | None]]


@dataclass(frozen=True)
class FiscalFinding:
    """C-V.3a of one place and year.

    `observed` is the difference in percentage points, unrounded, None where it could not be told; `own` and `other`
    are the growths of spending on science and of recurrent revenue in per cent. `provisional`: it rests on figures
    that were handed in and are not verified yet. `finding` is the row of a run, None where it was judged just now.
    """

    place: str
    name: str
    tier: RankingList
    year: int
    outcome: Outcome
    observed: str | None
    shown: str
    threshold: str | None
    formula: str
    reason: str
    own: Fraction | None
    other: Fraction | None
    advice: str = ""
    provisional: bool = False
    finding: UUID | None = None
    report: UUID | None = None

    @property
    def missed(self) -> bool:
        """Whether the place did not meet the clause."""
        return self.outcome is Outcome.NOT_MET

    @property
    def own_shown(self) -> str:
        """The growth of spending in per cent to two places."""
        return _percent(self.own)

    @property
    def other_shown(self) -> str:
        """The growth of revenue in per cent to two places."""
        return _percent(self.other)


def fiscal_years() -> list[int]:
    """The released years of cities and counties, the newest first."""
    years = queries_public.released_runs(Programme.CITY).order_by("-year").values_list("year", flat=True)
    return list(dict.fromkeys(years))


def standing_run(year: int) -> Run | None:
    """The released run of a year that stands; None while nothing is published."""
    return next(iter(queries_public.runs_of(Programme.CITY, year)), None)


def fiscal_findings(year: int) -> list[FiscalFinding]:
    """What is published of C-V.3a in a year, cities first, each list in the order of codes; empty before release."""
    run = standing_run(year)
    if run is None:
        return []
    rows = Finding.objects.filter(assessment__in=queries_public.shown(run).order_by(), clause=CLAUSE)
    return _ordered(_published(row) for row in rows.select_related("assessment"))


def _published(row: Finding) -> FiscalFinding:
    one = row.assessment
    told: Told = {}
    for used in row.figures:
        told.setdefault(used["code"], {})[str(used["year"])] = used["value"]
    return FiscalFinding(
        place=one.subject,
        name=one.name,
        tier=RankingList(one.list),
        year=one.year,
        outcome=Outcome(row.outcome),
        observed=row.observed,
        shown=row.shown,
        threshold=row.threshold,
        formula=row.formula,
        reason=row.reason,
        advice=row.advice,
        own=_growth(told, SPENDING, one.year),
        other=_growth(told, REVENUE, one.year),
        finding=row.pk,
    )


def fiscal_list(year: int) -> list[FiscalFinding]:
    """How every place that takes part stands by the figures of now, as far as the scope opens them (U9).

    Final figures count; where a place has none, what it handed in, which is told as provisional.
    """
    places = taking_part(year)
    codes = [place.pk for place in places]
    known, provisional = _known(codes, year)
    rulings = queries_policy.rulings_of(codes, year)
    params = queries_policy.params_of(year, Programme.CITY)
    reports = dict(
        Return.objects.filter(kind=SubjectKind.CITY, year=year, subject__in=codes).values_list("subject", "pk")
    )
    found = []
    for place in places:
        told = known.get(place.pk, {})
        judged = _judged(place.pk, year, told, rulings.get(place.pk, {}), params)
        found.append(_now(place, year, told, judged, place.pk in provisional, reports.get(place.pk)))
    return _ordered(found)


def _known(codes: Iterable[str], year: int) -> tuple[dict[str, Told], set[str]]:
    """The newest figures of two years by place, and the places of which one of them is not final."""
    levels = Q(level__in=FINAL) | Q(level=FigureLevel.REPORTED)
    rows = Figure.objects.filter(levels, subject__in=list(codes), code__in=CODES, year__in=(year - 1, year))
    best: dict[tuple[str, str, int], tuple[bool, str | None]] = {}
    for subject, code, at, level, value in rows.order_by("vintage").values_list(
        "subject", "code", "year", "level", "value"
    ):
        is_final = level in FINAL
        if is_final or not best.get((subject, code, at), (False, None))[0]:
            best[subject, code, at] = is_final, value
    found: dict[str, Told] = {}
    provisional = set()
    for (subject, code, at), (is_final, value) in best.items():
        found.setdefault(subject, {}).setdefault(code, {})[str(at)] = value
        if not is_final:
            provisional.add(subject)
    return found, provisional


def _judged(
    place: str, year: int, told: Told, decisions: Mapping[str, Mapping[str, str]], params: Mapping[str, str]
) -> Judged:
    document: dict[str, Any] = {"subject": place, "year": year, "figures": told}
    if CLAUSE in decisions:
        document["decisions"] = {CLAUSE: dict(decisions[CLAUSE])}
    return judge(clauses.load(SET), Facts.parse(document), params=params).finding(CLAUSE)


def _now(
    place: Division, year: int, told: Told, judged: Judged, provisional: bool, report: UUID | None
) -> FiscalFinding:
    return FiscalFinding(
        place=place.pk,
        name=place.name,
        tier=TIERS[DivisionLevel(place.level)],
        year=year,
        outcome=judged.outcome,
        observed=judged.observed,
        shown=judged.shown,
        threshold=judged.threshold,
        formula=judged.formula,
        reason=judged.reason,
        advice=judged.advice,
        own=_growth(told, SPENDING, year),
        other=_growth(told, REVENUE, year),
        provisional=provisional,
        report=report,
    )


def _ordered(found: Iterable[FiscalFinding]) -> list[FiscalFinding]:
    return sorted(found, key=lambda one: (one.tier != RankingList.CITY, one.place))


def _growth(told: Told, code: str, year: int) -> Fraction | None:
    """The change in per cent since the year before; None where either is unknown or the base is not above zero."""
    now, before = (told.get(code, {}).get(str(at)) for at in (year, year - 1))
    if not now or not before or decimals.parse(before) <= 0:
        return None
    return 100 * (decimals.parse(now) / decimals.parse(before) - 1)


def _percent(value: Fraction | None) -> str:
    if value is None:
        return ""
    return f"+{decimals.show(value)}" if value > 0 else decimals.show(value)


def reads_list(actor: Actor) -> bool:
    """Who reads the list before it is published: 省科技厅, 省统计局, the department that verifies fiscal figures."""
    if actor.is_lead:
        return True
    return actor.is_department and (rules.oversees(actor) or queries.owned(SPENDING, actor.organisation.pk))


def due_on(year: int) -> dt.date:
    """By when the list of a year is drawn up (U9)."""
    return dt.date(year + 1, 6, 30)
