"""Storing uploads: checked by content, hashed, in a private place; from a form or from pieces that arrived before."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from files import disk, quota, receiving
from files.enums import ScanState
from files.inspection import OLE_SIGNATURE, Inspected, clean_name, inspect
from files.kinds import ACCEPTED
from files.models import Incoming, Upload
from files.purposes import Purpose
from files.refusals import NoSpace, UploadRefused, no_space

__all__ = [
    "ACCEPTED",
    "OLE_SIGNATURE",
    "NoSpace",
    "UploadRefused",
    "accept_upload",
    "check",
    "clean_name",
    "discard",
    "share",
    "store",
    "store_unsigned",
    "when_stored",
]

Sent = UploadedFile | Incoming
_listeners: list[Callable[[Upload], None]] = []


def when_stored(listener: Callable[[Upload], None]) -> Callable[[Upload], None]:
    """Register what follows when a file was stored, in the same transaction; for rooms above this one."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def accept_upload(
    actor: Actor,
    dossier: UUID,
    sent: Sent,
    purpose: Purpose | None = None,
    found: Inspected | None = None,
    *,
    owner: Organisation | None = None,
) -> Upload:
    """Keep a file for the actor's organisation, however it came. Raises UploadRefused.

    `found` is what `check` said of it before, which is then not asked again. `owner`: whose file it becomes where the
    actor gives it on another's behalf, as far as row security lets them.
    """
    if isinstance(sent, Incoming):
        return _take(actor, dossier, sent, owner)
    return store(actor, dossier, sent, purpose, found, owner=owner)


def store(
    actor: Actor,
    dossier: UUID,
    sent: UploadedFile,
    purpose: Purpose | None = None,
    found: Inspected | None = None,
    *,
    owner: Organisation | None = None,
) -> Upload:
    """Check a file that a form sent and keep it for the actor's organisation (or `owner`). Raises UploadRefused.

    The bytes reach the disk before the row; a rolled-back row leaves an orphan file, never the reverse.
    """
    found = found or check(sent, purpose)
    size = sent.size or 0
    quota.reserve(owner or actor.organisation, dossier, found.name, size)
    upload = _row(actor, dossier, found.name, size, owner)
    return _write(upload, sent, found)


def store_unsigned(tenant: Organisation, dossier: UUID, sent: UploadedFile, purpose: Purpose | None = None) -> Upload:
    """Check a file that somebody without an account sent and keep it for an office. Raises UploadRefused.

    Row security says for which office and when; the caller limits how many.
    """
    found = check(sent, purpose)
    upload = Upload(id=uuid.uuid4(), tenant=tenant, dossier=dossier, name=found.name, size=sent.size or 0)
    return _write(upload, sent, found)


def _write(upload: Upload, sent: UploadedFile, found: Inspected) -> Upload:
    upload.content_type, upload.notes = found.media_type, list(found.notes)
    try:
        upload.sha256 = disk.keep(sent.chunks(), upload.path)
    except OSError as error:
        if disk.is_full(error):
            raise no_space() from error
        raise
    return _keep(upload)


def _take(actor: Actor, dossier: UUID, row: Incoming, owner: Organisation | None) -> Upload:
    row = receiving.complete(actor, dossier, row.purpose, row.pk)
    if owner is not None and owner.pk != row.tenant_id:
        quota.reserve(owner, dossier, row.name, row.size)
    upload = _row(actor, dossier, row.name, row.size, owner)
    upload.content_type, upload.notes, upload.sha256 = row.content_type, row.notes, row.sha256
    disk.link(row.path, upload.path)
    receiving.drop(row)
    return _keep(upload)


def _row(actor: Actor, dossier: UUID, name: str, size: int, owner: Organisation | None = None) -> Upload:
    return Upload(
        id=uuid.uuid4(),
        tenant=owner or actor.organisation,
        dossier=dossier,
        name=name,
        size=size,
        uploaded_by=actor.person,
    )


def _keep(upload: Upload) -> Upload:
    upload.save(force_insert=True)
    for listener in _listeners:
        listener(upload)
    return upload


def share(upload: Upload, dossier: UUID, actor: Actor) -> Upload:
    """A file of another dossier of the same owner with the bytes of this one, which lie on the disk once.

    What the scanner said of the bytes holds for both; where it has not spoken it is asked again.
    """
    if upload.tenant_id != actor.organisation.pk or upload.scan_state == ScanState.INFECTED:
        raise UploadRefused(_("“%(name)s”不能复制。") % {"name": upload.name})
    made = _row(actor, dossier, upload.name, upload.size)
    made.content_type, made.notes, made.sha256 = upload.content_type, upload.notes, upload.sha256
    try:
        disk.link(upload.path, made.path)
    except FileNotFoundError as error:
        raise UploadRefused(_("“%(name)s”的原件已经不在，不能复制。") % {"name": upload.name}) from error
    if upload.scan_state != ScanState.CLEAN:
        return _keep(made)
    made.scan_state, made.scan_detail, made.scanned_at = upload.scan_state, upload.scan_detail, upload.scanned_at
    made.save(force_insert=True)
    return made


def check(sent: UploadedFile, purpose: Purpose | None = None) -> Inspected:
    """What a file that a form sent would be kept as. Raises UploadRefused."""
    types, limit = (purpose.types, purpose.limit) if purpose else (ACCEPTED, None)
    return inspect(sent.name or "", sent, sent.size or 0, types, limit)  # type: ignore[arg-type]


def discard(upload: Upload) -> None:
    """Delete an upload that nothing refers to; its bytes go once the deletion is committed."""
    path = upload.path
    if upload.delete()[0]:
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
