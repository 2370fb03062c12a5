"""What the register holds: parks, cities, host zones, and the papers that may be shown to everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.compiled import Compiled, Slot
from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division, Organisation
from notifications.models import Paper
from registry import dated, titles
from registry.enums import ParkStatus
from registry.models import HostZone, LeadingIndustry, LegalStatus, Park, ParkBoundary, ParkMerger, ParkName
from workflow import instants

YIWU = "330782"


def parks() -> QuerySet[Park]:
    """The parks of the register with place, status, industries, names."""
    return (
        Park.objects.select_related("city", "county", "host_zone", "current", "current__paper")
        .prefetch_related(
            Prefetch("industries", queryset=LeadingIndustry.objects.order_by("order")),
            Prefetch("names", queryset=ParkName.objects.order_by("valid_from")),
        )
        .order_by("city_id", "slug")
    )


def as_of(day: dt.date) -> list[Park]:
    """The register as it stood on a day: each park bears the name, status, boundary and host zone that held then."""
    return dated.borne(dated.standing_on(parks(), day), day)


def first_listed_in(queryset: QuerySet[Park], year: int) -> QuerySet[Park]:
    """Parks whose first dated status began in a year."""
    dated = LegalStatus.objects.filter(park=OuterRef("pk"), since__isnull=False).order_by("since", "recorded_at")
    return queryset.annotate(first_since=Subquery(dated.values("since")[:1])).filter(first_since__year=year)


def whole_parks() -> QuerySet[Park]:
    """Parks with their whole history and boundaries, for a park's own page."""
    history = LegalStatus.objects.select_related("paper").order_by("since", "recorded_at")
    boundaries = ParkBoundary.objects.select_related("paper").order_by("valid_from", "recorded_at")
    return parks().prefetch_related(
        Prefetch("legal_statuses", queryset=history), Prefetch("boundaries", queryset=boundaries)
    )


BY_SLUG = Compiled(lambda: Park.objects.select_related("city", "county", "host_zone").filter(slug=Slot("slug")))
PARTS: dict[str, Compiled[Any]] = {
    "industries": Compiled(lambda: LeadingIndustry.objects.filter(park=Slot("park")).order_by("order")),
    "names": Compiled(lambda: ParkName.objects.filter(park=Slot("park")).order_by("valid_from")),
    "legal_statuses": Compiled(lambda: LegalStatus.objects.filter(park=Slot("park")).order_by("since", "recorded_at")),
    "boundaries": Compiled(
        lambda: ParkBoundary.objects.filter(park=Slot("park")).order_by("valid_from", "recorded_at")
    ),
}


def whole_park(slug: str) -> Park | None:
    """One park with all of that: its papers are read once, by key, and only where it has any."""
    park = next(iter(BY_SLUG(slug=slug)), None)
    if park is None:
        return None
    park._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    for name, part in PARTS.items():
        rows_of = getattr(park, name).get_queryset()
        rows_of._result_cache, rows_of._prefetch_done = part(park=park.pk), True
        park._prefetched_objects_cache[name] = rows_of  # type: ignore[attr-defined]
    rows: list[Any] = [*park.legal_statuses.all(), *park.boundaries.all(), *park.names.all()]
    keys = {row.paper_id for row in rows if row.paper_id}
    papers = Paper.objects.defer("data").in_bulk(keys) if keys else {}
    for row in rows:
        # Its key stays where the paper itself is not open to the reader: the page says so.
        row._meta.get_field("paper").set_cached_value(row, papers.get(row.paper_id))
    park.current = next(row for row in park.legal_statuses.all() if row.pk == park.current_id)
    return park


