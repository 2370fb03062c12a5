"""Rows of corner tables from pasted text, CSV, TSV and XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from registry.geometry.build import check_vertices
from registry.geometry.corners import Row
from registry.geometry.model import MAX_VERTICES, BoundaryError

MAX_UNZIPPED_BYTES = 40 * 1024 * 1024
MAX_SHEETS = 20
MAX_COLUMNS = 30
MAX_ROWS = MAX_VERTICES + 100
# What openpyxl lets through when a workbook is not one.
DAMAGED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    ParseError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
HEAD_CHARACTERS, HEAD_LINES = 5_000, 10
DELIMITERS = "\t,，;；|"
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def decode_text(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 with its mark, or GB 18030 as Chinese offices save it."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    for encoding in filter(None, (marked, "utf-8", "gb18030")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BoundaryError("bad_encoding", _("文字编码无法识别。"), remedy=_("请另存为 UTF-8 编码的 CSV 后上传。"))


def text_rows(text: str) -> Iterator[tuple[int, Row]]:
    """Numbered rows of a table in text: tab, comma (also ，), semicolon, bar or blanks between columns."""
    if "\x00" in text:
        raise BoundaryError("not_text", _("文件不是文本表格。"), remedy=_("请另存为 CSV 后上传。"))
    check_vertices(text.count("\n") - 100)
    delimiter = _delimiter(text)
    if not delimiter:
        yield from ((i, line.split()) for i, line in enumerate(text.splitlines(), start=1))
        return
    # The second mark in 12′30.5" is a quotation mark to the csv module; only leading ones quote a cell.
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        raise BoundaryError(
            "bad_table",
            _("表格格式有误。"),
            where=_("第 %(line)d 行") % {"line": reader.line_num},
            remedy=_("请另存为 CSV 后重新上传。"),
        ) from None


def _delimiter(text: str) -> str:
    """The mark found in most of the first lines, a title above the table notwithstanding; none: blanks."""
    head = [line for line in text[:HEAD_CHARACTERS].splitlines() if line.strip()][:HEAD_LINES]
    counts = {mark: sum(mark in line for line in head) for mark in DELIMITERS}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


def xlsx_rows(data: bytes) -> Iterator[tuple[int, Row]]:
    """Numbered rows of the one sheet of a workbook that has content; of formulas only their saved values."""
    _check_workbook(data)
    try:
        # Read-only mode walks row by row: a cell far out costs nothing.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [rows for sheet in book.worksheets if (rows := list(_sheet_rows(sheet)))]
    except BoundaryError:
        raise
    except DAMAGED as error:
        # openpyxl wraps what the XML guard says.
        if isinstance(error.__cause__ or error, DefusedXmlException):
            raise _unsafe_xml() from None
        raise _not_workbook() from error
    if len(sheets) > 1:
        raise BoundaryError(
            "several_sheets",
            _("工作簿里有 %(count)d 张表有内容。") % {"count": len(sheets)},
            remedy=_("请只保留一张界址点表；多个区块请写在同一张表里，用“区块”列区分。"),
        )
    yield from (sheets[0] if sheets else [])


def _sheet_rows(sheet: Worksheet) -> Iterator[tuple[int, Row]]:
    rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    for line, row in enumerate(rows, start=1):
        if line > MAX_ROWS:
            raise BoundaryError(
                "too_many_rows",
                _("表格超过 %(limit)d 行。") % {"limit": MAX_ROWS},
                remedy=_("请删除表格下方的空行和无关内容。"),
            )
        if any(cell is not None and cell != "" for cell in row):
            yield line, row


def _check_workbook(data: bytes) -> None:
    """Raise unless the workbook is an unencrypted package of a bearable unpacked size."""
    if data.startswith(OLE_SIGNATURE):
        raise BoundaryError(
            "encrypted_workbook",
            _("工作簿有密码，或是旧版 .xls 格式。"),
            remedy=_("请去掉密码，另存为 .xlsx 后上传。"),
        )
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as member:
                    while chunk := member.read(1024 * 1024):
                        total += len(chunk)
                        if total > MAX_UNZIPPED_BYTES:
                            raise BoundaryError(
                                "zip_too_large",
                                _("工作簿解压后超过 %(limit)d MB。") % {"limit": MAX_UNZIPPED_BYTES // 1024 // 1024},
                                remedy=_("请只保留界址点表后上传。"),
                            )
    except BoundaryError:
        raise
    except (*DAMAGED, EOFError, RuntimeError):
        raise _not_workbook() from None


def _unsafe_xml() -> BoundaryError:
    return BoundaryError(
        "unsafe_xml",
        _("工作簿里有实体或文档类型声明，出于安全不予读取。"),
        remedy=_("请用表格软件另存后上传。"),
    )


def _not_workbook() -> BoundaryError:
    return BoundaryError("not_xlsx", _("文件不是有效的 .xlsx 工作簿。"), remedy=_("请用表格软件另存为 .xlsx 后上传。"))
