"""Reads tables of corner points (界址点表): one row per corner, several blocks, inner rings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from registry.geometry.angles import parse_number
from registry.geometry.build import RawPart, RawRing, Reading, check_vertices
from registry.geometry.crs import EASTINGS, NORTHINGS, is_geographic, projection
from registry.geometry.model import BoundaryError, Point

Row = Sequence[object]


class Column(StrEnum):
    """What a column of the table holds; X is north in Chinese surveying (GB/T 18316), east elsewhere."""

    BLOCK = "block"
    RING = "ring"
    NUMBER = "number"
    EAST = "east"
    NORTH = "north"
    X = "x"
    Y = "y"


HEADINGS = {
    Column.BLOCK: ("区块", "区块名称", "地块", "地块名称", "片区", "片区名称", "名称", "block", "name"),
    Column.RING: ("圈号", "地块圈号", "环", "环号", "ring"),
    Column.NUMBER: ("序号", "点号", "编号", "界址点", "界址点号", "拐点", "拐点号", "no", "number", "point"),
    Column.EAST: ("经度", "东经", "东坐标", "东", "lon", "lng", "long", "longitude", "e", "east", "easting"),
    Column.NORTH: ("纬度", "北纬", "北坐标", "北", "lat", "latitude", "n", "north", "northing"),
    Column.X: ("x", "x坐标", "纵坐标", "纵坐标x", "x纵坐标"),
    Column.Y: ("y", "y坐标", "横坐标", "横坐标y", "y横坐标"),
}
NAMES = {name: column for column, names in HEADINGS.items() for name in names}
ORDINAL = re.compile(r"^[A-Za-z]*(\d{1,9})$")
HEADING_ROWS = 10
INNER = re.compile(r"^\D*0*([1-9]\d{0,3})$")


@dataclass(frozen=True)
class Corner:
    """One row: its line in the file, block, ring, label and east-first coordinates."""

    line: int
    block: str
    ring: str
    label: str
    point: Point


def read_rows(rows: Iterable[tuple[int, Row]], crs: str) -> Reading:
    """A Reading from numbered rows, the heading among the first ten. Raises BoundaryError with the row."""
    numbered = [(line, row) for line, row in rows if any(_text(cell) for cell in row)]
    columns, body = _heading(numbered)
    check_vertices(len(body))
    east, north, note = _axes(columns, body, crs)
    reading = Reading(notes=[note] if note else [])
    rings: dict[tuple[str, str], list[Corner]] = {}
    last: tuple[str, str] | None = None
    for corner in _corners(columns, body, east, north):
        key = (corner.block, corner.ring)
        if key != last and key in rings:
            raise BoundaryError(
                "scattered_block",
                _("区块“%(block)s”的界址点分在不相连的几处。") % {"block": corner.block},
                where=_line(corner.line),
                remedy=_("请把同一区块（同一圈）的界址点排在一起。"),
            )
        rings.setdefault(key, []).append(corner)
        last = key
    for corners in rings.values():
        _check_closing(corners)
        reading.notes.append(_order_note(corners))
    reading.parts.extend(_parts(rings))
    return reading


def _heading(rows: Sequence[tuple[int, Row]]) -> tuple[dict[Column, int], Sequence[tuple[int, Row]]]:
    if not rows:
        raise BoundaryError("empty", _("表格是空的。"), remedy=_("请填写界址点后上传。"))
    for index, (line, row) in enumerate(rows[:HEADING_ROWS]):
        columns: dict[Column, int] = {}
        for position, cell in enumerate(row):
            column = NAMES.get(_heading_name(_text(cell)))
            if column is None:
                continue
            if column in columns:
                raise BoundaryError(
                    "repeated_column",
                    _("列名“%(name)s”重复。") % {"name": _text(cell)},
                    where=_line(line),
                    remedy=_("请每种列只保留一列。"),
                )
            columns[column] = position
        if {Column.EAST, Column.NORTH} <= columns.keys() or {Column.X, Column.Y} <= columns.keys():
            return columns, rows[index + 1 :]
    raise BoundaryError(
        "no_heading",
        _("没有找到列名。"),
        where=_line(rows[0][0]),
        why=_("须有“经度”和“纬度”两列，或“X”和“Y”两列。"),
        remedy=_("请在第一行写列名，例如：区块,序号,经度,纬度。"),
    )


def _heading_name(text: str) -> str:
    """Heading without units and spaces: 经度（°） and X(m) are 经度 and x."""
    return re.sub(r"[（(\[【].*?[）)\]】]|\s|[:：*]", "", text).lower()


def _axes(columns: dict[Column, int], body: Sequence[tuple[int, Row]], crs: str) -> tuple[int, int, str]:
    """Positions of the eastern and northern column; which of X and Y is north follows from the values.

    In Zhejiang northings lie at 2.9–3.6 million metres and eastings below 0.9 million after the zone
    number, so the two can never be taken for one another.
    """
    if Column.EAST in columns and Column.NORTH in columns:
        return columns[Column.EAST], columns[Column.NORTH], ""
    x, y = columns[Column.X], columns[Column.Y]
    if is_geographic(crs):
        raise BoundaryError(
            "ambiguous_axes",
            _("所选坐标系是经纬度，列名却是 X、Y。"),
            why=_("X 可能指经度，也可能指纬度。"),
            remedy=_("请把列名改为“经度”“纬度”，或改选相应的3度带坐标系。"),
        )
    sample = next((parse_number(_text(row[x])) for _line, row in body if x < len(row)), None)
    system = projection(crs)
    offset = system.false_easting - system.false_easting % 1_000_000 if system else 0
    if sample is not None and EASTINGS[0] <= sample - offset <= EASTINGS[1]:
        return x, y, _("表中 X 列为东坐标、Y 列为北坐标，已按此读取。")
    if sample is not None and NORTHINGS[0] <= sample <= NORTHINGS[1]:
        return y, x, _("表中 X 列为北坐标（纵坐标）、Y 列为东坐标（横坐标），已按此读取。")
    return y, x, ""


def _corners(columns: dict[Column, int], body: Sequence[tuple[int, Row]], east: int, north: int) -> Iterable[Corner]:
    block = ring = ""
    for line, row in body:
        named = _cell(row, columns.get(Column.BLOCK))
        if named and named != block:
            block, ring = named, ""
        ring = _cell(row, columns.get(Column.RING)) or ring
        label = _cell(row, columns.get(Column.NUMBER))
        point = (_number(row, east, line), _number(row, north, line))
        yield Corner(line, block, ring, label, point)


def _number(row: Row, position: int, line: int) -> float:
    text = _cell(row, position)
    where = _("第 %(line)d 行第 %(column)d 列") % {"line": line, "column": position + 1}
    if not text:
        raise BoundaryError(
            "missing_coordinate",
            _("缺少坐标。"),
            where=where,
            why=_("单元格为空，或公式没有保存结果。"),
            remedy=_("请填写数值；含公式的请“选择性粘贴为数值”。"),
        )
    number = parse_number(text)
    if number is None:
        raise BoundaryError(
            "not_a_number",
            _("“%(text)s”不是坐标。") % {"text": text[:40]},
            where=where,
            remedy=_("请写成小数（120.208472）或度分秒（120°12′30.5″），分、秒须小于60。"),
        )
    return number


def _check_closing(corners: Sequence[Corner]) -> None:
    """A ring that returns to its first corner must end there."""
    first = corners[0].point
    early = next((c for c in corners[2:-1] if c.point == first), None)
    if early is not None:
        raise BoundaryError(
            "closed_early",
            _("边界已回到起点，其后还有界址点。"),
            where=_line(early.line),
            why=_("一圈界址点只能围成一个面。"),
            remedy=_("另一个区块请在“区块”列写不同的名称；内部挖除的部分请在“圈号”列写 2。"),
        )


def _order_note(corners: Sequence[Corner]) -> str:
    """A note when plain running numbers do not rise; the row order is what makes the shape."""
    matches = [(corner, ORDINAL.match(corner.label)) for corner in corners]
    if corners[0].point == corners[-1].point:
        matches.pop()
    numbers = [(corner, int(match[1])) for corner, match in matches if match]
    for (_before, a), (after, b) in itertools.pairwise(numbers):
        if b <= a:
            return _("第 %(line)d 行的序号 %(label)s 没有接着上一行递增；边界按行的先后连线，请核对。") % {
                "line": after.line,
                "label": after.label,
            }
    return ""


def _parts(rings: dict[tuple[str, str], list[Corner]]) -> list[RawPart]:
    blocks: dict[str, list[RawRing]] = {}
    for (block, ring), corners in rings.items():
        inner = INNER.match(ring)
        if ring and inner is None:
            raise BoundaryError(
                "bad_ring",
                _("圈号“%(ring)s”无法识别。") % {"ring": ring[:20]},
                where=_line(corners[0].line),
                remedy=_("外圈写 1，内部挖除的部分依次写 2、3……"),
            )
        name = _("区块“%(block)s”") % {"block": block} if block else _("界址点表")
        where = _("%(name)s（自第 %(line)d 行起）") % {"name": name, "line": corners[0].line}
        blocks.setdefault(block, []).append(RawRing([c.point for c in corners], where, closes_itself=True))
    return [RawPart(block, found) for block, found in blocks.items()]


def _cell(row: Row, position: int | None) -> str:
    return _text(row[position]) if position is not None and position < len(row) else ""


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def _line(line: int) -> str:
    return _("第 %(line)d 行") % {"line": line}
