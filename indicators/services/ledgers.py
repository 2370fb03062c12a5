"""Rows of the ledgers are entered, changed and marked as removed; what follows of them is told."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators.enums import Book
from indicators.ledgers import access, following
from indicators.ledgers.columns import COLUMNS, KEYS, MODELS, whole
from indicators.ledgers.columns_life import AnyRow
from indicators.models import Ledger
from indicators.services.ledgers_opening import ledger_of, open_all_measures, open_ledger, open_ledgers
from workflow import ledger as events
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event


@transaction.atomic
def enter_row(ledger: Ledger, book: Book, values: dict[str, Any], actor: Actor) -> AnyRow:
    """Enter a row. Raises Refused, also where the book has the row already."""
    _may_write(ledger, book, actor)
    _check(book, values)
    key = {name: values[name] for name in KEYS[book]}
    if removed := MODELS[book].objects.filter(ledger=ledger, removed_at__isnull=False, **key).first():
        reason = recorded("重新登记已删除的一行")
        return change_row(removed, values, actor, reason=reason, version=removed.version)
    own = {"ledger": ledger, "tenant_id": ledger.tenant_id, "dossier": ledger.dossier, "changed_by": actor.person}
    row = MODELS[book](**own, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            [_("%(park)s的台账里已有这一行（V11），请在台账中找到它再修改。") % {"park": ledger.name}]
        ) from None
    _follow(row, _said(row, "enter_row", recorded("登记台账"), actor, ""))
    return row


@transaction.atomic
def change_row(row: AnyRow, values: dict[str, Any], actor: Actor, *, reason: str = "", version: int) -> AnyRow:
    """Change a row; the one before stays as a version. A row that was handed in needs a reason. Raises Refused."""
    _may_write(row.ledger, row.book, actor)
    _check(row.book, values)
    if all(getattr(row, name) == value for name, value in values.items()) and row.removed_at is None:
        return row
    if not reason.strip() and access.was_handed_in(row):
        raise Refused([_("含这一行的年度报表已经报送，请写明改动的理由。")])
    told = {**values, "reason": reason.strip()[:200], "removed_at": None}
    _write(row, told, actor, version)
    _follow(row, _said(row, "change_row", recorded("修改台账"), actor, reason))
    return row


@transaction.atomic
def remove_row(row: AnyRow, reason: str, actor: Actor, *, version: int) -> None:
    """Mark a row as removed; it stays with its history, and is not counted. Raises Refused."""
    _may_write(row.ledger, row.book, actor)
    if not reason.strip():
        raise Refused([_("请写明删除的理由；这一行和理由都会保留在历史中。")])
    _write(row, {"removed_at": timezone.now(), "reason": reason.strip()[:200]}, actor, version)
    _follow(row, _said(row, "remove_row", recorded("删除台账"), actor, reason))


def _may_write(ledger: Ledger, book: Book, actor: Actor) -> None:
    if access.keeps(actor, ledger, book):
        return
    if ledger.measures:
        raise Refused([_("部门的支持措施由这个部门的经办人填写。")])
    raise Refused(
        [_("只有市政府、县（市、区）政府或园区管委会的经办人可以填写%(park)s的台账。") % {"park": ledger.name}]
    )


def _check(book: Book, values: dict[str, Any]) -> None:
    missing = [column.name for column in COLUMNS[book] if column.required and values.get(column.name) in (None, "")]
    problems = whole(book, {column.name: values.get(column.name) for column in COLUMNS[book]})
    if missing or problems:
        raise Refused([_("还有必填的列没有填写。")] if missing else [f"{rule}。" for _name, rule in problems])


def _write(row: AnyRow, told: dict[str, Any], actor: Actor, version: int) -> None:
    told = {**told, "version": version + 1, "changed_by": actor.person, "changed_at": timezone.now(), "batch": None}
    try:
        with transaction.atomic():
            written = type(row)._default_manager.filter(pk=row.pk, version=version).update(**told)
    except IntegrityError:
        raise Refused([_("%(park)s的台账里已有这样一行（V11）。") % {"park": row.ledger.name}]) from None
    if not written:
        raise Refused([_("这一行在您填写期间被别人改过，请核对后再保存。")])
    row.refresh_from_db()


def _said(row: AnyRow, name: str, label: str, actor: Actor, reason: str) -> Event:
    told = {"book": str(row.book), "row": str(row), "version": row.version}
    return events.append(row, name, label, actor, dossier=row.dossier, reason=reason.strip(), data=told)


def _follow(row: AnyRow, event: Event) -> None:
    following.of_book(row.ledger, row.book, event)
    following.of_row(row, event)


__all__ = [
    "change_row",
    "enter_row",
    "ledger_of",
    "open_all_measures",
    "open_ledger",
    "open_ledgers",
    "remove_row",
]
