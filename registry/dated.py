"""The register as it stood on a day: the parks with the status, name, boundary and host zone that held then.

A change known to the month or the year counts from its last possible day, so that the old and the new neither overlap
nor leave a gap. A status whose day no source tells counts from the day on which it was entered into the register.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDate

from registry import dates
from registry.enums import Precision
from registry.models import LegalStatus, Park, ParkBoundary, ParkName, ParkZone


def _last_of(span: str) -> Func:
    """The last day of the month or year in which a status began."""
    template = f"(date_trunc('{span}', %(expressions)s::timestamp) + interval '1 {span}' - interval '1 day')::date"
    return Func(F("since"), template=template, output_field=DateField())


UNDATED = Q(since__isnull=True) | Q(precision=Precision.UNKNOWN)
HELD_FROM = Case(
    When(UNDATED, then=TruncDate("recorded_at")),
    When(precision=Precision.MONTH, then=_last_of("month")),
    When(precision=Precision.YEAR, then=_last_of("year")),
    default=F("since"),
    output_field=DateField(),
)


def standing_on(parks: QuerySet[Park], day: dt.date) -> QuerySet[Park]:
    """The parks that were on the register on a day, with `then_id` and `then_status` of their legal status."""
    begun = LegalStatus.objects.filter(park=OuterRef("pk")).annotate(held_from=HELD_FROM).filter(held_from__lte=day)
    last = begun.order_by("-held_from", "-recorded_at")
    found = parks.annotate(then_id=Subquery(last.values("pk")[:1]), then_status=Subquery(last.values("status")[:1]))
    return found.filter(then_id__isnull=False)


def untold_on(day: dt.date) -> QuerySet[Park]:
    """Parks of the register of which no source tells whether they stood on a day: their status bears no date."""
    undated = LegalStatus.objects.filter(UNDATED, park=OuterRef("pk"))
    standing = standing_on(Park.objects.order_by(), day)
    return Park.objects.filter(Exists(undated)).exclude(pk__in=standing.values("pk")).order_by("city_id", "slug")


def borne(parks: Iterable[Park], day: dt.date) -> list[Park]:
    """Parks read by `standing_on`, each bearing what held on the day, whatever their number by four queries.

    `name`, `status`, `current`, `host_zone`, `area_km2` (km²) and `four_sides` are those of the day, `names` those
    borne until then, `name_now` is the name of today. They cannot be saved.
    """
    found = list(parks)
    keys = [park.pk for park in found]
    ids = [park.then_id for park in found]  # type: ignore[attr-defined]
    statuses = LegalStatus.objects.select_related("paper").in_bulk(ids)
    named = _by_park(ParkName.objects.filter(park__in=keys).order_by("valid_from", "valid_to"))
    zones = _by_park(ParkZone.objects.filter(park__in=keys).select_related("zone").order_by("since", "recorded_at"))
    drawn = ParkBoundary.objects.filter(park__in=keys).defer("geojson").order_by("valid_from", "recorded_at")
    boundaries = _by_park(drawn)
    for park in found:
        park.borne_on, park.name_now = day, park.name
        park.current = statuses[park.then_id]  # type: ignore[attr-defined]
        # No act: this instance alone bears what held, and cannot be saved.
        vars(park)["status"] = park.current.status
        _bear_name(park, named.get(park.pk, []), day)
        _bear_zone(park, zones.get(park.pk, []), day)
        _bear_boundary(park, boundaries.get(park.pk, []), day)
    return found


def names(parks: QuerySet[Park]) -> list[tuple[str, str]]:
    """Code and name of parks."""
    return list(parks.values_list("slug", "name"))


def _by_park(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.park_id, []).append(row)
    return found


def _bear_name(park: Park, rows: list[ParkName], day: dt.date) -> None:
    begun = [row for row in rows if _has_begun(*dates.parse(row.valid_from), day)]
    # Rows without a date come first; among them the open one is the last to have been borne.
    begun.sort(key=lambda row: (dates.parse(row.valid_from)[0] or dt.date.min, row.valid_to == ""))
    if begun:
        park.name = begun[-1].name
    elif rows:
        park.name = rows[0].name
    shown: Any = park.names.get_queryset()
    shown._result_cache, shown._prefetch_done = begun, True
    park._prefetched_objects_cache = {**getattr(park, "_prefetched_objects_cache", {}), "names": shown}  # type: ignore[attr-defined]


def _bear_zone(park: Park, rows: list[ParkZone], day: dt.date) -> None:
    if rows:
        begun = [row for row in rows if _has_begun(row.since, row.precision, day)]
        begun.sort(key=lambda row: row.since or dt.date.min)
        park.host_zone = begun[-1].zone if begun else None


def _bear_boundary(park: Park, rows: list[ParkBoundary], day: dt.date) -> None:
    if rows:
        last = next((row for row in reversed(rows) if row.valid_from <= day), None)
        park.area_km2 = last.area_km2 if last else None
        park.four_sides = last.four_sides if last else {}


def _has_begun(since: dt.date | None, precision: str, day: dt.date) -> bool:
    """Whether something that began then, as exactly as it is known, held on a day; undated it always has."""
    return since is None or dates.last_day(since, precision) <= day
