"""What the maps show: boundaries where they are known, and one mark per city and status where they are not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import zip_longest
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from registry import filters, places, queries, spans, words
from registry.enums import ParkStatus
from registry.models import Park
from registry.words import STATUS_KINDS

Feature = dict[str, Any]


def legend() -> list[dict[str, Any]]:
    """The shapes of the statuses, as the tags show them."""
    return [{"kind": STATUS_KINDS[status], "text": status.label} for status in ParkStatus]


def collection(features: list[Feature]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection."""
    return {"type": "FeatureCollection", "features": features}


def of_parks(parks: list[Park], conditions: dict[str, str] | None = None) -> dict[str, Any]:
    """Boundaries of the parks that have one; the others counted per city and status."""
    boundaries = queries.latest_boundaries(parks, filters.day_of(conditions or {}))
    drawn = [park_feature(park, boundaries[park.pk].geojson) for park in parks if park.pk in boundaries]
    return collection([*drawn, *_marks([park for park in parks if park.pk not in boundaries], conditions or {})])


def of_boundaries(parks: list[Park]) -> dict[str, Any] | None:
    """The boundaries alone, for a map of a smaller place; None where none is known."""
    boundaries = queries.latest_boundaries(parks)
    drawn = [park_feature(park, boundaries[park.pk].geojson) for park in parks if park.pk in boundaries]
    return collection(drawn) if drawn else None


def park_feature(park: Park, geometry: dict[str, Any]) -> Feature:
    """A park's boundary with what the map says of it."""
    properties = {
        "name": park.name,
        "kind": STATUS_KINDS[ParkStatus(park.status)],
        "url": park.get_absolute_url(),
        "text": str(ParkStatus(park.status).label),
    }
    return {"type": "Feature", "id": park.slug, "geometry": geometry, "properties": properties}


def park_versions(park: Park, today: dt.date) -> Feature:
    """Every version of a park's boundary with the days from which and until which it held, and how the park stood.

    `spans` is what a slider over the park's months says; `since` and `until` (exclusive) are ISO dates.
    """
    rows = list(park.boundaries.all())
    features = []
    for row, later in zip_longest(rows, rows[1:]):
        feature = park_feature(park, row.geojson)
        feature["id"] = f"{park.slug}-{row.valid_from.isoformat()}"
        until = later.valid_from.isoformat() if later else None
        feature["properties"] |= {"url": "", "since": row.valid_from.isoformat(), "until": until}
        features.append(feature)
    told = [{"since": one.since.isoformat(), "text": words.span(one)} for one in spans.of(park)]
    return {**collection(features), "spans": told, "until": today.isoformat()}


def _marks(parks: list[Park], conditions: dict[str, str]) -> list[Feature]:
    counts = Counter((park.city_id, park.status) for park in parks)
    names = {park.city_id: park.city.name for park in parks}
    features = []
    for city in sorted(names):
        here = [status for status in ParkStatus if counts[city, status.value]]
        for place, status in enumerate(here):
            point = places.mark(city, place, len(here))
            if point is not None:
                features.append(_mark(city, names[city], status, counts[city, status.value], point, conditions))
    return features


def _mark(
    city: str, name: str, status: ParkStatus, count: int, point: list[float], conditions: dict[str, str]
) -> Feature:
    asked = {**conditions, "city": city, "status": status.value}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {
            "name": name,
            "kind": STATUS_KINDS[status],
            "url": f"{reverse('registry:park_list')}?{urlencode(asked)}",
            "text": _("%(status)s %(count)s 个，未载边界，位置为示意") % {"status": status.label, "count": count},
        },
    }
