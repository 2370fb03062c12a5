"""How two boundaries lie to each other: shared area, one inside the other."""

from __future__ import annotations

from decimal import Decimal

from shapely import make_valid, union_all
from shapely.geometry.base import BaseGeometry

from registry.geometry.measure import geometry_area_m2
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
