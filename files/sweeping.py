"""Clearing away what nobody will come back for, and comparing what is kept with what was written down."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from files import disk
from files.models import INCOMING, Incoming, Upload

ASIDE = ".incoming-"


@dataclass(frozen=True)
class Swept:
    """How much was cleared: abandoned uploads, files without a row, their bytes."""

    abandoned: int = 0
    orphans: int = 0
    freed: int = 0


def sweep(dry_run: bool = False) -> Swept:
    """Clear arriving files whose time is over and files without a row, under the system scope.

    A file younger than UPLOAD_ORPHAN_HOURS is left alone: its row may not be committed yet.
    """
    rows = Incoming.objects.filter(expires_at__lte=timezone.now()).select_for_update(skip_locked=True, of=("self",))
    abandoned = list(rows)
    orphans = list(_orphans())
    freed = sum(_size(path) for path in orphans) + sum(_size(row.path) for row in abandoned)
    if not dry_run:
        for row in abandoned:
            path = row.path
            row.delete()
            path.unlink(missing_ok=True)
        for path in orphans:
            path.unlink(missing_ok=True)
    return Swept(len(abandoned), len(orphans), freed)


def _orphans() -> Iterator[Path]:
    """Old files in the folders of this room that no row names; other rooms' folders are not looked into."""
    root, before = Path(settings.PRIVATE_ROOT), time.time() - settings.UPLOAD_ORPHAN_HOURS * 3600
    folders = [folder for folder in root.iterdir() if folder.is_dir()] if root.exists() else []
    for folder in folders:
        model = Incoming if folder.name == INCOMING else Upload
        if folder.name != INCOMING and _uuid(folder.name) is None:
            continue
        old = {path.name: path for path in folder.iterdir() if path.is_file() and path.lstat().st_mtime < before}
        named = {pk: path for name, path in old.items() if (pk := _uuid(name))}
        kept = set(model._default_manager.filter(pk__in=named).values_list("pk", flat=True))
        yield from (path for pk, path in named.items() if pk not in kept)
        yield from (path for name, path in old.items() if name.startswith(ASIDE))


def damaged() -> Iterator[tuple[Upload, str]]:
    """Every upload whose bytes are not those that were stored, under the system scope: the upload and what is wrong."""
    for upload in Upload.objects.order_by("pk").iterator(chunk_size=500):
        try:
            size = upload.path.stat().st_size
            if size != upload.size:
                yield upload, f"{size} bytes where {upload.size} were stored"
            elif disk.sha256_of(upload.path) != upload.sha256:
                yield upload, "its bytes do not match its hash"
        except OSError as error:
            yield upload, f"cannot be read: {error.strerror}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _uuid(name: str) -> UUID | None:
    try:
        found = UUID(name)
    except ValueError:
        return None
    return found if str(found) == name else None
