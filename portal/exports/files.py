"""Puts an export in its place and calls it ready only after size, count and hash were read back from the disk."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from accounts.actors import Actor
from portal.exports.archive import Member
from workflow.ledger import recorded
from workflow.models import Job

DAYS_KEPT = 7
CHUNK = 1024 * 1024


class NotAsWritten(RuntimeError):
    """The file on the disk is not what was written; the export is made anew."""


def watermark(actor: Actor, at: dt.datetime | None = None) -> str:
    """Who took a file out and when; stands in every export."""
    when = date_format(timezone.localtime(at or timezone.now()), "Y-m-d H:i:s")
    office = actor.organisation.name
    return recorded("导出：%s　%s　%s（北京时间）　仅供工作使用") % (office, actor.person.name, when)


@contextmanager
def place_of(job: Job) -> Iterator[Path]:
    """Where to write: beside the file's place, moved there when all is written and gone when it failed."""
    job.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = job.path.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(job.path)
    finally:
        part.unlink(missing_ok=True)


def read_back(job: Job, name: str, expected: int, count: Callable[[Path], int]) -> None:
    """Mark the file ready once its entries are counted and its bytes hashed on the disk. Raises NotAsWritten."""
    found = count(job.path)
    if found != expected:
        raise NotAsWritten(f"{found} entries on the disk where {expected} were written")
    sha256, size = hash_of(job.path)
    if size != job.path.stat().st_size or size == 0:
        raise NotAsWritten(f"{size} bytes read")
    job.file_name, job.file_size, job.file_count, job.file_hash = name[:120], size, found, sha256
    job.ready_at = timezone.now()
    job.expires_at = job.ready_at + dt.timedelta(days=DAYS_KEPT)
    job.save(update_fields=["file_name", "file_size", "file_count", "file_hash", "ready_at", "expires_at"])


def hash_of(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file on the disk, in hexadecimal, and how many bytes were read."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as written:
        while chunk := written.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def rows_of_workbook(path: Path) -> int:
    """The rows of a list in a workbook, without its watermark and head."""
    with path.open("rb") as content:
        book = load_workbook(content, read_only=True)
        return sum(1 for _row in book.worksheets[0].iter_rows()) - 2


def rows_of_csv(encoding: str) -> Callable[[Path], int]:
    """Counts the rows of a CSV file without its head and the watermark at its end."""

    def count(path: Path) -> int:
        with path.open(encoding=encoding, newline="") as text:
            return sum(1 for _row in csv.reader(text)) - 2

    return count


def as_written(members: Sequence[Member]) -> Callable[[Path], int]:
    """Reads every member of an archive back and compares its SHA-256 with what went in; counts them.

    What it gives raises NotAsWritten.
    """

    def count(path: Path) -> int:
        with zipfile.ZipFile(path) as archive:
            for member in members:
                digest = hashlib.sha256()
                try:
                    with archive.open(member.path) as content:
                        while chunk := content.read(CHUNK):
                            digest.update(chunk)
                except (KeyError, zipfile.BadZipFile, zlib.error) as broken:
                    raise NotAsWritten(f"{member.path}: {broken}") from broken
                if digest.hexdigest() != member.sha256:
                    raise NotAsWritten(f"{member.path} differs from what was written")
            return len(archive.namelist())

    return count


def is_there(job: Job) -> bool:
    """Whether the file of a job may be fetched: ready, not expired, and as large as it was."""
    if job.ready_at is None or job.expires_at is None or job.expires_at <= timezone.now():
        return False
    try:
        return job.path.stat().st_size == job.file_size
    except FileNotFoundError:
        return False


def remove_expired() -> int:
    """Delete the files whose time is over, under the system scope; how many."""
    over = list(Job.objects.filter(ready_at__isnull=False, expires_at__lte=timezone.now()).exclude(file_name=""))
    for job in over:
        job.path.unlink(missing_ok=True)
        job.file_name = ""
        job.save(update_fields=["file_name"])
    return len(over)
