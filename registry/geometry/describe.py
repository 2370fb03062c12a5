"""Words and tables about a boundary: its extreme points and its list of corners."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from operator import itemgetter

from django.utils.translation import gettext as _

from registry.geometry.angles import format_dms
from registry.geometry.crs import from_target
from registry.geometry.measure import distance_m
from registry.geometry.model import Boundary, Point


@dataclass(frozen=True)
class FourSides:
    """The easternmost, southernmost, westernmost and northernmost corner: help for writing the 四至."""

    east: Point
    south: Point
    west: Point
    north: Point

    def text(self) -> str:
        """One sentence, e.g. 最东点 东经120°12′30″、北纬30°11′05″；…"""
        words = (_("最东点"), _("最南点"), _("最西点"), _("最北点"))
        points = (self.east, self.south, self.west, self.north)
        return "；".join(f"{word} {point_text(point)}" for word, point in zip(words, points, strict=True))


@dataclass(frozen=True)
class CornerRow:
    """A row of the 界址点 table; `side_m` is the length to the next corner in metres."""

    block: str
    ring: int
    label: str
    lon: float
    lat: float
    side_m: float
    easting: float | None = None
    northing: float | None = None

    @property
    def lon_dms(self) -> str:
        return format_dms(self.lon)

    @property
    def lat_dms(self) -> str:
        return format_dms(self.lat)


def four_sides(boundary: Boundary) -> FourSides:
    """The extreme corners; the first in the file where several are equal."""
    points = list(boundary.points())
    lon, lat = itemgetter(0), itemgetter(1)
    return FourSides(max(points, key=lon), min(points, key=lat), min(points, key=lon), max(points, key=lat))


def corner_table(boundary: Boundary, crs: str = "") -> list[CornerRow]:
    """Every corner once, J1, J2 … anew in each block, rings numbered 1 (outer), 2 … over its parts.

    With a projected `crs` the rows carry easting and northing in metres too.
    """
    rows: list[CornerRow] = []
    rings: dict[str, int] = {}
    corners: dict[str, int] = {}
    for part in boundary.parts:
        for ring in part.rings:
            rings[part.block] = rings.get(part.block, 0) + 1
            for start, end in itertools.pairwise(ring):
                corners[part.block] = corners.get(part.block, 0) + 1
                easting, northing = from_target(start, crs) if crs else (None, None)
                rows.append(
                    CornerRow(
                        block=part.block,
                        ring=rings[part.block],
                        label=f"J{corners[part.block]}",
                        lon=start[0],
                        lat=start[1],
                        side_m=distance_m(start, end),
                        easting=easting,
                        northing=northing,
                    )
                )
    return rows


def point_text(point: Point) -> str:
    """A point as 东经120°12′30″、北纬30°11′05″."""
    east, north = format_dms(point[0], places=0), format_dms(point[1], places=0)
    return _("东经%(east)s、北纬%(north)s") % {"east": east, "north": north}
