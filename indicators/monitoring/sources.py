"""What a report is composed from: a released run, the one before it, and what the registers tell of its places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import Division
from indicators import queries_public, queries_rating
from indicators.enums import Programme, RankingList
from indicators.enums_evaluating import EvaluationKind, EvaluationStatus
from indicators.enums_monitoring import Measure
from indicators.models import Assessment, EvaluationResult, Finding, IndexVersion, ResultCorrection, Run
from indicators.monitoring import measures
from indicators.scoring import Scored, Scores, Years
from indicators.services import province_targets
from indicators.services.province_targets import Targets
from policy.facts import Facts
from policy.index import Part
from registry import titles, words, words_titles
from registry.models import Park

# How many years back the course of a place is shown.
COURSE = 6
FISCAL = "C-V.3a"


class Inconsistent(ValueError):
    """What is computed again from a released result is not what was released; the text names the places."""


@dataclass(frozen=True)
class Place:
    """One place of the year: its released result, findings, figures by code and year, and what is known beside."""

    one: Assessment
    findings: list[Finding]
    figures: Mapping[str, Years]
    division: Division | None
    titles: tuple[str, ...] = ()
    parks: tuple[tuple[Park, Assessment | None], ...] = ()
    before: Assessment | None = None
    course: tuple[Assessment, ...] = ()

    @property
    def code(self) -> str:
        return self.one.subject

    @property
    def name(self) -> str:
        return self.one.name

    @property
    def scored(self) -> Scored:
        """As scoring takes it."""
        given = queries_rating.scores_in(self.one.reviews)
        return Scored(self.code, self.figures, self.findings, given)


@dataclass(frozen=True)
class Tier:
    """A list with its index version and its places, the best first, measured in the three ways."""

    ranking: RankingList
    version: IndexVersion | None
    places: list[Place]
    measured: Mapping[Measure, Scores] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.version.parts if self.version else ()

    @property
    def dimensions(self) -> list[Part]:
        return queries_public.dimensions(self.version)


@dataclass(frozen=True)
class Sources:
    """Everything that the words, tables and files of a report are made of."""

    run: Run
    before: Run | None
    tiers: list[Tier]
    targets: Targets
    evaluations: list[EvaluationResult]
    corrections: list[ResultCorrection]

    @property
    def year(self) -> int:
        return self.run.year

    @property
    def places(self) -> list[Place]:
        """Every place, in the order of the code."""
        return sorted((place for tier in self.tiers for place in tier.places), key=lambda one: one.code)


def gathered(run: Run) -> Sources:
    """Read it all, under a scope that sees it. Raises Inconsistent where the result cannot be computed again."""
    former = _former(run)
    before = next((one for one in former if one.year == run.year - 1), None)
    places = _places(run, before, former)
    tiers = [_tier(run, ranking, places) for ranking in queries_public.LISTS[Programme.CITY]]
    evaluations = EvaluationResult.objects.filter(
        round__year=run.year,
        round__kind=EvaluationKind.BIENNIAL,
        round__status=EvaluationStatus.CLOSED,
        published_at__isnull=False,
    )
    corrections = ResultCorrection.objects.filter(assessment__run=run).select_related("assessment")
    return Sources(
        run,
        before,
        [tier for tier in tiers if tier.places],
        province_targets.targets_of(run.year),
        list(evaluations.select_related("round", "place").order_by("list", "place")),
        list(corrections.order_by("assessment__subject", "year", "code", "vintage")),
    )


def _former(run: Run) -> list[Run]:
    """The standing runs of the last years, this one included, the oldest first."""
    rows = queries_public.released_runs(Programme.CITY).filter(year__gt=run.year - COURSE, year__lt=run.year)
    standing: dict[int, Run] = {}
    for one in rows:
        standing.setdefault(one.year, one)
    return [*(standing[year] for year in sorted(standing)), run]


def _places(run: Run, before: Run | None, former: Iterable[Run]) -> list[Place]:
    rows = list(Assessment.objects.filter(run=run).prefetch_related("findings").order_by("list", "rank", "subject"))
    codes = [one.subject for one in rows]
    divisions = Division.objects.select_related("parent").in_bulk(codes)
    held = titles.standing_on(dt.date(run.year, 12, 31), codes)
    courses: dict[str, list[Assessment]] = {}
    for one in Assessment.objects.filter(run__in=list(former), subject__in=codes).order_by("year"):
        courses.setdefault(one.subject, []).append(one)
    parks = _parks(codes, run.year)
    return [
        Place(
            one,
            list(one.findings.all()),
            Facts.parse(one.facts).figures,
            divisions.get(one.subject),
            tuple(
                str(words.title_tag(title.title, one.name)["text"])
                for title in words_titles.in_order(held.get(one.subject, {}))
            ),
            tuple(parks.get(one.subject, ())),
            next((old for old in courses[one.subject] if before and old.run_id == before.pk), None),
            tuple(courses[one.subject]),
        )
        for one in rows
    ]


def _parks(codes: list[str], year: int) -> dict[str, list[tuple[Park, Assessment | None]]]:
    """The parks in each place, of a city those of its counties too, each with its public result of the year."""
    runs = queries_public.runs_of(Programme.PARK, year)
    results: dict[str, Assessment] = {}
    if runs:
        results = {one.subject: one for one in queries_public.shown(runs[0])}
    found: dict[str, list[tuple[Park, Assessment | None]]] = {}
    for park in Park.objects.filter(Q(city__in=codes) | Q(county__in=codes)).order_by("status", "name"):
        for code in (park.city_id, park.county_id):
            if code:
                found.setdefault(code, []).append((park, results.get(park.slug)))
    return found


def _tier(run: Run, ranking: RankingList, places: list[Place]) -> Tier:
    own = [place for place in places if place.one.list == ranking]
    version = queries_public.index_of(run, ranking)
    if version is None or not own:
        return Tier(ranking, version, own)
    found = measures.measured(version.parts, [place.scored for place in own], run.year)
    agree(own, found[Measure.LEVEL])
    return Tier(ranking, version, own, found)


def agree(places: list[Place], level: Scores) -> None:
    """What is told beside the released ranks rests on the same figures as these. Raises Inconsistent."""
    wrong = [one.name for one in places if level.by_subject[one.code].rank != one.one.rank]
    if wrong:
        raise Inconsistent(f"按发布时的数据复算，这些地区的位次与发布的不一致：{'、'.join(wrong)}。")
