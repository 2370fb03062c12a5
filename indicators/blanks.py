"""The empty table of a return (填报模板), made from the catalogue: prefilled, as XLSX with explanations or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators import sheets
from indicators.models import Return
from indicators.tables import Row

COLUMNS = ("subject", "year", "code", "name", "value", "unit", "source", "note", "explanation")
HEADINGS = tuple(sheets.HEADINGS[column] for column in COLUMNS)
UNKNOWN = "未知"
WIDTHS = {"name": 34, "code": 26, "source": 24, "note": 32, "explanation": 32, "value": 16, "subject": 18}
EXACT = 15
FORMULA = ("=", "+", "-", "@", "\t")
HEAD = PatternFill("solid", fgColor="DCE6F1")


def as_csv(report: Return, rows: Sequence[Row]) -> bytes:
    """The table as UTF-8 with BOM, so that a spreadsheet reads the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow([_harmless(column, cell) for column, cell in zip(COLUMNS, _cells(report, row), strict=True)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(report: Return, rows: Sequence[Row]) -> bytes:
    """The table, how to fill it in, and what each figure is."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "数据"
    _lines(sheet, [HEADINGS, *(_cells(report, row) for row in rows)])
    for at, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column, 10)
    explained, figures = (book.create_sheet(title) for title in sheets.EXPLAINING)
    _lines(explained, _how(report))
    _lines(figures, _what(rows))
    for extra, widths in ((explained, (18, 100)), (figures, (26, 36, 10, 10, 10, 20, 16))):
        for at, width in enumerate(widths, start=1):
            extra.column_dimensions[get_column_letter(at)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(report: Return, row: Row) -> tuple[str, ...]:
    entry = row.entry
    value = UNKNOWN if entry and entry.unknown else (entry.value if entry else None) or ""
    said = (entry.source, entry.note, entry.explanation) if entry else ("", "", "")
    return (report.subject, str(report.year), row.code, row.label, value, row.unit, *said)


def _lines(sheet: Worksheet, lines: Sequence[Sequence[str]]) -> None:
    for number, line in enumerate(lines, start=1):
        for at, text in enumerate(line, start=1):
            cell = sheet.cell(number, at)
            figure = _number(text) if sheet.title == "数据" and number > 1 and COLUMNS[at - 1] == "value" else None
            cell.value = text if figure is None else figure
            if figure is None:
                # What begins with = is a word here, never a formula.
                cell.data_type, cell.number_format = "s", "@"
            if number == 1:
                cell.font, cell.fill = Font(bold=True), HEAD
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"


def _number(text: str) -> Decimal | None:
    """A value as a number of the spreadsheet, where that keeps every digit."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and len(found.as_tuple().digits) <= EXACT else None


def _harmless(column: str, text: str) -> str:
    """Words that a spreadsheet would take for a formula are marked as words; read back without the mark."""
    return f"'{text}" if column != "value" and text.startswith(FORMULA) else text


def plain(text: str) -> str:
    """Words without the mark of `_harmless`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _how(report: Return) -> list[tuple[str, str]]:
    return [
        (_("列"), _("怎样填写")),
        (
            sheets.HEADINGS["subject"],
            _("对象代码：%(code)s（%(name)s），不要改动。") % {"code": report.subject, "name": report.name},
        ),
        (sheets.HEADINGS["year"], _("年度：%(year)d，不要改动。") % {"year": report.year}),
        (sheets.HEADINGS["code"], _("指标代码，不要改动；含义见“指标说明”。")),
        (sheets.HEADINGS["name"], _("指标名称，只供查看。")),
        (
            sheets.HEADINGS["value"],
            _("数值，例如 1234.56；不掌握的写“未知”并在“口径说明”写明原因，不要填 0；空白表示尚未填写。"),
        ),
        (sheets.HEADINGS["unit"], _("单位，须与模板一致；1 亿元 = 10000 万元，请换算后填写。")),
        (sheets.HEADINGS["source"], _("来源，例如：统计年报、税务数据。")),
        (sheets.HEADINGS["note"], _("口径说明，例如：规上工业口径。")),
        (sheets.HEADINGS["explanation"], _("异常说明：比上年变化超过 50% 等情况的原因，例如：两家企业投产。")),
    ]


def _what(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    head = (_("代码"), _("名称"), _("单位"), _("性质"), _("考核"), _("核定部门"), _("上年"))
    return [
        head,
        *(
            (
                row.code,
                row.label,
                row.unit,
                row.nature,
                _("是") if row.needed else "",
                row.owner.short_name if row.owner else "",
                (row.last.value or UNKNOWN) if row.last else "",
            )
            for row in rows
        ),
    ]
