"""Lengths and areas on the CGCS2000 ellipsoid."""

from __future__ import annotations

from collections.abc import Sequence

from pyproj import Geod
from shapely.geometry import LinearRing, Polygon
from shapely.geometry.base import BaseGeometry

ELLIPSOID = Geod(a=6378137, rf=298.257222101)


def ring_area_m2(ring: Sequence[tuple[float, float]]) -> float:
    """Area inside a ring of longitudes and latitudes in degrees, in square metres, never negative."""
    lons, lats = _columns(ring)
    return abs(ELLIPSOID.polygon_area_perimeter(lons, lats)[0])


def ring_length_m(ring: Sequence[tuple[float, float]]) -> float:
    """Length of a closed ring in metres."""
    lons, lats = _columns(ring)
    return float(ELLIPSOID.line_length(lons, lats))


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance of two points on the ellipsoid in metres."""
    return float(ELLIPSOID.inv(a[0], a[1], b[0], b[1])[2])


def geometry_area_m2(geometry: BaseGeometry) -> float:
    """Area of every polygon in a planar geometry given in degrees, in square metres."""
    if isinstance(geometry, Polygon):
        shell, *holes = (_corners(ring) for ring in (geometry.exterior, *geometry.interiors))
        return ring_area_m2(shell) - sum(ring_area_m2(hole) for hole in holes) if shell else 0.0
    return sum((geometry_area_m2(part) for part in getattr(geometry, "geoms", ())), 0.0)


def _corners(ring: LinearRing) -> list[tuple[float, float]]:
    return [(x, y) for x, y, *_height in ring.coords]


def _columns(ring: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [point[0] for point in ring], [point[1] for point in ring]
