"""Bytes on the disk: written through, counted, hashed, and cut back when something went wrong."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# Network shares that know no second name for a file.
UNLINKABLE = {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}
PIECE = 1 << 18


class Outcome(Enum):
    """How the writing of a piece ended."""

    WHOLE = "whole"
    CUT = "cut"
    FULL = "full"
    ALTERED = "altered"


def is_full(error: OSError) -> bool:
    """Whether the disk (or a limit on it) is what went wrong."""
    return error.errno in FULL


def write_through(target: int, data: bytes) -> None:
    """Write all of the data. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]


def append(
    path: Path, offset: int, read: Callable[[int], bytes], length: int, checksum: tuple[str, bytes] | None = None
) -> tuple[int, Outcome]:
    """Write up to `length` bytes at an offset; what lay behind it is cut off first. The bytes that are safely there.

    A piece with a checksum (algorithm, digest) is kept whole or not at all. The file must hold `offset` bytes.
    """
    target = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(target, offset)
        os.lseek(target, offset, os.SEEK_SET)
        digest = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
        written, outcome = _copy(target, read, length, digest)
        if checksum and digest and outcome is Outcome.WHOLE and digest.digest() != checksum[1]:
            outcome = Outcome.ALTERED
        if checksum and outcome is not Outcome.WHOLE:
            written = 0
        try:
            os.ftruncate(target, offset + written)
            os.fsync(target)
        except OSError as error:
            if not is_full(error):
                raise
            os.ftruncate(target, offset)
            return 0, Outcome.FULL
        return written, outcome
    finally:
        os.close(target)


def _copy(target: int, read: Callable[[int], bytes], length: int, digest: hashlib._Hash | None) -> tuple[int, Outcome]:
    written = 0
    while written < length:
        try:
            piece = read(min(PIECE, length - written))
        except OSError:
            return written, Outcome.CUT
        if not piece:
            return written, Outcome.CUT
        try:
            write_through(target, piece)
        except OSError as error:
            if not is_full(error):
                raise
            return written, Outcome.FULL
        written += len(piece)
        if digest:
            digest.update(piece)
    return written, Outcome.WHOLE


def keep(chunks: Iterable[bytes], path: Path) -> str:
    """Write the bytes aside and move them into place; the SHA-256 in hexadecimal."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, aside = hashlib.sha256(), path.with_name(f".incoming-{path.name}")
    target = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            for chunk in chunks:
                digest.update(chunk)
                write_through(target, chunk)
            os.fsync(target)
        finally:
            os.close(target)
        aside.replace(path)
        sync_folder(path.parent)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def link(source: Path, path: Path) -> None:
    """Give a file a second place, so that the first can go once the rows are committed."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    # Young again: the sweep leaves young files alone, whose row may not be committed yet.
    os.utime(source)
    try:
        os.link(source, path)
    except OSError as error:
        if error.errno not in UNLINKABLE:
            raise
        with source.open("rb") as content:
            keep(iter(lambda: content.read(PIECE), b""), path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
