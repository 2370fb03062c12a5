"""Makes boundaries of invented parks for the sample province; they follow no real border."""

from __future__ import annotations

from math import sqrt
from random import Random
from typing import Any

from registry.geometry.measure import ELLIPSOID, ring_area_m2
from registry.geometry.model import Point

# Centres near each city's host zone, in degrees; round on purpose, so that nobody takes them for surveyed.
CENTRES: dict[str, Point] = {
    "330100": (120.45, 30.25),
    "330200": (121.20, 30.25),
    "330300": (120.65, 27.95),
    "330400": (120.75, 30.70),
    "330500": (120.05, 30.80),
    "330600": (120.75, 30.05),
    "330700": (119.70, 29.10),
    "330782": (120.05, 29.30),
    "330800": (118.85, 28.90),
    "330900": (122.10, 30.05),
    "331000": (121.35, 28.60),
    "331100": (119.90, 28.45),
}
MAX_KM2 = 60.0
# Nine cells around the centre keep parks of one city apart; a cell holds the largest park allowed.
CELLS = ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1))
CELL_LON, CELL_LAT = 0.14, 0.12
ROUNDS = 6
DECIMALS = 8


def synthetic_boundary(city_code: str, seed: int, area_km2: float) -> dict[str, Any]:
    """A GeoJSON MultiPolygon of one irregular, simple polygon near the city's centre; same input, same answer.

    `city_code` is one of the eleven cities or 330782 (义乌), `area_km2` at most 60 and met to a
    millionth. Seeds that differ modulo 9 lie apart. Raises KeyError and ValueError.
    """
    if not 0 < area_km2 <= MAX_KM2:
        raise ValueError(f"area_km2 must lie in 0 < area <= {MAX_KM2}: {area_km2}")
    dice = Random(f"{city_code}/{seed}")  # noqa: S311 - a drawing, not a secret
    west_east, south_north = CELLS[seed % len(CELLS)]
    lon, lat = CENTRES[city_code]
    centre = (lon + west_east * CELL_LON, lat + south_north * CELL_LAT)
    count = dice.randint(11, 19)
    rays = [((i + dice.uniform(-0.3, 0.3)) * 360 / count, dice.uniform(0.82, 1.12)) for i in range(count)]
    radius = sqrt(area_km2 * 1e6)
    for _round in range(ROUNDS):
        ring = _ring(centre, rays, radius)
        radius *= sqrt(area_km2 * 1e6 / ring_area_m2(ring))
    return {"type": "MultiPolygon", "coordinates": [[[list(point) for point in ring]]]}


def _ring(centre: Point, rays: list[tuple[float, float]], radius: float) -> list[Point]:
    """A closed ring, counter-clockwise: each ray is an azimuth in degrees and a share of the radius in metres."""
    points = []
    for azimuth, share in reversed(rays):
        lon, lat, _back = ELLIPSOID.fwd(*centre, azimuth, share * radius)
        points.append((round(lon, DECIMALS), round(lat, DECIMALS)))
    return [*points, points[0]]
