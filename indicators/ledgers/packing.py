"""A file on its way into a ledger is kept in the database, compressed, until its rows are in."""

from __future__ import annotations

import gzip
import hashlib
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators.enums import Book, ImportStatus
from indicators.ledgers import access, reading
from indicators.models import LedgerImport
from workflow import outbox
from workflow.machine import Refused

FAST = 1
KINDS = (".xlsx", ".csv")


def unpacked(content: bytes | memoryview | None) -> bytes:
    """The file as it was sent."""
    return gzip.decompress(bytes(content or b""))


@transaction.atomic
def send(book: Book, name: str, content: bytes, actor: Actor) -> LedgerImport:
    """Take a table in to be checked by the worker. Raises Refused."""
    if not access.parks_kept(actor, book):
        raise Refused([_("您不能导入%(book)s。") % {"book": book.label}])
    if not name.lower().endswith(KINDS):
        raise Refused([_("“%(name)s”不是 XLSX 或 CSV 文件，请用模板填写后上传。") % {"name": name}])
    if len(content) > reading.LARGEST:
        raise Refused([_("“%(name)s”超过 50 MB，请分成几个文件导入。") % {"name": name}])
    row = LedgerImport.objects.create(
        tenant=actor.organisation,
        person=actor.person,
        post=actor.post,
        book=book,
        name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=gzip.compress(content, FAST),
    )
    _follow(row, "indicators.check_import", actor)
    return row


@transaction.atomic
def confirm(row: LedgerImport, actor: Actor) -> None:
    """Have the checked rows stored. Raises Refused; twice is once."""
    changed = LedgerImport.objects.filter(pk=row.pk, state=ImportStatus.CHECKED, person=actor.person)
    if not changed.update(state=ImportStatus.STORING, done=0):
        raise Refused([_("这次导入不在待确认状态，或不是您提交的。")])
    _follow(row, "indicators.store_import", actor)


@transaction.atomic
def give_up(row: LedgerImport, actor: Actor) -> None:
    """Forget a table that was checked. Raises Refused."""
    found = LedgerImport.objects.filter(pk=row.pk, state=ImportStatus.CHECKED, person=actor.person)
    if not found.update(state=ImportStatus.GIVEN_UP, content=None):
        raise Refused([_("这次导入不在待确认状态，或不是您提交的。")])


def _follow(row: LedgerImport, effect: str, actor: Actor) -> None:
    outbox.follow(None, effect, f"{row.pk}:{uuid4().hex[:8]}", {"import": str(row.pk)}, actor.organisation)
