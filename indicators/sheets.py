"""Tables of figures from CSV and XLSX, each value with the sheet and the cell that it stands in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators import units
from registry.geometry import BoundaryError
from registry.geometry.tables import DAMAGED, decode_text

COLUMNS = ("subject", "year", "code", "value", "unit", "source", "note")
# What the template of a return has besides; any other column is left unread.
FURTHER = ("explanation",)
COMPULSORY = ("subject", "year", "code", "value")
# How the columns are headed for people; a table may use either name.
HEADINGS = {
    "subject": "对象代码", "year": "年度", "code": "指标代码", "name": "指标名称", "value": "数值", "unit": "单位",
    "source": "来源", "note": "口径说明", "explanation": "异常说明",
}  # fmt: skip
_NAMES = {heading: column for column, heading in HEADINGS.items()}
# Sheets of the template that explain and hold no figures.
EXPLAINING = ("填写说明", "指标说明")


class SheetRefused(ValueError):
    """A table that is not taken: each problem with its sheet, cell, value and rule."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Line:
    """One row of a table by column, with where it stands."""

    sheet: str
    number: int
    cells: dict[str, str]
    letters: dict[str, str]

    def at(self, column: str) -> str:
        """Where a column's cell stands: sheet and cell, such as `数据!D5`."""
        return f"{self.sheet}!{self.letters.get(column, '?')}{self.number}"


def wrong_unit(line: Line, label: str, unit: str) -> str:
    """That a line's unit is not the figure's, with its value converted where both are of money; empty where it is."""
    given, value = line.cells.get("unit", ""), line.cells["value"]
    if not given or given == unit:
        return ""
    said = {"where": line.at("unit"), "value": given, "unit": unit or _("空白"), "name": label}
    words = _("%(where)s：单位“%(value)s”不对，%(name)s的单位是“%(unit)s”（V2），请换算后再导入") % said
    if given in units.MONEY and unit in units.MONEY:
        right = units.Scale(given, units.MONEY[unit] / units.MONEY[given]).stored(value)
        if right != value:
            return words + _("，例如 %(right)s %(unit)s。") % {"right": right, "unit": unit}
    return words + _("，例如单位写“%(unit)s”。") % {"unit": unit} if unit else words + _("，例如单位一栏留空。")


def read(name: str, content: bytes) -> list[Line]:
    """The rows of a file, of all its sheets that are not empty. Raises SheetRefused with every problem."""
    table = _workbook(name, content) if name.lower().endswith(".xlsx") else [(name, text_rows(name, content))]
    problems: list[str] = []
    lines: list[Line] = []
    for title, rows in table:
        try:
            lines += _lines(title, rows)
        except SheetRefused as refused:
            problems += refused.problems
    if problems:
        raise SheetRefused(problems)
    if not lines:
        raise SheetRefused([_("%(name)s：没有数据行。第一行应为列名：%(columns)s。") % _head(name)])
    return lines


def _head(name: str) -> dict[str, str]:
    return {"name": name, "columns": "、".join(map(_headed, COLUMNS))}


def _headed(column: str) -> str:
    """A column by either name."""
    return f"{HEADINGS[column]}（{column}）"


def text_rows(name: str, content: bytes) -> list[list[str]]:
    """The rows of a CSV file. Raises SheetRefused."""
    return list(lazy_rows(name, content))


def lazy_rows(name: str, content: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file, each read when it is asked for; SheetRefused comes at the row that cannot be read."""
    try:
        text = decode_text(content)
    except BoundaryError as error:
        raise SheetRefused([_("%(name)s：文字编码无法识别，请另存为 UTF-8 编码的 CSV。") % {"name": name}]) from error
    if "\x00" in text:
        raise SheetRefused([_("%(name)s：不是文本表格，请另存为 UTF-8 编码的 CSV。") % {"name": name}])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        said = {"name": name, "line": reader.line_num, "error": error}
        raise SheetRefused([_("%(name)s：第 %(line)d 行不是有效的 CSV：%(error)s") % said]) from error


def _workbook(name: str, content: bytes) -> list[tuple[str, list[list[str]]]]:
    problems: list[str] = []
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        found = [(sheet.title, _rows(sheet, problems)) for sheet in book.worksheets if sheet.title not in EXPLAINING]
    except DAMAGED as error:
        said = {"name": name, "error": error}
        raise SheetRefused([_("%(name)s：打不开，文件可能损坏或有口令：%(error)s") % said]) from error
    if problems:
        raise SheetRefused(problems)
    return [(title, rows) for title, rows in found if any(any(row) for row in rows)]


def _rows(sheet: Worksheet, problems: list[str]) -> list[list[str]]:
    """The cells of a sheet as text; formulas are added to the problems."""
    rows = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        rows.append([_cell(cell.value) for cell in row])
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f":
                said = {"where": f"{sheet.title}!{get_column_letter(column)}{number}", "value": str(cell.value)[:40]}
                problems.append(_("%(where)s：是公式 %(value)s，请粘贴为数值。") % said)
    return rows


def _cell(value: Any) -> str:
    """A cell as it was typed; numbers as plain decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        return format(Decimal(repr(value)), "f") if value == value else ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value).strip()


def _lines(title: str, rows: list[list[str]]) -> list[Line]:
    if not rows:
        return []
    names = [_NAMES.get(cell.strip(), cell.strip().lower()) for cell in rows[0]]
    missing = [column for column in COMPULSORY if column not in names]
    if missing:
        said = {**_head(title), "missing": "、".join(_headed(column) for column in missing)}
        raise SheetRefused([_("%(name)s：第一行缺少列 %(missing)s；应为列名：%(columns)s。") % said])
    doubled = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if doubled:
        raise SheetRefused(
            [_("%(name)s：列 %(columns)s 出现两次。") % {"name": title, "columns": "、".join(map(_headed, doubled))}]
        )
    place = {column: names.index(column) for column in (*COLUMNS, *FURTHER) if column in names}
    letters = {column: get_column_letter(index + 1) for column, index in place.items()}
    return [
        Line(
            title,
            number,
            {column: row[index].strip() if index < len(row) else "" for column, index in place.items()},
            letters,
        )
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
