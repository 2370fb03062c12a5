"""Row security of the ledgers in migrations: who helps to keep them, whose years were handed in, what rows tie to."""

from __future__ import annotations

from django.db.migrations import RunSQL

# Each list is read once per query, not once per row: a ledger may hold 200,000 of them.
_GRANTS = (
    "dossier IN (SELECT g.dossier FROM accounts_grant g WHERE g.organisation_id = (SELECT app_organisation()){at})"
)
HELPS = _GRANTS.format(at=" AND g.level = 'colleague'")
OPENED = _GRANTS.format(at="")
HANDED_IN = (
    "FROM indicators_return r JOIN indicators_ledger l ON l.park = r.subject AND l.tenant_id = r.tenant_id"
    " WHERE r.kind = 'park' AND r.submitted_at IS NOT NULL)"
)
OF_PARK = f"ledger_id IN (SELECT l.id {HANDED_IN}"
OF_YEAR = f"(ledger_id, year) IN (SELECT l.id, r.year::integer {HANDED_IN}"
_TIED = "(ledger_id, tenant_id, dossier) IN (SELECT l.id, l.tenant_id, l.dossier FROM indicators_ledger l)"


def office(*, kinds: tuple[str, ...] = (), codes: tuple[str, ...] = ()) -> str:
    """The acting organisation is of one of the kinds, or one of these offices; looked up once per query."""
    told = [f"o.{column} IN ({', '.join(map(repr, few))})" for column, few in (("kind", kinds), ("code", codes)) if few]
    condition = f"o.id = app_organisation() AND ({' OR '.join(told)})"
    return f"(SELECT EXISTS (SELECT 1 FROM accounts_organisation o WHERE {condition}))"  # noqa: S608


def tied(table: str) -> RunSQL:
    """A row names the tenant and the dossier of its ledger, whoever writes it; checked for all rows of a statement."""
    return RunSQL(
        [
            f"CREATE POLICY tied_insert ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({_TIED})",
            f"CREATE POLICY tied_update ON {table} AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ({_TIED})",
        ],
        [f"DROP POLICY tied_insert ON {table}", f"DROP POLICY tied_update ON {table}"],
    )


def kept(table: str, book: str) -> RunSQL:
    """What a row said before stands in its versions."""
    return RunSQL(
        f"CREATE TRIGGER keep_version BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION indicators_keep_version('{book}')",
        f"DROP TRIGGER keep_version ON {table}",
    )


def more(table: str, name: str, command: str, condition: str) -> RunSQL:
    """One more policy of a table that is protected already."""
    check = "WITH CHECK" if command == "INSERT" else "USING"
    return RunSQL(
        f"CREATE POLICY {name} ON {table} FOR {command} {check} ({condition})", f"DROP POLICY {name} ON {table}"
    )
