"""Look-ups of the year's computation: who is judged on what facts, and which assessment stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.enums import DivisionLevel
from accounts.models import Division
from indicators.enums import FINAL, Programme, RankingList, RunStatus, SubjectKind
from indicators.models import Assessment, Figure, Return, Run
from registry.enums import ParkStatus, Precision
from registry.models import LegalStatus, Park, ParkBoundary

PROVINCE = "330000"
# A park is its whole host zone when it is as large, to the six places of the zone's area (AMB-10).
SIX_PLACES = Decimal("0.000001")
# What the province's lead is measured by among the peers of a year (P-II.3.5f-g, AMB-22).
PEER_CODES = ("P.cod", "P.nh3n", "P.so2", "P.nox", "P.gdp", "P.energy_use", "P.gdp_const")


@dataclass(frozen=True)
class Vintage:
    """Which vintage of a figure was used; `figure` is None for what the register knows."""

    figure: UUID | None
    subject: str
    value: str | None
    vintage: int = 0
    level: str = "register"


@dataclass(frozen=True)
class Subject:
    """One whom a year is computed for: on which list, and for a park since when it is being created."""

    code: str
    name: str
    list: RankingList
    tenant: UUID
    reporter: UUID | None = None
    park: UUID | None = None
    listed_on: date | None = None
    zone: str = ""
    zone_area: Decimal | None = None
    area: Decimal | None = None

    @property
    def judged(self) -> bool:
        """Whether clauses are judged; recognised parks are ranked only."""
        return self.list != RankingList.RECOGNISED


@dataclass
class Known:
    """The facts of one subject as `judge` takes them, and the vintage behind each figure."""

    document: dict[str, Any]
    vintages: dict[tuple[str, int], Vintage] = field(default_factory=dict)


@dataclass(frozen=True)
class Parks:
    """The parks of a year: judged or ranked, and those of whom the register cannot tell what they were."""

    subjects: list[Subject]
    unclear: list[Park]


def parks_of(year: int, slugs: Collection[str] | None = None) -> Parks:
    """Who is judged and who is ranked, by the legal status on 31 December; in the order of their codes."""
    day = date(year, 12, 31)
    parks = Park.objects.select_related("host_zone").order_by("slug")
    if slugs is not None:
        parks = parks.filter(slug__in=slugs)
    rows = LegalStatus.objects.order_by("since", "recorded_at")
    if slugs is not None:
        rows = rows.filter(park__slug__in=slugs)
    lives: dict[UUID, list[LegalStatus]] = defaultdict(list)
    for row in rows:
        lives[row.park_id].append(row)
    areas = dict(
        ParkBoundary.objects.filter(valid_from__lte=day).order_by("valid_from").values_list("park_id", "area_km2")
    )
    found = Parks([], [])
    for park in parks:
        span = status_on(lives[park.pk], day, park.current_id)
        if span is None:
            continue
        status, since = span
        if status == ParkStatus.CREATING and since is None:
            found.unclear.append(park)
        elif status in (ParkStatus.CREATING, ParkStatus.RECOGNISED):
            found.subjects.append(_subject(park, RankingList(status), since, areas.get(park.pk)))
    return found


def judged_parks(year: int) -> list[Subject]:
    """The parks that were `creating` on 31 December of a year, whom the year judges."""
    return [subject for subject in parks_of(year).subjects if subject.list == RankingList.CREATING]


def status_on(life: Sequence[LegalStatus], day: date, current: UUID | None = None) -> tuple[str, date | None] | None:
    """The legal status on a day and since when; None where there was none yet. `life` is in order of `since`.

    A date known to the year or month only stands as its first day, so its year is right. A status without a date may
    have begun at any time: unless the status of today had begun by that day, it holds, and since when is unknown.
    """
    undated = [row for row in life if row.since is None or row.precision == Precision.UNKNOWN]
    past = [row for row in life if row not in undated and row.since is not None and row.since <= day]
    if undated and not (past and past[-1].pk == current):
        return undated[-1].status, None
    return (past[-1].status, past[-1].since) if past else None


def _subject(park: Park, ranking: RankingList, since: date | None, area: Decimal | None) -> Subject:
    zone = park.host_zone
    return Subject(
        code=park.slug,
        name=park.name,
        list=ranking,
        tenant=park.tenant_id,
        reporter=zone.committee_id if zone else None,
        park=park.pk,
        listed_on=since,
        zone=zone.slug if zone else "",
        zone_area=zone.area_km2 if zone else None,
        area=area if area is not None else park.area_km2,
    )


def cities_of(year: int, codes: Collection[str] | None = None) -> list[Subject]:
    """The cities and counties of which figures of the year are final."""
    told = Figure.objects.filter(year=year, level__in=FINAL, report__kind=SubjectKind.CITY)
    if codes is not None:
        told = told.filter(subject__in=codes)
    reports = Return.objects.filter(kind=SubjectKind.CITY, year=year, subject__in=told.values("subject"))
    levels = dict(Division.objects.values_list("code", "level"))
    return [
        Subject(
            code=report.subject,
            name=report.name,
            list=RankingList.CITY if levels.get(report.subject) == DivisionLevel.PREFECTURE else RankingList.COUNTY,
            tenant=report.tenant_id,
            reporter=report.reporter_id,
        )
        for report in reports.order_by("subject")
    ]


def subjects_of(programme: Programme | str, year: int) -> list[Subject]:
    """Whom a programme's year is computed for."""
    return parks_of(year).subjects if programme == Programme.PARK else cities_of(year)


def facts_of(subject: str, year: int) -> dict[str, Any]:
    """The document that `judge` takes, of a park, a city or the province, from what is final; peers included.

    A park need not be judged in the year. Raises LookupError for a code that is none of them.
    """
    return known_of(subject, year).document


def known_of(subject: str, year: int) -> Known:
    """The same with the vintage behind each figure. Raises LookupError."""
    raise LookupError(subject)


def standing(subject: str, year: int) -> Assessment | None:
    """What stands of a subject's year: the assessment of the newest released run; None while there is none."""
    return standings(year).filter(subject=subject).first()


def standings(year: int, programme: Programme | str | None = None) -> QuerySet[Assessment]:
    """The assessments of the newest released run of a year, of one programme or of both, with their runs."""
    released = Run.objects.filter(year=year, status=RunStatus.RELEASED)
    newest = [
        run.pk
        for one in ([programme] if programme else Programme.values)
        if (run := released.filter(programme=one).order_by("-number").first())
    ]
    return (
        Assessment.objects.filter(run__in=newest, final=True).select_related("run").order_by("list", "rank", "subject")
    )
