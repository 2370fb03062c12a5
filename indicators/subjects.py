"""Whom a year is computed for: the parks by their legal status on 31 December, the cities that have figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from accounts.enums import DivisionLevel
from accounts.models import Division
from indicators.enums import FINAL, FigureLevel, Programme, RankingList, RunStatus, SubjectKind
from indicators.models import Assessment, Figure, Return
from registry import titles
from registry.enums import ParkStatus, Precision
from registry.models import LegalStatus, Park, ParkBoundary
from workflow import instants


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
    rows = LegalStatus.objects.annotate(dossier=F("paper__dossier")).order_by("since", "recorded_at")
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
        span = status_on(unbroken(lives[park.pk]), day, park.current_id)
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


def life_of(park: Park) -> list[LegalStatus]:
    """The legal life of one park, without what was undone."""
    rows = LegalStatus.objects.filter(park=park).annotate(dossier=F("paper__dossier"))
    return unbroken(list(rows.order_by("since", "recorded_at")))


def unbroken(life: Sequence[LegalStatus]) -> list[LegalStatus]:
    """A life (with the `dossier` of each paper) without the revocations that a paper of the same affair took back.

    A park whose revocation was undone has been on the list since it was first put there.
    """
    kept: list[LegalStatus] = []
    for row in life:
        before = kept[-1] if kept else None
        if (
            before is not None
            and (before.status, row.status) == (ParkStatus.REVOKED, ParkStatus.CREATING)
            and getattr(row, "dossier", None) is not None
            and getattr(before, "dossier", None) == getattr(row, "dossier", None)
        ):
            kept.pop()
        else:
            kept.append(row)
    return kept


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


def taking_part(year: int) -> set[str]:
    """The codes of the places that are judged and ranked in a year, as far as their figures are final.

    Those that hold a title of the second programme on 31 December, and those whose figures an operator imported, as
    C-V.3a binds every city and county. Who only applies has figures for the first evaluation and no rank; who left
    since then is in no new list, and stays in the lists that were released (CT-90).
    """
    from indicators.services.opening_cities import taking_part as places

    gone = set(titles.left_on(instants.today()))
    if gone:
        released = Assessment.objects.filter(run__programme=Programme.CITY, run__status=RunStatus.RELEASED, year=year)
        gone -= set(released.filter(subject__in=gone).values_list("subject", flat=True))
    told = Figure.objects.filter(year=year, level=FigureLevel.IMPORTED, report__kind=SubjectKind.CITY)
    return {place.pk for place in places(year)} - gone | set(
        told.order_by().values_list("subject", flat=True).distinct()
    )


def subjects_of(programme: Programme | str, year: int) -> list[Subject]:
    """Whom a programme's year is computed for."""
    return parks_of(year).subjects if programme == Programme.PARK else cities_of(year, taking_part(year))
