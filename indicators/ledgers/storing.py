"""Checked rows are copied beside a book and taken over in one step: all of them or none."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from indicators.enums import Book
from indicators.ledgers.checking import BATCH, Checker
from indicators.ledgers.columns import COLUMNS, KEYS, MODELS
from indicators.ledgers.reading import Table
from indicators.models import Ledger

STAGING = "ledger_staging"
PREVIEWED = 20
PIECE = 1 << 24
TOGETHER = 6
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Origin:
    """Where rows come from: the import, who did it, and the reason that changed rows bear."""

    batch: UUID | None = None
    person: UUID | None = None
    reason: str = ""


@dataclass
class Loaded:
    """What a table did to a book, or would do: rows by what becomes of them, the ledgers touched, the first rows."""

    new: int = 0
    changed: int = 0
    same: int = 0
    ledgers: dict[UUID, int] = field(default_factory=dict)
    preview: list[dict[str, Any]] = field(default_factory=list)

    def add(self, more: Loaded) -> None:
        """Count what another part of the table did."""
        self.new, self.changed, self.same = self.new + more.new, self.changed + more.changed, self.same + more.same
        for ledger, rows in more.ledgers.items():
            self.ledgers[ledger] = self.ledgers.get(ledger, 0) + rows


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def load(
    book: Book,
    tables: Iterable[Table],
    ledgers: Iterable[Ledger],
    origin: Origin,
    *,
    dry: bool = False,
    progress: Progress = silent,
) -> Loaded:
    """Check all rows and take them into the book, under the row scope of who asked; `dry`: only tell what would be.

    Raises SheetRefused naming each wrong cell; then nothing was written.
    """
    tables, found = list(tables), list(ledgers)
    parks = {name: str(ledger.pk) for ledger in found for name in (ledger.name, ledger.park)}
    checker = Checker(book, parks, str(found[0].pk) if len(found) == 1 else None)
    loaded = Loaded()
    with transaction.atomic():
        pour = Pouring(book, loaded, None if dry else origin, found)
        # One piece is taken in by the database while the next is read and checked here.
        with ThreadPoolExecutor(1) as beside:
            pending: Future[None] | None = None
            for piece in _pieces(checker, tables, progress):
                _done(pending)
                pending = beside.submit(pour.take, piece)
            _done(pending)
        checker.refuse()
        pour.end()
    return loaded


def _done(pending: Future[None] | None) -> None:
    if pending is not None:
        with connection.wrap_database_errors:
            pending.result()


def _pieces(checker: Checker, tables: Iterable[Table], progress: Progress) -> Iterator[str]:
    """Checked rows as text to be copied, some batches at a time; nothing more once something is wrong."""
    tables = list(tables)
    done, total, waiting = 0, sum(table.count for table in tables), list[str]()
    for table in tables:
        for lines in checker.lines(table):
            done = min(done + BATCH, total)
            progress(done, total)
            waiting.append(lines)
            if len(waiting) == TOGETHER:
                yield "".join(waiting)
                waiting.clear()
    yield "".join(waiting)


class Pouring:
    """Takes checked rows into a book, piece by piece, in the transaction that is open; no `origin`: only tells."""

    def __init__(self, book: Book, loaded: Loaded, origin: Origin | None, ledgers: Iterable[Ledger]) -> None:
        self.book, self.loaded, self.origin = book, loaded, origin
        names = ", ".join(_names(book))
        columns = f"SELECT id, ledger_id, {names} FROM {_table(book)} LIMIT 0"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {STAGING} ON COMMIT DROP AS {columns}")
        self.copy = f"COPY {STAGING} (id, ledger_id, {names}) FROM STDIN"
        # Rows of one file never meet each other, only those that were there before.
        self.meets = MODELS[book].objects.filter(ledger__in=list(ledgers)).exists()
        # The driver's own connection: that of this thread, used by one thread at a time.
        self.connection = connection.connection

    def take(self, piece: str) -> None:
        """Copy one piece beside the book and take it over."""
        if not piece:
            return
        with self.connection.cursor() as cursor:
            cursor.copy_expert(self.copy, io.StringIO(piece), PIECE)
            if not self.loaded.preview:
                self.loaded.preview = _preview(cursor, self.book)
            told = _told(cursor, self.book, self.meets)
            self.loaded.add(told)
            if self.origin is not None:
                _take_over(cursor, self.book, told, self.origin)
            cursor.execute(f"TRUNCATE {STAGING}")

    def end(self) -> None:
        """Leave nothing beside the book."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {STAGING}")


