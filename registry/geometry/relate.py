"""How two boundaries lie to each other: shared area, one inside the other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shapely import make_valid, union_all
from shapely.affinity import scale
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from registry.geometry.measure import distance_m, geometry_area_m2
from registry.geometry.model import Boundary

# A shared side drawn twice leaves slivers; the default forgives one square metre in all.
TOLERANCE_M2 = 1.0


def overlap_km2(a: Boundary, b: Boundary) -> Decimal:
    """Ellipsoidal area that both cover, in square kilometres, unrounded."""
    return Decimal(repr(geometry_area_m2(_whole(a).intersection(_whole(b))))) / 1_000_000


def contains(zone: Boundary, park: Boundary, tolerance_m2: float = TOLERANCE_M2) -> bool:
    """Whether no more than `tolerance_m2` of the park lies outside the zone (产业集聚区)."""
    return geometry_area_m2(_whole(park).difference(_whole(zone))) <= tolerance_m2


def _whole(boundary: Boundary) -> BaseGeometry:
    return union_all([make_valid(part.polygon) for part in boundary.parts if part.is_polygon])


def changes_km2(
    old: Boundary | None, new: Boundary | None
) -> tuple[Decimal, dict[str, Any] | None, Decimal, dict[str, Any] | None]:
    """What came and what went between two boundaries: km² and GeoJSON of each; None where there is nothing."""
    a, b = (_whole(one) if one else MultiPolygon() for one in (old, new))
    came, went = b.difference(a), a.difference(b)
    return _km2(came), as_geojson(came), _km2(went), as_geojson(went)


def share_within(zone: Boundary, park: Boundary) -> tuple[Decimal, dict[str, Any] | None]:
    """The share of the park's area inside the zone (0 to 1, unrounded), and the part outside as GeoJSON."""
    whole, inside = _whole(park), _whole(zone)
    total = geometry_area_m2(whole)
    outside = whole.difference(inside)
    rest = geometry_area_m2(outside)
    if total <= 0:
        return Decimal(0), None
    if rest <= TOLERANCE_M2:
        return Decimal(1), None
    return 1 - Decimal(repr(rest)) / Decimal(repr(total)), as_geojson(outside)


def shared_with(a: Boundary, b: Boundary) -> tuple[Decimal, dict[str, Any] | None]:
    """The area in km² that both cover, and its shape; a shared side counts as nothing."""
    common = _whole(a).intersection(_whole(b))
    return (_km2(common), as_geojson(common)) if geometry_area_m2(common) > TOLERANCE_M2 else (Decimal(0), None)


def gap_m(a: Boundary, b: Boundary) -> float:
    """How far two boundaries lie apart, in metres to about half a percent; 0 where they meet or overlap."""
    one, other = _whole(a), _whole(b)
    west, south, _east, north = one.bounds
    middle = (south + north) / 2
    across = distance_m((west, middle), (west + 0.01, middle)) * 100
    along = distance_m((west, middle), (west, middle + 0.01)) * 100
    flat = [scale(shape, across, along, origin=(0, 0)) for shape in (one, other)]
    return float(flat[0].distance(flat[1]))


def _km2(shape: BaseGeometry) -> Decimal:
    return Decimal(repr(geometry_area_m2(shape))) / 1_000_000


def as_geojson(shape: BaseGeometry) -> dict[str, Any] | None:
    """The polygons of a geometry as a GeoJSON MultiPolygon; lines and points where two meet are left out."""
    polygons = [part for part in _polygons(shape) if geometry_area_m2(part) > TOLERANCE_M2]
    return mapping(MultiPolygon(polygons)) if polygons else None


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape]
    return [polygon for part in getattr(shape, "geoms", ()) for polygon in _polygons(part)]
