"""The rows of a ledger as XLSX or CSV, written row by row and read back before they are called ready."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from openpyxl import Workbook

from accounts.actors import Actor
from indicators.enums import Book
from indicators.ledgers import columns
from indicators.ledgers.checking import park_label
from indicators.ledgers.lists import FilterForm
from portal.exports import files
from portal.exports.tables import UNPRINTABLE, _cell
from registry.open_data import BOM, cell
from workflow.jobs import JobKind, register
from workflow.ledger import in_chinese
from workflow.models import Job

BATCH = 2_000


def build(job: Job, actor: Actor) -> None:
    """Write the rows that the list showed, as far as the person who asked still sees them."""
    book, form = Book(job.parameters["book"]), job.parameters["format"]
    asked = FilterForm(book, actor, QueryDict(job.parameters["query"]))
    encoding = "gb18030" if form == "gb18030" else "utf-8"
    with files.place_of(job) as path:
        rows = _texts(book, asked)
        mark = files.watermark(actor)
        written = _workbook(path, book, rows, mark) if form == "xlsx" else _csv(path, book, rows, mark, encoding)
    of_text = files.rows_of_csv("gb18030" if form == "gb18030" else "utf-8-sig")
    reader = files.rows_of_workbook if form == "xlsx" else of_text
    ending = "xlsx" if form == "xlsx" else "csv"
    name = f"{in_chinese(book.label)}-{timezone.localdate().isoformat()}.{ending}"
    files.read_back(job, name, written, reader)


def _heads(book: Book) -> list[str]:
    return [in_chinese(park_label(book)), *(columns.label(book, column.name) for column in columns.COLUMNS[book])]


def _texts(book: Book, asked: FilterForm) -> Iterator[list[str]]:
    names = [column.name for column in columns.COLUMNS[book]]
    words = columns.Words(book)
    for row in asked.rows().iterator(chunk_size=BATCH):
        told: list[Any] = [row.ledger.name, *(words(name, getattr(row, name)) for name in names)]
        yield [cell(UNPRINTABLE.sub("", str(text))) for text in told]


def _workbook(path: Path, book: Book, rows: Iterator[list[str]], mark: str) -> int:
    made = Workbook(write_only=True)
    sheet = made.create_sheet(in_chinese(book.label))
    sheet.freeze_panes = "C3"
    sheet.append([_cell(sheet, mark)])
    sheet.append([_cell(sheet, text, head=True) for text in _heads(book)])
    written = 0
    for texts in rows:
        sheet.append(texts)
        written += 1
    made.save(path)
    return written


def _csv(path: Path, book: Book, rows: Iterator[list[str]], mark: str, encoding: str) -> int:
    with path.open("w", encoding=encoding, newline="") as target:
        if encoding == "utf-8":
            target.write(BOM)
        writer = csv.writer(target)
        writer.writerow(_heads(book))
        written = 0
        for texts in rows:
            writer.writerow(texts)
            written += 1
        writer.writerow([mark])
    return written


register(JobKind("ledger.table", build=build))
