"""Reading the data file: one row per unit, numbers exact, unknown cells empty."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.composite.errors import CompositeError

UNIT = "unit"
GROUP = "group"
MISSING = ("", "NA")  # R writes NA for what is unknown
LARGEST = 10**300
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_WORDS = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)

Cells = tuple[Fraction | None, ...]


@dataclass(frozen=True)
class Table:
    """Units (评价对象) in the order of the file, the group of each, and exact columns; None is unknown."""

    units: tuple[str, ...]
    groups: tuple[str, ...] | None
    columns: Mapping[str, Cells]


def number(text: str, where: str) -> Fraction:
    """Read a decimal number, an exponent allowed. Raises CompositeError naming `where`."""
    plain = text.strip()
    if _WORDS.fullmatch(plain):
        raise CompositeError(f"{where}：{text!r} 不是有限的数；未知的值请留空，不要写 NaN 或无穷")
    if not _NUMBER.fullmatch(plain):
        raise CompositeError(f"{where}：{text!r} 不是数；请填半角十进制数（不用千分位），未知的值请留空")
    value = Fraction(plain)
    if abs(value) > LARGEST:
        raise CompositeError(f"{where}：{text!r} 太大，无法计算；请换用更大的计量单位")
    return value


def rows(content: bytes, name: str, needed: Sequence[str]) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header and the rows (with their line numbers) of a CSV file in UTF-8, with or without BOM.

    Blank lines are passed over. Raises CompositeError for another encoding, an empty file, a doubled or
    missing column, a row of another width.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CompositeError(
            f"{name}：不是 UTF-8 编码（第 {error.start + 1} 个字节无法识别）；请另存为“CSV UTF-8”后再用"
        ) from error
    if "\0" in text:
        raise CompositeError(f"{name}：含有空字符，可能是 UTF-16 编码；请另存为“CSV UTF-8”后再用")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise CompositeError(f"{name}：第 {reader.line_num} 行不是有效的 CSV（{error}）；请检查引号") from error
    if not lines:
        raise CompositeError(f"{name}：文件是空的；第一行应为列名：{'、'.join(needed)}……")
    header = [cell.strip() for cell in lines[0][1]]
    _check_header(header, name, needed)
    if len(lines) == 1:
        raise CompositeError(f"{name}：只有列名，没有数据行；请至少填一行")
    return header, [(line, _row(header, cells, line, name)) for line, cells in lines[1:]]


def _check_header(header: Sequence[str], name: str, needed: Sequence[str]) -> None:
    for column in header:
        if header.count(column) > 1:
            raise CompositeError(f"{name}：列名 {column!r} 出现不止一次；每列的名称须唯一")
    for column in needed:
        if column not in header:
            raise CompositeError(f"{name}：缺少列 {column!r}；现有的列：{'、'.join(header)}")


def _row(header: Sequence[str], cells: Sequence[str], line: int, name: str) -> dict[str, str]:
    if len(cells) != len(header):
        raise CompositeError(
            f"{name}：第 {line} 行有 {len(cells)} 个单元格，列名有 {len(header)} 个；请补齐或删去多余的"
        )
    return {column: cell.strip() for column, cell in zip(header, cells, strict=True)}


def read(content: bytes, name: str, wanted: Iterable[str]) -> Table:
    """Read the data file: column `unit`, optional `group`, and each column of `wanted`; others are ignored.

    Raises CompositeError naming line, unit and column of what cannot be used.
    """
    columns = list(dict.fromkeys(wanted))
    header, given = rows(content, name, (UNIT, *columns))
    units: dict[str, int] = {}
    for line, row in given:
        unit = row[UNIT]
        if not unit:
            raise CompositeError(f"{name}：第 {line} 行的 unit 是空的；每行须写明评价对象")
        if unit in units:
            raise CompositeError(
                f"{name}：评价对象 {unit!r} 出现两次（第 {units[unit]} 行和第 {line} 行）；每个对象只能有一行"
            )
        units[unit] = line
    groups = tuple(row[GROUP] for _, row in given) if GROUP in header and GROUP not in columns else None
    cells = {
        column: tuple(_cell(row[column], f"{name}：第 {line} 行（{row[UNIT]}）的列 {column}") for line, row in given)
        for column in columns
    }
    return Table(tuple(units), groups, cells)


def _cell(text: str, where: str) -> Fraction | None:
    return None if text in MISSING else number(text, where)
