"""Files that arrive in pieces: opened, continued after any cut, checked when whole, taken or dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from files import disk, quota
from files.disk import Outcome
from files.inspection import HEAD, check_claim, check_head, inspect
from files.models import Incoming
from files.purposes import Purpose
from files.refusals import NotPermitted, UploadRefused


class Busy(Exception):
    """Another request is writing to this file now."""


class Conflict(Exception):
    """The piece does not begin where the file ends."""


def expiry() -> dt.datetime:
    """Until when a file that was touched now is waited for."""
    return timezone.now() + dt.timedelta(hours=settings.UPLOAD_KEPT_HOURS)


@transaction.atomic
def begin(actor: Actor, dossier: UUID, purpose: Purpose, name: str, size: int) -> Incoming:
    """Open a file of `size` bytes. Raises UploadRefused; NotPermitted where the actor may give none."""
    obstacles = purpose.obstacles(actor, dossier)
    if obstacles is None:
        raise NotPermitted(_("没有这个申报，或者不归您填写。"))
    if obstacles:
        raise NotPermitted("".join(obstacles))
    name = check_claim(name, size, purpose.types, purpose.largest)
    quota.reserve(actor.organisation, dossier, name, size)
    row = Incoming(
        tenant=actor.organisation,
        dossier=dossier,
        purpose=purpose.code,
        name=name,
        size=size,
        created_by=actor.person,
        expires_at=expiry(),
    )
    row.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    row.path.touch(mode=0o600)
    row.save(force_insert=True)
    return row


def mine(actor: Actor, pk: UUID) -> Incoming:
    """One's own arriving file. Raises Incoming.DoesNotExist, also when its time is over."""
    return Incoming.objects.get(
        pk=pk, tenant=actor.organisation, created_by=actor.person, expires_at__gt=timezone.now()
    )


def waiting(actor: Actor, dossier: UUID) -> list[Incoming]:
    """One's own files for a dossier that are on their way, or there and not taken yet."""
    rows = Incoming.objects.filter(tenant=actor.organisation, created_by=actor.person, expires_at__gt=timezone.now())
    return list(rows.filter(dossier=dossier))


def locked(actor: Actor, pk: UUID) -> Incoming:
    """One's own arriving file, held until the transaction ends; never waited for. Raises Busy or DoesNotExist."""
    mine(actor, pk)
    try:
        with transaction.atomic():
            return Incoming.objects.select_for_update(nowait=True, of=("self",)).get(pk=pk)
    except OperationalError as error:
        raise Busy from error


def receive(
    row: Incoming, offset: int, read: Callable[[int], bytes], length: int, checksum: tuple[str, bytes] | None = None
) -> Outcome:
    """Write a piece of a locked file; `received` says how far it came. Raises Conflict or UploadRefused.

    Only bytes that reached the disk count: what a killed server wrote beyond them is cut off and sent again.
    """
    there = row.path.stat().st_size if row.path.exists() else 0
    if there < row.received:
        row.received = 0
        row.save(update_fields=["received"])
    if offset != row.received:
        raise Conflict
    written, outcome = disk.append(row.path, offset, read, length, checksum)
    row.received = offset + written
    row.expires_at = expiry()
    row.save(update_fields=["received", "expires_at"])
    if offset < HEAD <= row.received < row.size:
        with row.path.open("rb") as content:
            check_head(row.name, content.read(HEAD))
    return outcome


def finish(row: Incoming, purpose: Purpose) -> None:
    """Check a file of which all bytes are there, and keep its hash. Raises UploadRefused."""
    with row.path.open("rb") as content:
        found = inspect(row.name, content, row.size, purpose.types, purpose.largest)
    row.content_type, row.notes = found.media_type, list(found.notes)
    row.sha256 = disk.sha256_of(row.path)
    row.save(update_fields=["content_type", "notes", "sha256"])


def drop(row: Incoming) -> None:
    """Forget an arriving file; its bytes go once that is committed."""
    path = row.path
    row.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def complete(actor: Actor, dossier: UUID, purpose: str, pk: UUID) -> Incoming:
    """One's own file of which everything is there, held until the transaction ends. Raises UploadRefused."""
    try:
        row = locked(actor, pk)
    except Incoming.DoesNotExist as error:
        raise UploadRefused(_("上传的文件已过保留期或已被取走，请重新选择文件。")) from error
    except Busy as error:
        raise UploadRefused(_("文件还在上传，请等它传完。")) from error
    if (row.dossier, row.purpose) != (dossier, purpose):
        raise UploadRefused(_("上传的文件不属于这一项，请重新选择文件。"))
    if not row.is_complete:
        said = {"name": row.name, "percent": row.percent}
        raise UploadRefused(_("“%(name)s”只传到 %(percent)s%%；请重新选择这个文件，传完后再提交。") % said)
    return row