def _names(book: Book, alias: str = "") -> list[str]:
    """The columns of a book, quoted as some are words of the language."""
    return [f'{alias}"{column.name}"' for column in COLUMNS[book]]


def _table(book: Book) -> str:
    return MODELS[book]._meta.db_table


def _run(cursor: Any, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
    cursor.execute(sql, parameters)
    return list(cursor.fetchall()) if cursor.description else []


def _differs(book: Book) -> str:
    ours, theirs = (", ".join(_names(book, alias)) for alias in ("t.", "s."))
    return f"(t.removed_at IS NOT NULL OR ({ours}) IS DISTINCT FROM ({theirs}))"


def _joined(book: Book) -> str:
    return " AND ".join(f't."{name}" = s."{name}"' for name in ("ledger_id", *KEYS[book]))


def _told(cursor: Any, book: Book, meets: bool) -> Loaded:
    """How the rows stand to those that are there, by ledger."""
    touched = dict(_run(cursor, f"SELECT ledger_id, count(*) FROM {STAGING} GROUP BY ledger_id"))  # noqa: S608
    loaded = Loaded(new=sum(touched.values()), ledgers=touched)
    if meets:
        _run(cursor, f"ANALYZE {STAGING}")
        [(changed, met)] = _run(
            cursor,
            f"SELECT count(*) FILTER (WHERE {_differs(book)}), count(*)"  # noqa: S608
            f" FROM {STAGING} s JOIN {_table(book)} t ON {_joined(book)}",
        )
        loaded.new, loaded.changed, loaded.same = loaded.new - met, changed, met - changed
    return loaded


def _preview(cursor: Any, book: Book) -> list[dict[str, Any]]:
    names = ["ledger_id", *(column.name for column in COLUMNS[book])]
    rows = _run(cursor, f"SELECT {', '.join(['ledger_id', *_names(book)])} FROM {STAGING} LIMIT {PREVIEWED}")  # noqa: S608
    return [{name: str(value) for name, value in zip(names, row, strict=True) if value is not None} for row in rows]


def _take_over(cursor: Any, book: Book, loaded: Loaded, origin: Origin) -> None:
    names, table = _names(book), _table(book)
    given = {"batch": origin.batch, "person": origin.person, "reason": origin.reason[:200]}
    if loaded.changed:
        told = ", ".join(f"{name} = s.{name}" for name in names)
        _run(
            cursor,
            f"UPDATE {table} t SET {told}, version = t.version + 1, removed_at = NULL, changed_at = now(),"  # noqa: S608
            f" changed_by_id = %(person)s, batch = %(batch)s, reason = %(reason)s"
            f" FROM {STAGING} s WHERE {_joined(book)} AND {_differs(book)}",
            given,
        )
    if not loaded.new:
        return
    fresh = ""
    if loaded.changed or loaded.same:
        fresh = f" WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE {_joined(book)})"  # noqa: S608
    _run(
        cursor,
        f"INSERT INTO {table} (id, ledger_id, tenant_id, dossier, {', '.join(names)}, version, reason, batch,"  # noqa: S608
        f" changed_by_id, changed_at, removed_at)"
        f" SELECT s.id, s.ledger_id, l.tenant_id, l.dossier, {', '.join(_names(book, 's.'))}, 1, '',"
        f" %(batch)s, %(person)s, now(), NULL"
        f" FROM {STAGING} s JOIN indicators_ledger l ON l.id = s.ledger_id{fresh}",
        given,
    )
