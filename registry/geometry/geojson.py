"""Reads GeoJSON: polygons alone, as features, or in collections."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from registry.geometry.build import RawPart, RawRing, Reading, check_marks, check_vertices
from registry.geometry.crs import check_declared
from registry.geometry.model import BoundaryError, Point

NAME_KEYS = ("区块", "区块名称", "名称", "QKMC", "MC", "name", "Name", "NAME", "block")
MAX_DEPTH = 8


def read_geojson(data: bytes, crs: str) -> Reading:
    """Polygons of a GeoJSON text; other geometries are passed over with a note. Raises BoundaryError."""
    check_marks(data, b"[", 1)
    document = _load(data)
    reading = Reading()
    declared = document.get("crs")
    if isinstance(declared, Mapping):
        properties = declared.get("properties")
        name = str(properties.get("name", "")) if isinstance(properties, Mapping) else ""
        reading.notes.append(check_declared(name, crs, "crs"))
    vertices = 0
    for where, name, geometry in _geometries(document):
        parts = list(_polygons(geometry, where, name))
        vertices += sum(len(ring.points) for part in parts for ring in part.rings)
        check_vertices(vertices, where)
        reading.parts.extend(parts)
        if not parts:
            kind = geometry.get("type")
            reading.notes.append(_("%(where)s是 %(kind)s，不是面，未读取。") % {"where": where, "kind": kind})
    return reading


def _load(data: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        _not_json(_("文字编码不是 UTF-8。"))
    except json.JSONDecodeError as error:
        _not_json(_("第 %(line)d 行第 %(column)d 列不符合 JSON 语法。")
                  % {"line": error.lineno, "column": error.colno})  # fmt: skip
    except RecursionError:
        _not_json(_("括号嵌套过深。"))
    if not isinstance(document, Mapping):
        _not_json(_("最外层应是一个对象 { }。"))
    return document


def _not_json(why: str) -> NoReturn:
    raise BoundaryError("not_geojson", _("文件不是有效的 GeoJSON。"), why=why, remedy=_("请重新导出后上传。")) from None


def _refuse_constant(text: str) -> NoReturn:
    raise BoundaryError("not_a_number", _("坐标里有 %(text)s，不是数值。") % {"text": text})


def _geometries(
    node: Mapping[str, Any], where: str = "", name: str = "", depth: int = 0
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every plain geometry below a node, with the place and the block name it stands under."""
    kind = node.get("type")
    if depth > MAX_DEPTH:
        _not_json(_("集合嵌套过深。"))
    if kind == "FeatureCollection":
        for number, child in enumerate(_list(node.get("features"), "features"), start=1):
            place = _("要素%(number)d") % {"number": number}
            yield from _geometries(_object(child, place), place, "", depth + 1)
    elif kind == "Feature":
        geometry = node.get("geometry")
        if geometry is not None:
            yield from _geometries(_object(geometry, where), where, _name(node), depth + 1)
    elif kind == "GeometryCollection":
        for child in _list(node.get("geometries"), "geometries"):
            yield from _geometries(_object(child, where), where, name, depth + 1)
    elif isinstance(kind, str) and "coordinates" in node:
        yield where, name, node
    else:
        raise BoundaryError(
            "not_geojson",
            _("类型“%(kind)s”不是 GeoJSON 的类型。") % {"kind": kind},
            where=where,
            remedy=_("请导出为 GeoJSON 面要素。"),
        )


def _name(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties")
    if not isinstance(properties, Mapping):
        return ""
    return next((str(properties[key]) for key in NAME_KEYS if properties.get(key)), "")


def _polygons(geometry: Mapping[str, Any], where: str, name: str) -> Iterator[RawPart]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        yield _polygon(coordinates, where, name)
    elif kind == "MultiPolygon":
        for polygon in _list(coordinates, where):
            yield _polygon(polygon, where, name)


def _polygon(rings: Any, where: str, name: str) -> RawPart:
    raw = []
    for number, ring in enumerate(_list(rings, where), start=1):
        place = where if number == 1 else _("%(where)s第%(number)d圈") % {"where": where, "number": number}
        points = _list(ring, place)
        check_vertices(len(points), place)
        raw.append(RawRing([_point(point, place, i) for i, point in enumerate(points, start=1)], place))
    return RawPart(name, raw)


def _point(value: Any, where: str, number: int) -> Point:
    # A truth value counts as a number in Python, not in a coordinate.
    if (
        not isinstance(value, list)
        or len(value) < 2
        or any(isinstance(v, bool) or not isinstance(v, int | float) for v in value[:2])
    ):
        raise BoundaryError(
            "not_a_number",
            _("坐标“%(value)s”不是一对数值。") % {"value": str(value)[:40]},
            where=_("%(where)s第%(number)d点") % {"where": where, "number": number},
            remedy=_("坐标应写成 [经度, 纬度]。"),
        )
    try:
        return float(value[0]), float(value[1])
    except OverflowError:
        raise BoundaryError("not_a_number", _("坐标数值过大。"), where=where) from None


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise BoundaryError("not_geojson", _("应是列表 [ ]。"), where=where)
    return value


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BoundaryError("not_geojson", _("应是对象 { }。"), where=where)
    return value
