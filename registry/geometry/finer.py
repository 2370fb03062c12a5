"""Finer faults of a boundary: where it crosses itself, spikes, points that nearly coincide, slivers, tiny holes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from math import cos, hypot, pi, radians
from typing import Any

from django.utils.translation import gettext as _
from shapely import STRtree
from shapely.geometry import LineString, mapping
from shapely.geometry import Point as Place
from shapely.geometry.polygon import Polygon

from registry.geometry.measure import ring_area_m2, ring_length_m
from registry.geometry.model import Boundary, Level, Part, Point, Problem, Ring

# Points closer than five centimetres are one point measured twice.
NEAR_M = 0.05
METRES_PER_DEGREE = 111_320.0
# A corner sharper than this, with sides longer than a metre, is an outing to a wrong point.
SPIKE_DEGREES, SPIKE_SIDE_M = 2.0, 1.0
# 4 pi A / P²: a circle has 1, a strip a hundred times as long as wide about 0.03.
SLIVER = 0.01
TINY_PART_M2, TINY_HOLE_M2 = 10_000.0, 100.0
MOST_MARKS = 10


def finer(boundary: Boundary) -> Iterator[Problem]:
    """Warnings about shapes that are valid but hardly meant so, at most ten of each kind."""
    parts = [part for part in boundary.parts if part.is_polygon and part.polygon.is_valid]
    yield from itertools.islice((found for part in parts for found in _near(part)), MOST_MARKS)
    yield from itertools.islice((found for part in parts for found in _spikes(part)), MOST_MARKS)
    yield from itertools.islice((found for part in parts for found in _slim(part)), MOST_MARKS)
    yield from itertools.islice((found for part in parts for found in _holes(part)), MOST_MARKS)


def crossings(part: Part) -> list[tuple[tuple[int, int], Point]]:
    """Where the sides of a part cross, at most ten places: numbers of the two corners before them, and the point."""
    found: list[tuple[tuple[int, int], Point]] = []
    for ring in part.rings:
        sides = [LineString(side) for side in itertools.pairwise(ring) if side[0] != side[1]]
        pairs: Any = STRtree(sides).query(sides, predicate="crosses") if sides else ([], [])
        for i, j in sorted((int(i), int(j)) for i, j in zip(*pairs, strict=True) if i < j):
            met = sides[i].intersection(sides[j])
            if isinstance(met, Place) and not met.is_empty:
                found.append(((i + 1, j + 1), (met.x, met.y)))
            if len(found) >= MOST_MARKS:
                return found
    return found


def _near(part: Part) -> Iterator[Problem]:
    for ring in part.rings:
        for number, (a, b) in enumerate(itertools.pairwise(ring), start=1):
            if a != b and _metres(a, b) < NEAR_M:
                message = _("%(block)s：第%(a)d点与下一点相距不到%(limit)s米。") % {
                    "block": part.block,
                    "a": number,
                    "limit": NEAR_M,
                }
                remedy = _("多为同一点重复测量，请删去其中一点。")
                yield Problem("near_points", message, *a, level=Level.WARNING, remedy=remedy)


def _spikes(part: Part) -> Iterator[Problem]:
    for ring in part.rings:
        corners = ring[:-1]
        for number in range(len(corners)):
            before, here, after = corners[number - 1], corners[number], corners[(number + 1) % len(corners)]
            if _is_spike(before, here, after):
                message = _("%(block)s：第%(a)d点处形成尖刺（夹角不足%(angle)d度）。") % {
                    "block": part.block,
                    "a": number + 1,
                    "angle": int(SPIKE_DEGREES),
                }
                remedy = _("请核对这一点的坐标，多余的点请删去。")
                yield Problem("spike", message, *here, level=Level.WARNING, remedy=remedy)


def _is_spike(before: Point, here: Point, after: Point) -> bool:
    east = cos(radians(here[1]))
    ax, ay = (before[0] - here[0]) * east, before[1] - here[1]
    bx, by = (after[0] - here[0]) * east, after[1] - here[1]
    a, b = hypot(ax, ay), hypot(bx, by)
    if min(a, b) * METRES_PER_DEGREE < SPIKE_SIDE_M:
        return False
    cosine = max(-1.0, min(1.0, (ax * bx + ay * by) / (a * b)))
    # cos of the limit, compared without the inverse: acos is steep near one.
    return cosine > cos(radians(SPIKE_DEGREES))


def _slim(part: Part) -> Iterator[Problem]:
    area, length = part.area_m2, ring_length_m(part.shell)
    if area <= 0 or length <= 0:
        return
    if area < TINY_PART_M2:
        message = _("%(block)s：面积只有 %(area)s 平方米。") % {"block": part.block, "area": f"{area:.0f}"}
        remedy = _("多为切割时留下的碎片，请删去或并入相邻区块。")
        yield _whole("tiny_part", message, part, remedy)
    elif 4 * pi * area / length**2 < SLIVER:
        message = _("%(block)s：形状狭长（周长 %(length)s 公里，面积 %(area)s 平方公里）。") % {
            "block": part.block,
            "length": f"{length / 1000:.1f}",
            "area": f"{area / 1e6:.3f}",
        }
        remedy = _("请核对是否为道路、河道或切割留下的窄条；可连片开发的范围一般不是窄条。")
        yield _whole("sliver", message, part, remedy)


def _whole(code: str, message: str, part: Part, remedy: str) -> Problem:
    lon, lat = part.shell[0]
    return Problem(code, message, lon, lat, Level.WARNING, remedy, mapping(Polygon(part.shell)))


def _holes(part: Part) -> Iterator[Problem]:
    for hole in part.holes:
        area = ring_area_m2(hole)
        tiny = area < TINY_HOLE_M2
        message = _("%(block)s：内部挖除 %(area)s 平方米，不计入面积。") % {"block": part.block, "area": f"{area:.0f}"}
        remedy = (
            _("多为绘图留下的空隙，请填平。") if tiny else _("请确认挖除部分不属于园区；在“四至文字”中写明挖除的理由。")
        )
        code = "tiny_hole" if tiny else "hole"
        yield Problem(code, message, *hole[0], level=Level.WARNING, remedy=remedy, shape=_shape(hole))


def _shape(ring: Ring) -> dict[str, object]:
    return dict(mapping(Polygon(ring)))


def _metres(a: Point, b: Point) -> float:
    east = cos(radians(a[1]))
    return hypot((a[0] - b[0]) * east, a[1] - b[1]) * METRES_PER_DEGREE
