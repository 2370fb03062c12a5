"""Row security of the ledgers: the city and its helpers work in them, the offices read the years that were handed in."""

from django.db import migrations

from accounts.rowsecurity import append_only, own, protect

# Each list is read once per query, not once per row: a ledger may hold 200,000 of them.
HELPS = (
    "dossier IN (SELECT g.dossier FROM accounts_grant g"
    " WHERE g.organisation_id = (SELECT app_organisation()) AND g.level = 'colleague')"
)
HANDED_IN = (
    "FROM indicators_return r JOIN indicators_ledger l ON l.park = r.subject AND l.tenant_id = r.tenant_id"
    " WHERE r.kind = 'park' AND r.submitted_at IS NOT NULL)"
)
OF_PARK = f"ledger_id IN (SELECT l.id {HANDED_IN}"
OF_YEAR = f"(ledger_id, year) IN (SELECT l.id, r.year::integer {HANDED_IN}"
LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'kjt')"
BOOKS = ("project", "enterprise")
SEEN = " OR ".join(
    f"EXISTS (SELECT 1 FROM indicators_{book} b WHERE b.id = {{column}})"  # noqa: S608
    for book in BOOKS
)

TIED = "(ledger_id, tenant_id, dossier) IN (SELECT l.id, l.tenant_id, l.dossier FROM indicators_ledger l)"
KEEP = """
CREATE FUNCTION indicators_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'rows of a ledger are marked as removed, never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.ledger_id, NEW.tenant_id, NEW.dossier) IS DISTINCT FROM
     (OLD.id, OLD.ledger_id, OLD.tenant_id, OLD.dossier) THEN
    RAISE EXCEPTION 'a row stays in its ledger' USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - 'alerted_at' IS DISTINCT FROM to_jsonb(OLD) - 'alerted_at' THEN
    IF NEW.version <> OLD.version + 1 THEN
      RAISE EXCEPTION 'version % follows %', NEW.version, OLD.version USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO indicators_ledgerversion (id, tenant_id, dossier, book, "row", version, data, superseded_at)
    VALUES (gen_random_uuid(), OLD.tenant_id, OLD.dossier, TG_ARGV[0], OLD.id, OLD.version, to_jsonb(OLD), now());
  END IF;
  RETURN NEW;
END $$
"""


def tied(table: str) -> migrations.RunSQL:
    """A row names the tenant and the dossier of its ledger, whoever writes it; checked for all rows of a statement."""
    return migrations.RunSQL(
        [
            f"CREATE POLICY tied_insert ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({TIED})",
            f"CREATE POLICY tied_update ON {table} AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ({TIED})",
        ],
        [f"DROP POLICY tied_insert ON {table}", f"DROP POLICY tied_update ON {table}"],
    )


def kept(table: str, book: str) -> migrations.RunSQL:
    """What a row said before stands in its versions."""
    return migrations.RunSQL(
        f"CREATE TRIGGER keep_version BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION indicators_keep_version('{book}')",
        f"DROP TRIGGER keep_version ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_ledgers"), ("accounts", "0002_rowsecurity")]

    operations = [
        protect("indicators_ledger", everybody=("r", "app_scope() <> ''")),
        append_only("indicators_ledger", mutable=("name", "reporter_id")),
        protect(
            "indicators_project",
            own=("riu", own()),
            helper=("riu", HELPS),
            lead=("r", f"alerted_at IS NOT NULL AND {LEAD}"),
            year=("r", OF_YEAR),
        ),
        protect("indicators_enterprise", own=("riu", own()), helper=("riu", HELPS), park=("r", OF_PARK)),
        protect(
            "indicators_ledgerversion",
            own=("ri", own()),
            helper=("ri", HELPS),
            row=("r", SEEN.format(column='indicators_ledgerversion."row"')),
        ),
        append_only("indicators_ledgerversion"),
        protect("indicators_ledgercount", own=("r", own()), helper=("r", HELPS), year=("r", OF_YEAR)),
        protect("indicators_ledgerimport", own=("riu", own())),
        migrations.RunSQL(KEEP, "DROP FUNCTION indicators_keep_version()"),
        *(
            operation
            for book in BOOKS
            for operation in (tied(f"indicators_{book}"), kept(f"indicators_{book}", f"{book}s"))
        ),
        tied("indicators_ledgercount"),
    ]
