"""What a park's boundary is once read: named blocks of polygons in CGCS2000 longitude and latitude."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from registry.geometry.measure import ring_area_m2, ring_length_m

Point = tuple[float, float]
Ring = tuple[Point, ...]

TARGET_CRS = "EPSG:4490"
MAX_VERTICES = 50_000
MAX_PARTS = 500
MIN_POINTS = 3


class BoundaryError(ValueError):
    """A file that cannot be read as a boundary: what is wrong, where, why, and what to do."""

    def __init__(self, code: str, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.code, self.what, self.where, self.why, self.remedy = code, what, where, why, remedy
        place = f"{where}：" if where else ""
        super().__init__(place + "".join(text for text in (what, why, remedy) if text))


class Level(StrEnum):
    """An error bars the boundary; a warning lets it pass with an explanation."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """Something wrong with a boundary that was read, at a place when it has one (degrees).

    `remedy` says what to do; `shape` is the GeoJSON geometry of the part concerned where a point says too little.
    """

    code: str
    message: str
    lon: float | None = None
    lat: float | None = None
    level: Level = Level.ERROR
    remedy: str = ""
    shape: dict[str, Any] | None = None


@dataclass(frozen=True)
class Part:
    """One polygon of a block (区块). Rings are stored closed; `gaps` are places they were left open."""

    block: str
    shell: Ring
    holes: tuple[Ring, ...] = ()
    gaps: tuple[Point, ...] = ()

    @property
    def rings(self) -> tuple[Ring, ...]:
        return (self.shell, *self.holes)

    @cached_property
    def area_m2(self) -> float:
        """Area on the CGCS2000 ellipsoid in square metres, holes taken off."""
        return ring_area_m2(self.shell) - sum(ring_area_m2(hole) for hole in self.holes)

    @cached_property
    def perimeter_m(self) -> float:
        """Length of all rings on the ellipsoid in metres."""
        return sum(ring_length_m(ring) for ring in self.rings)

    @property
    def is_polygon(self) -> bool:
        """Whether every ring has the three different points that a polygon needs."""
        return all(len(set(ring)) >= MIN_POINTS for ring in self.rings)

    @cached_property
    def polygon(self) -> Polygon:
        """Planar polygon in degrees; only for parts where `is_polygon` holds."""
        return Polygon(self.shell, self.holes)


@dataclass(frozen=True)
class Boundary:
    """A boundary in EPSG:4490. `source_crs` is the system asked of the sender, `notes` what was left out."""

    parts: tuple[Part, ...]
    source_crs: str
    notes: tuple[str, ...] = field(default=())

    @property
    def geojson(self) -> dict[str, Any]:
        """The whole as a GeoJSON MultiPolygon, one polygon per part, coordinates unrounded."""
        return {"type": "MultiPolygon", "coordinates": [_coordinates(part) for part in self.parts]}

    def feature_collection(self) -> dict[str, Any]:
        """One GeoJSON Feature per block, with its name and area in square kilometres."""
        features = [
            {
                "type": "Feature",
                "properties": {"name": name, "area_km2": str(_km2(self.block_area_m2[name]))},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [_coordinates(part) for part in self.parts if part.block == name],
                },
            }
            for name in self.blocks
        ]
        return {"type": "FeatureCollection", "features": features}

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks in the order of the file."""
        return tuple(dict.fromkeys(part.block for part in self.parts))

    @cached_property
    def block_area_m2(self) -> dict[str, float]:
        """Ellipsoidal area of each block in square metres."""
        return {name: sum(p.area_m2 for p in self.parts if p.block == name) for name in self.blocks}

    @property
    def area_m2(self) -> float:
        """Ellipsoidal area in square metres, the sum over the blocks."""
        return sum(part.area_m2 for part in self.parts)

    @property
    def area_km2(self) -> Decimal:
        """Ellipsoidal area in square kilometres, unrounded (规划面积, P-II.1.2e)."""
        return _km2(self.area_m2)

    @property
    def block_area_km2(self) -> dict[str, Decimal]:
        """Ellipsoidal area of each block in square kilometres, unrounded."""
        return {name: _km2(area) for name, area in self.block_area_m2.items()}

    @property
    def perimeter_m(self) -> float:
        """Length of all rings in metres."""
        return sum(part.perimeter_m for part in self.parts)

    @property
    def vertex_count(self) -> int:
        """Number of corners; the closing point of a ring is not counted twice."""
        return sum(len(ring) - 1 for part in self.parts for ring in part.rings)

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        lons, lats = zip(*self.points(), strict=True)
        return min(lons), min(lats), max(lons), max(lats)

    @property
    def centroid(self) -> Point:
        """Longitude and latitude of the centre of area; of the frame when there is no area."""
        west, south, east, north = self.bbox
        whole = self.shape()
        if whole.is_empty or whole.area == 0:
            return (west + east) / 2, (south + north) / 2
        lon, lat = whole.centroid.coords[0]
        return lon, lat

    def points(self) -> Iterator[Point]:
        """Every corner of every ring."""
        for part in self.parts:
            for ring in part.rings:
                yield from ring

    def shape(self) -> BaseGeometry:
        """The parts that are polygons as one planar geometry in degrees."""
        return MultiPolygon([part.polygon for part in self.parts if part.is_polygon])


def boundary_from_geojson(
    geojson: dict[str, Any], blocks: tuple[str, ...] = (), source_crs: str = TARGET_CRS
) -> Boundary:
    """A stored `Boundary.geojson` back as a Boundary; `blocks` names its polygons one by one."""
    polygons = geojson["coordinates"]
    names = blocks or tuple(default_block(i) for i in range(1, len(polygons) + 1))
    parts = []
    for name, polygon in zip(names, polygons, strict=True):
        shell, *holes = (tuple((x, y) for x, y in ring) for ring in polygon)
        parts.append(Part(name, shell, tuple(holes)))
    return Boundary(tuple(parts), source_crs)


def default_block(number: int) -> str:
    """The name of a block that brings none: 区块1, 区块2 …"""
    return f"区块{number}"


def _coordinates(part: Part) -> list[list[list[float]]]:
    return [[[lon, lat] for lon, lat in ring] for ring in part.rings]


def _km2(area_m2: float) -> Decimal:
    return Decimal(repr(area_m2)) / 1_000_000
