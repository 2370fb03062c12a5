"""The table to be filled in, made from the columns that it is read by."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from indicators.enums import Book
from indicators.ledgers.cells import Choice, Column
from indicators.ledgers.checking import park_label
from indicators.ledgers.columns import COLUMNS, label
from indicators.ledgers.reading import GUIDE

LONGEST_TITLE = 31


def workbook(book: Book, parks: list[str]) -> bytes:
    """An empty table with its heads, and a sheet that explains each column and names the parks."""
    made = Workbook()
    sheet, guide = made.active, made.create_sheet(GUIDE)
    assert sheet is not None
    sheet.title = str(book.label)[:LONGEST_TITLE]
    sheet.append([park_label(book), *(label(book, column.name) for column in COLUMNS[book])])
    for number, width in enumerate((24, *(column.width for column in COLUMNS[book])), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(1, number)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    guide.append([_("列"), _("必填"), _("示例"), _("说明")])
    guide.append([park_label(book), "" if len(parks) == 1 else _("是"), parks[0] if parks else "", "、".join(parks)])
    for column in COLUMNS[book]:
        told = [label(book, column.name), _("是") if column.required else "", column.example, _explained(column)]
        guide.append(told)
    for letter, width in zip("ABCD", (28, 8, 28, 60), strict=True):
        guide.column_dimensions[letter].width = width
    for row in guide.iter_rows(min_row=2):
        for cell in row:
            cell.data_type, cell.number_format = "s", "@"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _explained(column: Column) -> str:
    """What is said of a column, and of a choice what may be chosen."""
    if not isinstance(column.read, Choice):
        return str(column.help)
    labels = "；".join(str(label) for _value, label in column.read.options())
    choices = _("可选：%(labels)s") % {"labels": labels}
    return f"{column.help} {choices}".strip()
