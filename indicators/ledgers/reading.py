"""Tables of ledger rows from CSV and XLSX, as fast as the readers are; nothing is checked but that they can be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from indicators.sheets import SheetRefused, lazy_rows
from workflow.ledger import recorded

LARGEST = 50 * 1024 * 1024
LARGEST_UNZIPPED = 800 * 1024 * 1024
# The sheet of a template that explains its columns.
GUIDE = recorded("填表说明")


@dataclass(frozen=True)
class Table:
    """A sheet: its name, the heads of its columns, its rows, to be read once; `first` is the number of the first row.

    `count` is about how many rows there are: of a file that is read while its rows are taken in, the lines.
    """

    title: str
    heads: list[str]
    rows: Iterable[list[Any]]
    count: int
    first: int = 2


def tables(name: str, content: bytes) -> list[Table]:
    """The sheets of a file that are not empty. Raises SheetRefused where it cannot be read."""
    if len(content) > LARGEST:
        raise SheetRefused([_("%(name)s：文件超过 50 MB，请分成几个文件导入。") % {"name": name}])
    if name.lower().endswith(".xlsx"):
        sheets = [(title, iter(rows), len(rows) - 1) for title, rows in _workbook(name, content)]
    else:
        below_head = content.count(b"\n") - content.endswith(b"\n")
        sheets = [(name, lazy_rows(name, content), below_head)]
    found = [_table(title, rows, count) for title, rows, count in sheets if title != GUIDE]
    if not any(begun for _table_, begun in found):
        raise SheetRefused([_("%(name)s：没有数据行。第一行应为列名，请用模板填写。") % {"name": name}])
    return [table for table, _begun in found if table.heads]


def _table(title: str, rows: Iterator[list[Any]], count: int) -> tuple[Table, bool]:
    """The table, and whether it has any row below its heads."""
    heads = [str(cell or "").strip() for cell in next(rows, [])]
    first = list(islice(rows, 1))
    return Table(title, heads, chain(first, rows), count), bool(first)


def _workbook(name: str, content: bytes) -> list[tuple[str, list[list[Any]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unzipped = sum(member.file_size for member in archive.infolist())
        if unzipped > LARGEST_UNZIPPED:
            raise ValueError(_("展开后过大"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
            if title != GUIDE
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the reader's own panics are no Exception
        said = {"name": name, "error": error}
        raise SheetRefused([_("%(name)s：打不开，文件可能损坏或有口令：%(error)s") % said]) from error
