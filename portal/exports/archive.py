"""A zip written as a stream: no file is held in memory, every member is hashed as it goes in, sizes have no limit."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.utils import timezone

from registry.open_data import BOM, cell

CHUNK = 1024 * 1024
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
LONGEST_NAME = 80
PIECE = 500
# What is compressed already is stored as it is.
PACKED = {".pdf", ".zip", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".ofd"}


@dataclass(frozen=True)
class Member:
    """One file of the archive: its path, size in bytes and SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


def safe_name(text: str) -> str:
    """A text as one part of a path on any system."""
    return FORBIDDEN.sub("_", text).strip(" .")[:LONGEST_NAME] or "_"


class Archive:
    """The archive being written; `members` is what went in so far."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._now = timezone.localtime().timetuple()[:6]
        self.members: list[Member] = []
        self._used: set[str] = set()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def free_path(self, path: str) -> str:
        """The path, with a number where it is taken."""
        stem, dot, suffix = path.rpartition(".")
        number, found = 1, path
        while found in self._used:
            number += 1
            found = f"{stem}({number}){dot}{suffix}" if dot and "/" not in suffix else f"{path}({number})"
        return found

    def stream(self, path: str, chunks: Iterable[bytes]) -> Member:
        """Write a member from pieces."""
        path = self.free_path(path)
        info = zipfile.ZipInfo(path, self._now)
        info.compress_type = zipfile.ZIP_STORED if Path(path).suffix.lower() in PACKED else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self._used.add(path)
        member = Member(path, size, digest.hexdigest())
        self.members.append(member)
        return member

    def file(self, path: str, source: Path) -> Member:
        """Write a member from a file on the disk. Raises OSError where it cannot be read."""
        with source.open("rb") as content:
            return self.stream(path, _pieces(content))

    def text(self, path: str, content: str) -> Member:
        """Write a member from a text, as UTF-8."""
        return self.stream(path, [content.encode()])

    def table(self, path: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Member:
        """Write a member as CSV with byte order mark, safe against formulas."""
        return self.stream(path, _lines(head, rows))


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def _lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A table as CSV, in pieces of some hundred rows."""
    out = io.StringIO(BOM, newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow(head)
    for number, row in enumerate(rows, 1):
        writer.writerow([cell(value) for value in row])
        if number % PIECE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()
