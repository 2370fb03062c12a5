"""Tells whether any row of the portal's tables was written inside the test's own transaction."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from accounts.scope import system

ROOMS = {
    "portal",
    "reviews",
    "applications",
    "indicators",
    "registry",
    "notifications",
    "workflow",
    "files",
    "accounts",
}
Digest = tuple[int, int]


class Rows:
    """Number and digest of the rows of every table but the access log and the sessions.

    PostgreSQL counts the rows that a transaction wrote by table. Only where a count moved are the rows themselves
    read again: what was written and taken back has not changed them.
    """

    def __init__(self) -> None:
        self.written = _written()
        self.first = self.digests = _digests(_tables())

    def changed(self) -> list[str]:
        """The tables whose rows are others than at the last call (or the beginning)."""
        written = _written()
        touched = sorted(name for name in _tables() if written.get(name) != self.written.get(name))
        now = _digests(touched)
        self.written = written
        before, self.digests = self.digests, {**self.digests, **now}
        return [name for name in touched if now[name] != before[name]]

    def changed_since_the_beginning(self) -> list[str]:
        """The same for all tables and the whole time, by their digests alone."""
        now = _digests(_tables())
        return sorted(name for name, digest in now.items() if digest != self.first[name])


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models if model._meta.app_label in ROOMS}
    return sorted(tables - {"accounts_accesslog"})


def _written() -> dict[str, tuple[int, int, int]]:
    """Rows inserted, updated and deleted in this transaction so far, those of undone parts included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables")
        return {name: (inserted, updated, deleted) for name, inserted, updated, deleted in cursor.fetchall()}


def _digests(tables: list[str]) -> dict[str, Digest]:
    if not tables:
        return {}
    digest = "coalesce(sum(hashtextextended((to_jsonb(t) - 'last_login')::text, 0)), 0)"
    union = " UNION ALL ".join(f"SELECT '{name}', count(*), {digest} FROM {name} t" for name in tables)
    with system(), connection.cursor() as cursor:
        cursor.execute(union)
        return {name: (count, int(number)) for name, count, number in cursor.fetchall()}
