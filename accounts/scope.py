"""The row scope: who the database believes is asking, set for one transaction only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Literal, TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, transaction

T = TypeVar("T")
Kind = Literal["none", "public", "organisation", "system"]


@dataclass(frozen=True)
class Scope:
    """Who asks: kind, organisation and person; the settings that every row policy compares with."""

    kind: Kind
    organisation: UUID | None = None
    person: UUID | None = None

    def as_settings(self) -> tuple[str, str, str]:
        """The three settings as text; an empty string matches no policy."""
        kind = "" if self.kind == "none" else self.kind
        return kind, str(self.organisation or ""), str(self.person or "")


PUBLIC = Scope("public")
_SYSTEM = Scope("system")
_NAMES = ("app.scope", "app.organisation", "app.person")
_READ_ONLY = ", set_config('transaction_read_only', 'on', true)"


def _read() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _NAMES))
        row: tuple[str, ...] = cursor.fetchone()
    return row


def _write(values: tuple[str, ...], *, read_only: bool = False) -> dt.datetime:
    """All of them, and the transaction's mode, in one round trip; the instant at which the transaction began."""
    sql = ", ".join(f"set_config('{name}', %s, true)" for name in _NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}{_READ_ONLY if read_only else ''}, now()", values)
        moment: dt.datetime = cursor.fetchone()[-1]
    return moment


@contextmanager
def enter(scope: Scope, *, read_only: bool = False) -> Iterator[None]:
    """Run a block in one transaction under a scope; the scope before it is restored, also inside another block.

    A block of its own needs nothing restored: the settings end with its transaction. It alone may be `read_only`.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        before = None if outermost else _read()
        moment = _write(scope.as_settings(), read_only=read_only and outermost)
        if outermost:
            connection.scope_instant = moment  # type: ignore[attr-defined]
            connection.scope_memory = {} if read_only else None  # type: ignore[attr-defined]
        frame = getattr(connection, "scope_frame", None)
        savepoint = None if outermost else connection.savepoint_ids[-1]
        connection.scope_frame = (scope, read_only and outermost, savepoint)  # type: ignore[attr-defined]
        try:
            yield
        finally:
            connection.scope_frame = frame  # type: ignore[attr-defined]
            if outermost:
                connection.scope_instant = connection.scope_memory = None  # type: ignore[attr-defined]
        if before is not None:
            _write(before)


def undo() -> None:
    """Undo everything that the block of the innermost `enter` wrote, and let it go on under the same scope.

    What a savepoint around each page would do, without its two round trips where nothing goes wrong.
    """
    scope, read_only, savepoint = connection.scope_frame  # type: ignore[attr-defined]
    try:
        if savepoint is None:
            connection._rollback()  # type: ignore[attr-defined]
            connection.run_on_commit = []
        else:
            connection._savepoint_rollback(savepoint)  # type: ignore[attr-defined]
            connection.run_on_commit = [one for one in connection.run_on_commit if savepoint not in one[0]]
        connection.needs_rollback = False
        _write(scope.as_settings(), read_only=read_only)
    except (DatabaseError, InterfaceError):
        # The connection is gone, and with it all that was written.
        connection.needs_rollback = True


def instant() -> dt.datetime | None:
    """The database's time at which the transaction of the scope began; None where no scope opened one."""
    return getattr(connection, "scope_instant", None)


def remembered(name: str, read: Callable[[], T]) -> T:
    """What was read under a name, once for a request that writes nothing; anywhere else it is read anew."""
    memory: dict[str, T] | None = getattr(connection, "scope_memory", None)
    if memory is None:
        return read()
    if name not in memory:
        memory[name] = read()
    return memory[name]


def system() -> AbstractContextManager[None]:
    """The scope of sweeps, commands and migrations, which sees all; nothing else may enter it."""
    return enter(_SYSTEM)


def of_organisation(organisation: UUID, person: UUID | None = None) -> AbstractContextManager[None]:
    """The scope of one organisation, as its people see the rows."""
    return enter(Scope("organisation", organisation, person))


def present(secret: str) -> None:
    """Let this transaction see the one row (paper, invitation) whose check code or token hash was presented."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.presented', %s, true)", [secret])
