"""Says what is wrong with a boundary that could be read, each problem with its place."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely import STRtree
from shapely.validation import explain_validity

from registry.geometry.finer import crossings, finer
from registry.geometry.measure import geometry_area_m2
from registry.geometry.model import Boundary, Level, Part, Problem
from registry.geometry.relate import as_geojson

ZHEJIANG = (118.0, 27.0, 123.2, 31.5)  # west, south, east, north in degrees
SMALL_KM2 = Decimal(10)
# Blocks that share a side overlap by rounding; less than this is a shared side.
OVERLAP_M2 = 1.0
# Below these a polygon has collapsed to a line: about a hundredth of a square metre, and one.
FLAT_DEGREES2 = 1e-12
ZERO_M2 = 1.0
PLACE = re.compile(r"^(.*?)(?: at or near point)?\s*\[(-?[\d.eE+-]+) (-?[\d.eE+-]+)\]$")
VALIDITY = {
    "Self-intersection": gettext_lazy("边界线自相交"),
    "Ring Self-intersection": gettext_lazy("边界线与自身相接"),
    "Hole lies outside shell": gettext_lazy("挖除部分在边界之外"),
    "Holes are nested": gettext_lazy("挖除部分互相嵌套"),
    "Interior is disconnected": gettext_lazy("内部被边界线隔断"),
    "Nested shells": gettext_lazy("多边形互相嵌套"),
    "Duplicate Rings": gettext_lazy("有两圈相同的边界线"),
}


def problems(boundary: Boundary) -> list[Problem]:
    """Errors first, then warnings; empty when nothing is wrong. Messages are for the applicant."""
    found = [
        *_of_parts(boundary),
        *_outside(boundary),
        *_overlaps(boundary),
        *finer(boundary),
        *_warnings(boundary),
    ]
    return sorted(found, key=lambda problem: problem.level is Level.WARNING)


def _of_parts(boundary: Boundary) -> Iterator[Problem]:
    for part in boundary.parts:
        for gap in part.gaps:
            message = _("%(block)s：边界没有闭合，终点与起点不重合。") % {"block": part.block}
            yield Problem("not_closed", message, *gap, remedy=_("请在最后一点之后重复第一点，或补上缺少的界址点。"))
        yield from _duplicates(part)
        if not part.is_polygon:
            message = _("%(block)s：界址点不足三个，围不成面。") % {"block": part.block}
            yield Problem("too_few_points", message, *part.shell[0], remedy=_("请补齐界址点，每圈至少三个不同的点。"))
            continue
        invalid = list(_invalid(part))
        yield from invalid
        if invalid:
            continue
        if part.area_m2 < ZERO_M2:
            yield Problem("zero_area", _("%(block)s：面积为零。") % {"block": part.block}, *part.shell[0])


def _invalid(part: Part) -> Iterator[Problem]:
    reason = explain_validity(part.polygon)
    if reason == "Valid Geometry":
        return
    match = PLACE.match(reason)
    kind, lon, lat = (match[1], float(match[2]), float(match[3])) if match else (reason, None, None)
    if part.polygon.convex_hull.area < FLAT_DEGREES2:
        yield Problem("zero_area", _("%(block)s：面积为零。") % {"block": part.block}, *part.shell[0])
        return
    remedy = _("请按界址点的先后次序核对，调整交叉处前后的点。")
    places = crossings(part)
    if not places:
        words = str(VALIDITY.get(kind, kind))
        message = _("%(block)s：%(words)s。") % {"block": part.block, "words": words}
        yield Problem("self_intersecting", message, lon, lat, remedy=remedy)
    for (a, b), point in places:
        message = _("%(block)s：边界线自相交，第%(a)d点之后的边与第%(b)d点之后的边交叉。") % {
            "block": part.block,
            "a": a,
            "b": b,
        }
        yield Problem("self_intersecting", message, *point, remedy=remedy)


def _duplicates(part: Part) -> Iterator[Problem]:
    for ring in part.rings:
        corners = ring[:-1]
        if len(corners) < 2:
            continue
        for number, (a, b) in enumerate(itertools.pairwise(corners), start=1):
            if a == b:
                message = _("%(block)s：第%(a)d点与第%(b)d点重复。") % {
                    "block": part.block,
                    "a": number,
                    "b": number + 1,
                }
                yield Problem("duplicate_points", message, *a, remedy=_("请删去重复的点。"))


def _outside(boundary: Boundary) -> Iterator[Problem]:
    west, south, east, north = ZHEJIANG
    for part in boundary.parts:
        away = [p for p in part.shell if not (west <= p[0] <= east and south <= p[1] <= north)]
        if not away:
            continue
        lon, lat = away[0]
        message = _("%(block)s：有%(count)d个点不在浙江省范围内（东经118°–123.2°，北纬27°–31.5°）。") % {
            "block": part.block,
            "count": len(set(away)),
        }
        if west <= lat <= east and south <= lon <= north:
            message += _("经度和纬度很可能填反了。")
            remedy = _("请把经度和纬度两列对调后重新上传。")
        else:
            remedy = _("请核对坐标和所选坐标系。")
        yield Problem("outside_zhejiang", message, lon, lat, remedy=remedy)


def _overlaps(boundary: Boundary) -> Iterator[Problem]:
    parts = [part for part in boundary.parts if part.is_polygon and part.polygon.is_valid]
    if len(parts) < 2:
        return
    pairs = STRtree([part.polygon for part in parts]).query([p.polygon for p in parts], "intersects")
    for i, j in sorted((int(i), int(j)) for i, j in zip(*pairs, strict=True) if i < j):
        shared = parts[i].polygon.intersection(parts[j].polygon)
        area = geometry_area_m2(shared)
        if area <= OVERLAP_M2:
            continue
        place = shared.representative_point()
        message = _("%(a)s与%(b)s重叠 %(area)s 平方米。") % {
            "a": parts[i].block,
            "b": parts[j].block,
            "area": f"{area:.0f}",
        }
        remedy = _("请把重叠部分只划给其中一个区块，否则面积会重复计算。")
        yield Problem("overlapping_blocks", message, place.x, place.y, remedy=remedy, shape=as_geojson(shared))


def _warnings(boundary: Boundary) -> Iterator[Problem]:
    for note in boundary.notes:
        yield Problem("note", note, level=Level.WARNING)
    if len(boundary.parts) > 1:
        counts = Counter(part.block for part in boundary.parts)
        listed = "、".join(counts)
        message = _("范围由%(count)d个部分组成（%(blocks)s），请说明可连片开发的理由。") % {
            "count": len(boundary.parts),
            "blocks": listed if len(listed) <= 200 else listed[:200] + "…",
        }
        yield Problem("several_parts", message, level=Level.WARNING)
    if boundary.area_km2 < SMALL_KM2:
        message = _("面积 %(area)s 平方公里，小于10平方公里。") % {"area": f"{boundary.area_km2:.4f}"}
        yield Problem("under_10_km2", message, level=Level.WARNING)
