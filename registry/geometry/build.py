"""Turns the raw rings that a reader found into a Boundary, with the limits that hold for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite

from django.utils.translation import gettext as _

from registry.geometry.crs import to_target
from registry.geometry.model import (
    MAX_PARTS,
    MAX_VERTICES,
    Boundary,
    BoundaryError,
    Part,
    Point,
    Ring,
    default_block,
)

MAX_NAME = 100


@dataclass(frozen=True)
class RawRing:
    """East-first coordinates as they stand in the file; `where` names the place in the file."""

    points: Sequence[Point]
    where: str
    closes_itself: bool = False


@dataclass(frozen=True)
class RawPart:
    """A polygon as read: first ring the shell, the others holes."""

    block: str
    rings: Sequence[RawRing]


@dataclass
class Reading:
    """What a reader hands over: the polygons and, in words, what it passed over."""

    parts: list[RawPart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check_vertices(count: int, where: str = "") -> None:
    """Raise when a boundary has more corners than can be handled."""
    if count > MAX_VERTICES:
        raise BoundaryError(
            "too_many_vertices",
            _("界址点过多：%(count)d 个，上限 %(limit)d 个。") % {"count": count, "limit": MAX_VERTICES},
            where=where,
            remedy=_("请用地理信息软件化简边界（容差 1 米即可）后重新上传；园区边界通常只需几百个界址点。"),
        )


def check_marks(data: bytes, mark: bytes, per_corner: int) -> None:
    """Raise before anything is parsed when a text holds far more separators than the corners allowed can need.

    Parsing a million corners costs hundreds of megabytes; counting bytes costs nothing.
    """
    count = data.count(mark) // per_corner
    # Heights, attributes and holes use separators too: only what is clearly too much is refused here.
    if count > MAX_VERTICES * 2:
        check_vertices(count)


def build(reading: Reading, crs: str) -> Boundary:
    """A Boundary in EPSG:4490 from what was read in `crs`. Raises BoundaryError."""
    if not reading.parts:
        raise BoundaryError(
            "no_polygon",
            _("没有找到面（多边形）。"),
            why=_("四至范围须是闭合的面，点和线不能计算面积。"),
            remedy=_("请导出面要素后重新上传。"),
        )
    if len(reading.parts) > MAX_PARTS:
        raise BoundaryError(
            "too_many_parts",
            _("多边形过多：%(count)d 个，上限 %(limit)d 个。") % {"count": len(reading.parts), "limit": MAX_PARTS},
            remedy=_("请只上传园区边界，不要上传地块或建筑。"),
        )
    check_vertices(sum(len(ring.points) for part in reading.parts for ring in part.rings))
    parts = tuple(_part(part, number, crs) for number, part in enumerate(reading.parts, start=1))
    return Boundary(parts, crs, tuple(dict.fromkeys(note for note in reading.notes if note)))


def _part(raw: RawPart, number: int, crs: str) -> Part:
    name = clean_name(raw.block) or default_block(number)
    gaps: list[Point] = []
    rings: list[Ring] = []
    for ring in raw.rings:
        if not ring.points:
            raise BoundaryError("no_points", _("没有坐标。"), where=ring.where)
        points = to_target(finite(ring.points, ring.where), crs, ring.where)
        if points[0] != points[-1]:
            if not ring.closes_itself:
                gaps.append(points[-1])
            points = (*points, points[0])
        rings.append(points)
    if not rings:
        raise BoundaryError("no_points", _("没有坐标。"), where=name)
    return Part(name, rings[0], tuple(rings[1:]), tuple(gaps))


def clean_name(name: str) -> str:
    """A block's name on one line, without control characters, at most 100 characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:MAX_NAME]


def finite(points: Iterable[Point], where: str) -> list[Point]:
    """The points, all of them real numbers."""
    checked = list(points)
    for number, point in enumerate(checked, start=1):
        if not (isfinite(point[0]) and isfinite(point[1])):
            raise BoundaryError(
                "not_a_number",
                _("坐标不是数值。"),
                where=_("%(where)s第%(number)d点") % {"where": where, "number": number},
            )
    return checked
