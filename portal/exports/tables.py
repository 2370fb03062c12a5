"""The list of the desk as XLSX or CSV, written row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from accounts.actors import Actor
from applications.models import Filing, FilingVersion
from portal import worklist
from portal.exports import files
from portal.exports.columns import Column, Record, columns_for
from registry.open_data import BOM, cell
from workflow.deadlines import calendar
from workflow.enums import JobOutcome
from workflow.jobs import JobKind, register
from workflow.ledger import in_chinese, recorded
from workflow.models import Job, Task

BATCH = 500
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
SHEET = recorded("名单")


def records(job: Job, actor: Actor) -> Iterator[Record]:
    """The rows that were asked for and that the requester still sees, in their order, a batch at a time."""
    wanted = list(job.items.order_by("serial").values_list("subject_id", flat=True))
    table = calendar()
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        tasks = Task.objects.select_related("assignee", "done_by", "organisation").in_bulk(batch)
        found = [tasks[pk] for pk in batch if pk in tasks]
        yield from _with_cases(worklist.rows(found, actor, table), actor)


def _with_cases(rows: list[worklist.Row], actor: Actor) -> list[Record]:
    keys = {row.filing for row in rows if row.filing}
    filings = Filing.objects.select_related("host_zone", "tenant").in_bulk(keys)
    versions = FilingVersion.objects.filter(filing__in=keys).exclude(submitted_at=None).order_by("serial")
    newest = {version.filing_id: version for version in versions}
    answered: dict[Any, str] = {}
    if actor.is_lead or actor.is_government:
        signed = Count("case__opinions", filter=Q(case__opinions__status="signed"), distinct=True)
        counted = Filing.objects.filter(pk__in=keys, case__isnull=False).annotate(
            signed=signed, asked=Count("case__opinions", distinct=True)
        )
        answered = {pk: f"{done}/{asked}" for pk, done, asked in counted.values_list("pk", "signed", "asked")}
    return [
        Record(row, filings.get(row.filing), newest.get(row.filing), answered.get(row.filing, ""))  # type: ignore[arg-type]
        for row in rows
    ]


def build(job: Job, actor: Actor) -> None:
    """Write the list of a job in the form that was asked for."""
    form, columns = job.parameters["format"], columns_for(actor)
    with files.place_of(job) as path:
        if form == "xlsx":
            written = _write_workbook(path, columns, records(job, actor), files.watermark(actor))
        else:
            encoding = "gb18030" if form == "gb18030" else "utf-8"
            written = _write_csv(path, columns, records(job, actor), files.watermark(actor), encoding)
    encoding = "gb18030" if form == "gb18030" else "utf-8-sig"
    reader = files.rows_of_workbook if form == "xlsx" else files.rows_of_csv(encoding)
    name = recorded("名单-%s.%s") % (timezone.localdate().isoformat(), "xlsx" if form == "xlsx" else "csv")
    files.read_back(job, name, written, reader)
    seen = set(Task.objects.filter(pk__in=job.items.values("subject_id")).values_list("pk", flat=True))
    job.items.filter(subject_id__in=seen).update(outcome=JobOutcome.DONE, words=recorded("已列入"))
    job.items.filter(outcome=JobOutcome.WAITING).update(
        outcome=JobOutcome.SKIPPED, words=recorded("已不在您可见的范围内，没有列入。")
    )


def _texts(columns: tuple[Column, ...], record: Record) -> list[str]:
    return [cell(UNPRINTABLE.sub("", str(column.value(record)))) for column in columns]


def _write_workbook(path: Path, columns: tuple[Column, ...], rows: Iterator[Record], mark: str) -> int:
    """Every cell is text: nothing is computed, and no identifier becomes a number."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "B3"
    sheet.oddFooter.center.text = mark[:200]
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_cell(sheet, mark)])
    sheet.append([_cell(sheet, in_chinese(column.label), head=True) for column in columns])
    written = 0
    for record in rows:
        sheet.append([_cell(sheet, text) for text in _texts(columns, record)])
        written += 1
    book.save(path)
    return written


def _cell(sheet: Any, text: str, head: bool = False) -> Any:
    made = WriteOnlyCell(sheet, value=text)
    made.data_type, made.number_format = "s", "@"
    made.alignment = Alignment(vertical="top", wrap_text=True)
    if head:
        made.font = Font(bold=True)
    return made


def _write_csv(path: Path, columns: tuple[Column, ...], rows: Iterator[Record], mark: str, encoding: str) -> int:
    with path.open("w", encoding=encoding, newline="") as target:
        if encoding == "utf-8":
            target.write(BOM)
        writer = csv.writer(target)
        writer.writerow([in_chinese(column.label) for column in columns])
        written = 0
        for record in rows:
            writer.writerow(_texts(columns, record))
            written += 1
        writer.writerow([mark])
    return written


register(JobKind("desk.table", build=build))
