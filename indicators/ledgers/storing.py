"""Checked rows are copied beside a book and taken over in one step: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
PIECE = 1 << 20
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


class Feed:
    """Text that is made while it is read: the database takes in one batch while the next is checked."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces = pieces
        self.error: BaseException | None = None

    def read(self, _size: int = -1) -> str:
        """The next piece; empty at the end. What goes wrong is kept, as the driver would hide it."""
        try:
            return next((piece for piece in self.pieces if piece), "")
        except BaseException as error:
            self.error = error
            return ""


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
    with transaction.atomic():
        _copy(book, checker, tables, progress)
        checker.refuse()
        loaded = _told(book)
        if not dry:
            _take_over(book, loaded, origin)
        _run(f"DROP TABLE {STAGING}")
    return loaded


def _run(sql: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def _names(book: Book, alias: str = "") -> list[str]:
    """The columns of a book, quoted as some are words of the language."""
    return [f'{alias}"{column.name}"' for column in COLUMNS[book]]


def _table(book: Book) -> str:
    return MODELS[book]._meta.db_table


def _copy(book: Book, checker: Checker, tables: list[Table], progress: Progress) -> None:
    names = ", ".join(_names(book))
    columns = f"SELECT id, ledger_id, {names} FROM {_table(book)} LIMIT 0"  # noqa: S608
    _run(f"CREATE TEMP TABLE {STAGING} ON COMMIT DROP AS {columns}")
    total = sum(len(table.rows) for table in tables)

    def pieces() -> Iterator[str]:
        done = 0
        for table in tables:
            for piece in checker.lines(table):
                done = min(done + BATCH, total)
                progress(done, total)
                yield piece

    feed = Feed(pieces())
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {STAGING} (id, ledger_id, {names}) FROM STDIN", feed, PIECE)
    if feed.error is not None:
        raise feed.error


def _differs(book: Book) -> str:
    ours, theirs = (", ".join(_names(book, alias)) for alias in ("t.", "s."))
    return f"(t.removed_at IS NOT NULL OR ({ours}) IS DISTINCT FROM ({theirs}))"


def _joined(book: Book) -> str:
    return " AND ".join(f't."{name}" = s."{name}"' for name in ("ledger_id", *KEYS[book]))


def _told(book: Book) -> Loaded:
    """How the rows stand to those that are there, by ledger."""
    touched = dict(_run(f"SELECT ledger_id, count(*) FROM {STAGING} GROUP BY ledger_id"))  # noqa: S608
    loaded = Loaded(new=sum(touched.values()), ledgers=touched)
    loaded.preview = _preview(book)
    if MODELS[book].objects.filter(ledger__in=list(touched)).exists():
        _run(f"ANALYZE {STAGING}")
        [(changed, met)] = _run(
            f"SELECT count(*) FILTER (WHERE {_differs(book)}), count(*)"  # noqa: S608
            f" FROM {STAGING} s JOIN {_table(book)} t ON {_joined(book)}"
        )
        loaded.new, loaded.changed, loaded.same = loaded.new - met, changed, met - changed
    return loaded


def _preview(book: Book) -> list[dict[str, Any]]:
    names = ["ledger_id", *(column.name for column in COLUMNS[book])]
    rows = _run(f"SELECT {', '.join(['ledger_id', *_names(book)])} FROM {STAGING} LIMIT {PREVIEWED}")  # noqa: S608
    return [{name: str(value) for name, value in zip(names, row, strict=True) if value is not None} for row in rows]


def _take_over(book: Book, loaded: Loaded, origin: Origin) -> None:
    names, table = _names(book), _table(book)
    given = {"batch": origin.batch, "person": origin.person, "reason": origin.reason[:200]}
    if loaded.changed:
        told = ", ".join(f"{name} = s.{name}" for name in names)
        _run(
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
        f"INSERT INTO {table} (id, ledger_id, tenant_id, dossier, {', '.join(names)}, version, reason, batch,"  # noqa: S608
        f" changed_by_id, changed_at, removed_at)"
        f" SELECT s.id, s.ledger_id, l.tenant_id, l.dossier, {', '.join(_names(book, 's.'))}, 1, '',"
        f" %(batch)s, %(person)s, now(), NULL"
        f" FROM {STAGING} s JOIN indicators_ledger l ON l.id = s.ledger_id{fresh}",
        given,
    )
