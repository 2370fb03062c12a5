"""What a year is judged and scored by: signed rulings, signed parameters, the index version in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from indicators.enums import Programme, RankingList, RunStatus
from indicators.enums_policy import IN_FORCE, RulingStatus
from indicators.models import Finding, IndexVersion, Ruling, Run
from policy import clauses
from policy.outcomes import Audience, Outcome
from policy.parameters import CATALOGUE
from workflow import parameters

Decision = dict[str, str]
YEARLY = "park-annual"


def decisions(subject: str, year: int) -> dict[str, Decision]:
    """The signed rulings on a subject's year by clause, in the form that `policy.facts` takes."""
    return rulings_of([subject], year).get(subject, {})


def rulings_of(subjects: Collection[str], year: int) -> dict[str, dict[str, Decision]]:
    """The signed rulings on a year by subject and clause, in one query; a ruling on one clause goes before one on all.

    A ruling because no return came (AMB-13) counts for every yearly clause.
    """
    rows = Ruling.objects.filter(subject__in=subjects, year=year, status=RulingStatus.SIGNED)
    found: dict[str, dict[str, Decision]] = {}
    for row in rows.select_related("paper").order_by("subject", "clause"):
        assert row.paper is not None, "a signed ruling has its paper"
        decision = {"outcome": row.outcome, "paper": row.paper.number}
        for clause in [row.clause] if row.clause else yearly_clauses():
            found.setdefault(row.subject, {})[clause] = decision
    return found


def yearly_clauses() -> list[str]:
    """The clauses that every park under creation must reach each year (P-II.2.1a to 2.3c)."""
    return [clause.id for clause in clauses.load(YEARLY).of(Audience.CONTRACT)]


def rulings_missing(run: Run) -> list[Finding]:
    """The findings of a run that could not be assessed and on which nothing is ruled yet; the year stays open."""
    rows = Finding.objects.filter(assessment__run=run, counts=True, outcome=Outcome.NOT_ASSESSABLE)
    open_ones = list(rows.select_related("assessment").order_by("assessment__subject", "place"))
    ruled = rulings_of({one.assessment.subject for one in open_ones}, run.year)
    return [one for one in open_ones if one.clause not in ruled.get(one.assessment.subject, {})]


def policy_params(at: dt.date) -> dict[str, str]:
    """The signed parameters of the policy in force on a day; only those that differ from the default.

    A value signed on that day is in force. The form is that of `policy.judge.judge(params=…)`.
    """
    end = timezone.make_aware(dt.datetime.combine(at, dt.time.max))
    found = {name: str(parameters.value(name, end)) for name in CATALOGUE}
    return {name: text for name, text in found.items() if text != CATALOGUE[name].default}


def params_of(year: int, programme: Programme | str = Programme.PARK) -> dict[str, str]:
    """The parameters that a year is judged by: those that its released run used, else those in force today.

    A change never touches a released year, also when it is computed anew after a correction.
    """
    released = Run.objects.filter(programme=programme, year=year, status=RunStatus.RELEASED).order_by("-number").first()
    return dict(released.params) if released else policy_params(timezone.localdate())


def index_in_force(ranking: RankingList | str, year: int) -> IndexVersion | None:
    """The signed version that a year's list is ranked by: the one valid from the latest year, the newest of these."""
    rows = IndexVersion.objects.filter(ranking=ranking, status__in=IN_FORCE, valid_from__lte=year)
    return rows.order_by("-valid_from", "-number").first()
