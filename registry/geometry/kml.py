"""Reads the polygons of a KML document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from registry.geometry.build import RawPart, RawRing, Reading, check_marks, check_vertices
from registry.geometry.crs import is_geographic
from registry.geometry.model import BoundaryError, Point

NAMED = 5
MAX_MARKS = 5_000


def read_kml(data: bytes, crs: str) -> Reading:
    """Polygons of every placemark; KML is always in degrees, so a projected `crs` is refused."""
    if not is_geographic(crs):
        raise BoundaryError(
            "crs_conflict",
            _("KML 的坐标只能是经纬度。"),
            why=_("所选坐标系 %(crs)s 以米为单位。") % {"crs": crs},
            remedy=_("请改选经纬度坐标系，或改用 Shapefile、界址点表。"),
        )
    check_marks(data, b",", 2)
    root = _parse(data)
    if _tag(root) != "kml":
        raise BoundaryError("not_kml", _("文件不是 KML。"), remedy=_("请重新导出为 KML 后上传。"))
    reading = Reading()
    count, filled = 0, set[str]()
    for where, name, polygon in _polygons(root):
        part = RawPart(name, list(_rings(polygon, where)))
        count += sum(len(ring.points) for ring in part.rings)
        check_vertices(count, where)
        reading.parts.append(part)
        filled.add(where)
    passed_over = [where for where, _name in _placemarks(root) if where not in filled]
    if passed_over:
        names = "、".join(passed_over[:NAMED])
        reading.notes.append(
            _("%(count)d 个地标不是面，未读取：%(names)s。") % {"count": len(passed_over), "names": names}
        )
    return reading


def _parse(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise BoundaryError(
            "unsafe_xml",
            _("文件里有实体或文档类型声明，出于安全不予读取。"),
            remedy=_("请用地理信息软件重新导出 KML。"),
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        position = getattr(error, "position", None)
        where = _("第 %(line)d 行") % {"line": position[0]} if position else ""
        raise BoundaryError(
            "not_kml", _("文件不是有效的 KML（XML 语法错误）。"), where=where, remedy=_("请重新导出后上传。")
        ) from None
    return root


def _placemarks(root: Element) -> Iterator[tuple[str, str]]:
    for number, mark in enumerate(_all(root, "Placemark"), start=1):
        yield _place(number, mark)


def _place(number: int, mark: Element) -> tuple[str, str]:
    name = _text(mark, "name")
    where = _("地标%(number)d") % {"number": number}
    return (f"{where}（{name[:40]}）" if name else where), name


def _polygons(root: Element) -> Iterator[tuple[str, str, Element]]:
    """Every Polygon with the placemark it belongs to, in one walk, however deep the nesting."""
    number, stack = 0, [(root, ("", ""))]
    while stack:
        node, place = stack.pop()
        if _tag(node) == "Polygon":
            yield *place, node
            continue
        if _tag(node) == "Placemark":
            number += 1
            if number > MAX_MARKS:
                raise _too_many()
            place = _place(number, node)
        stack.extend((child, place) for child in reversed(node))


def _too_many() -> BoundaryError:
    return BoundaryError(
        "too_many_parts",
        _("地标过多，上限 %(limit)d 个。") % {"limit": MAX_MARKS},
        remedy=_("请只上传园区边界，不要上传地块或建筑。"),
    )


def _rings(polygon: Element, where: str) -> Iterator[RawRing]:
    for boundary in ("outerBoundaryIs", "innerBoundaryIs"):
        for side in _children(polygon, boundary):
            for ring in _children(side, "LinearRing"):
                yield RawRing(list(_points(_text(ring, "coordinates"), where)), where)


def _points(text: str, where: str) -> Iterator[Point]:
    tuples = text.split()
    check_vertices(len(tuples), where)
    for number, item in enumerate(tuples, start=1):
        try:
            lon, lat, *_height = (float(value) for value in item.split(","))
        except ValueError:
            raise BoundaryError(
                "not_a_number",
                _("坐标“%(item)s”无法识别。") % {"item": item[:40]},
                where=_("%(where)s第%(number)d点") % {"where": where, "number": number},
                remedy=_("应写成“经度,纬度,高程”，点与点之间用空格隔开。"),
            ) from None
        yield lon, lat


def _all(node: Element, tag: str) -> Iterator[Element]:
    return (child for child in node.iter() if _tag(child) == tag)


def _children(node: Element, tag: str) -> Iterator[Element]:
    return (child for child in node if _tag(child) == tag)


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _text(node: Element, tag: str) -> str:
    return next(((child.text or "").strip() for child in node if _tag(child) == tag), "")
