"""What everybody may see of the years: the released runs, and the assessments that their switch shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet

from indicators import queries
from indicators.enums import Listing, Programme, RankingList, RunStatus
from indicators.models import Assessment, Finding, IndexVersion, ResultCorrection, Run
from policy import figures
from policy.index import Part
from policy.outcomes import Outcome, Verdict
from registry.models import ParkBoundary

LISTS = {
    Programme.PARK: (RankingList.CREATING, RankingList.RECOGNISED),
    Programme.CITY: (RankingList.CITY, RankingList.COUNTY),
}


def released_runs(programme: Programme | str | None = None) -> QuerySet[Run]:
    """The released runs, the newest year first and of a year the newest run."""
    rows = Run.objects.filter(status=RunStatus.RELEASED, dry=False).select_related("paper")
    if programme:
        rows = rows.filter(programme=programme)
    return rows.order_by("-year", "programme", "-number")


def runs_of(programme: Programme | str, year: int) -> list[Run]:
    """The released runs of a year, the one that stands first; empty while nothing is published."""
    return list(released_runs(programme).filter(year=year))


def published_years() -> list[int]:
    """The years of the parks that are published, the newest first."""
    return list(released_runs(Programme.PARK).order_by("-year").values_list("year", flat=True).distinct())


def standing_runs() -> list[Run]:
    """The run that stands of each programme and year, the newest year first."""
    found: dict[tuple[str, int], Run] = {}
    for run in released_runs():
        found.setdefault((run.programme, run.year), run)
    return list(found.values())


def shown(run: Run, ranking: str | None = None) -> QuerySet[Assessment]:
    """The assessments of a run that everybody sees: ranked first, then those that have no rank."""
    rows = Assessment.objects.filter(run=run, shown=True)
    if ranking:
        rows = rows.filter(list=ranking)
    return rows.order_by("list", F("rank").asc(nulls_last=True), "subject")


def redrawn(subjects: Iterable[str], year: int) -> dict[str, dt.date]:
    """The parks (by code) whose boundary changed in a year, since when: growth rests on a restated base (AMB-08)."""
    rows = ParkBoundary.objects.filter(park__slug__in=list(subjects), valid_from__year__lte=year)
    days: dict[str, list[dt.date]] = {}
    for slug, day in rows.order_by("valid_from", "recorded_at").values_list("park__slug", "valid_from"):
        days.setdefault(slug, []).append(day)
    return {slug: found[-1] for slug, found in days.items() if len(found) > 1 and found[-1].year == year}


def corrections(one: Assessment) -> list[dict[str, Any]]:
    """The figures behind a result that were corrected since it was released: before, after, when (AMB-33)."""
    rows = one.corrections.order_by("year", "code", "vintage")
    return [{"row": row, "label": queries.named(row.code), "unit": _unit(row.code)} for row in rows]


def _unit(code: str) -> str:
    figure = figures.find(code)
    return figure.unit if figure else ""


def corrected_among(assessments: Iterable[UUID]) -> int:
    """How many of these results rest on a figure that was corrected since."""
    rows = ResultCorrection.objects.filter(assessment__in=list(assessments))
    return rows.values("assessment").distinct().count()


def published() -> QuerySet[Assessment]:
    """All assessments that everybody sees, of superseded runs too; the newest year and run first."""
    rows = Assessment.objects.filter(shown=True, run__status=RunStatus.RELEASED)
    return rows.select_related("run__paper").order_by(
        "-year", "list", "-run__number", F("rank").asc(nulls_last=True), "subject"
    )


def marked() -> QuerySet[Assessment]:
    """The same, each with `superseded`: whether a newer run of its year was released since."""
    newer = Run.objects.filter(
        status=RunStatus.RELEASED,
        programme=OuterRef("run__programme"),
        year=OuterRef("run__year"),
        number__gt=OuterRef("run__number"),
    )
    return published().annotate(superseded=Exists(newer))


def changed_at() -> dt.datetime | None:
    """When a year was published last."""
    found: dt.datetime | None = released_runs().order_by().aggregate(at=Max("released_at"))["at"]
    return found


def years_of(subject: str) -> list[Assessment]:
    """What everybody sees of one park or city, the newest year and run first."""
    return list(marked().filter(subject=subject).prefetch_related("findings"))


def verdicts_of(run: Run, ranking: str) -> dict[Verdict, int]:
    """How many of a list came to each verdict, as far as the scope sees them."""
    rows = Assessment.objects.filter(run=run, list=ranking).exclude(verdict="").order_by()
    told = dict(rows.values_list("verdict").annotate(n=Count("pk")))
    return {verdict: told.get(verdict.value, 0) for verdict in Verdict}


def clauses_of(run: Run) -> list[tuple[str, str, dict[str, int]]]:
    """Of each clause its id, its label and how many parks came to each outcome, in the clauses' order."""
    rows = Finding.objects.filter(assessment__run=run, counts=True).order_by("place", "clause")
    found: dict[str, tuple[str, dict[str, int]]] = {}
    for clause, label, outcome, number in rows.values_list("clause", "label", "outcome").annotate(n=Count("pk")):
        parts = found.setdefault(clause, (label, dict.fromkeys(Outcome, 0)))[1]
        parts[Outcome(outcome)] += number
    return [(clause, label, dict(parts)) for clause, (label, parts) in found.items()]


def index_of(run: Run, ranking: str) -> IndexVersion | None:
    """The index version by which a list of a run was scored; None where it was not scored."""
    told: dict[str, Any] = (run.index_versions or {}).get(str(ranking)) or {}
    return IndexVersion.objects.filter(pk=told["id"]).first() if told.get("id") else None


def dimensions(version: IndexVersion | None) -> list[Part]:
    """The parts right below the whole index, in their order; empty without a version."""
    if version is None:
        return []
    top = max((part.level for part in version.parts), default=0)
    roots = {part.code for part in version.parts if part.level == top}
    return [part for part in version.parts if part.parent in roots]


def may_list(run: Run) -> bool:
    """Whether the whole list is public, so that everybody can recompute it."""
    return run.listing == Listing.FULL
