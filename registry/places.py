"""Where a prefecture lies on the map picture, for parks whose boundary is not known."""

from __future__ import annotations

import json
from functools import cache

from django.conf import settings
from shapely.geometry import shape

STEP = 0.16  # degrees between the marks of two statuses in one city
BELOW = 0.13  # degrees under the city's point, where its name is written


@cache
def points() -> dict[str, tuple[float, float]]:
    """Code of each prefecture → a point inside it (longitude, latitude in degrees)."""
    picture = json.loads((settings.BASE_DIR / "static/data/zhejiang.geojson").read_text(encoding="utf-8"))
    inside = {
        feature["properties"]["code"]: shape(feature["geometry"]).representative_point()
        for feature in picture["features"]
    }
    return {code: (point.x, point.y) for code, point in inside.items()}


def mark(city: str, place: int, of: int) -> list[float] | None:
    """A point for the `place`-th of `of` marks in a city, side by side; None for a city not in the picture."""
    if city not in points():
        return None
    lon, lat = points()[city]
    return [round(lon + (place - (of - 1) / 2) * STEP, 6), round(lat - BELOW, 6)]