def with_text(queryset: QuerySet[Park], text: str) -> QuerySet[Park]:
    """Parks that a text finds by name, former name, place, host zone, industry or code, or those of parks taken in."""
    named = ParkName.objects.filter(park=OuterRef("pk"), name__icontains=text)
    of_taken = Q(park__names__name__icontains=text) | Q(park__slug__icontains=text)
    taken = ParkMerger.objects.filter(of_taken, into=OuterRef("pk"))
    working = LeadingIndustry.objects.filter(park=OuterRef("pk"), name__icontains=text)
    return queryset.filter(
        Q(name__icontains=text)
        | Q(slug__icontains=text)
        | Q(city__name__icontains=text)
        | Q(county__name__icontains=text)
        | Q(host_zone__name__icontains=text)
        | Exists(named)
        | Exists(working)
        | Exists(taken)
    )


def with_industry(queryset: QuerySet[Park], name: str) -> QuerySet[Park]:
    """Parks one of whose leading industries bears that name."""
    return queryset.filter(Exists(LeadingIndustry.objects.filter(park=OuterRef("pk"), name=name)))


def in_place(queryset: QuerySet[Park], code: str) -> QuerySet[Park]:
    """Parks in a city or county by its code."""
    return queryset.filter(Q(city_id=code) | Q(county_id=code))


def status_counts(queryset: QuerySet[Park] | None = None) -> dict[str, int]:
    """How many parks stand in each status, every status named."""
    found = queryset if queryset is not None else Park.objects.all()
    counted = dict(found.order_by().values_list("status").annotate(n=Count("pk", distinct=True)))
    return {status.value: counted.get(status.value, 0) for status in ParkStatus}


def counts_by_city() -> dict[str, dict[str, int]]:
    """Parks per city code and status; 义乌's parks count for 义乌 (county code) as well as for their prefecture."""
    result: dict[str, dict[str, int]] = {}
    rows = Park.objects.order_by().values_list("city_id", "county_id", "status").annotate(n=Count("pk"))
    for city, county, status, count in rows:
        for code in {city, county} - {None}:
            place = result.setdefault(code, {})
            place[status] = place.get(status, 0) + count
    return result


def published(paper: Paper | None) -> Paper | None:
    """The paper when it is published; what is not stays unnamed on public pages, whoever looks."""
    return paper if paper is not None and paper.published_at is not None else None


def published_papers() -> QuerySet[Paper]:
    """Published papers, newest first."""
    return Paper.objects.filter(published_at__isnull=False).order_by("-published_at", "-signed_at", "number")


def cities() -> list[Division]:
    """The prefectures and 义乌, each with `zone_count`, `park_counts` (status → number of parks) and `held` titles."""
    counts = counts_by_city()
    standing = titles.standing_on(instants.today())
    found: list[Division] = list(
        Division.objects.filter(Q(level=DivisionLevel.PREFECTURE) | Q(code=YIWU))
        .select_related("parent")
        .annotate(zone_count=Count("host_zones", distinct=True))
        .order_by("code")
    )
    for division in found:
        division.park_counts = counts.get(division.code, {})  # type: ignore[attr-defined]
        division.held = standing.get(division.code, {})  # type: ignore[attr-defined]
    return found


def children_of(division: Division) -> list[Division]:
    """The counties of a prefecture under every code, those that stand before those that ended."""
    found = division.children.prefetch_related("names").order_by("code")
    return sorted(found, key=lambda child: bool(child.valid_to))


def host_zones_of(division: Division) -> QuerySet[HostZone]:
    """The host zones of a city or county; a prefecture's are also those of its counties."""
    here = Q(city=division) | Q(city__parent=division)
    return HostZone.objects.filter(here).select_related("city").order_by("slug")


def is_applicant(code: str) -> bool:
    """Whether the government of a division may file (P-II.1.8a)."""
    return Organisation.objects.filter(kind=OrganisationKind.APPLICANT_GOV, division_id=code, active=True).exists()


def latest_boundaries(found: Iterable[Park], day: dt.date | None = None) -> dict[UUID, ParkBoundary]:
    """The boundary in force of each park that has one, now or on a day."""
    rows = ParkBoundary.objects.filter(park__in=[park.pk for park in found]).order_by("valid_from", "recorded_at")
    if day is not None:
        rows = rows.filter(valid_from__lte=day)
    return {row.park_id: row for row in rows}
