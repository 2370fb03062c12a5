"""Row-level security in migrations: enable and force it, name one policy per audience, tie rows by composite keys."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.migrations import RunSQL

FUNCTIONS = """
CREATE OR REPLACE FUNCTION app_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('app.scope', true), '') $$;
CREATE OR REPLACE FUNCTION app_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN current_setting('app.scope', true) = 'organisation'
       THEN NULLIF(current_setting('app.organisation', true), '')::uuid END $$;
CREATE OR REPLACE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT NULLIF(current_setting('app.person', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION app_presented() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT NULLIF(current_setting('app.presented', true), '') $$;
"""

SYSTEM = "app_scope() = 'system'"


def own(column: str = "tenant_id") -> str:
    """The row belongs to the organisation in whose name one acts."""
    return f"{column} = app_organisation()"


def granted(table: str, *levels: str, column: str = "dossier") -> str:
    """The row's dossier was opened to the acting organisation (at one of the levels)."""
    at = f" AND g.level IN ({', '.join(repr(level) for level in levels)})" if levels else ""
    return (
        f"EXISTS (SELECT 1 FROM accounts_grant g WHERE g.dossier = {table}.{column}"
        f" AND g.organisation_id = app_organisation(){at})"
    )


def protect(table: str, **policies: tuple[str, str]) -> RunSQL:
    """Enable and force row security on a table; each policy is name=(commands, condition).

    Commands are letters: r select, i insert, u update, d delete. A system policy for all is added.
    """
    words = {"r": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE"}
    sql = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY system ON {table} FOR ALL USING ({SYSTEM}) WITH CHECK ({SYSTEM})",
    ]
    undo = [f"DROP POLICY system ON {table}"]
    for name, (commands, condition) in policies.items():
        for letter in commands:
            clause = {
                "r": f"USING ({condition})",
                "i": f"WITH CHECK ({condition})",
                "u": f"USING ({condition}) WITH CHECK ({condition})",
                "d": f"USING ({condition})",
            }[letter]
            policy = f"{name}_{words[letter].lower()}"
            sql.append(f"CREATE POLICY {policy} ON {table} FOR {words[letter]} {clause}")
            undo.append(f"DROP POLICY {policy} ON {table}")
    undo += [
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
    return RunSQL(";\n".join(sql), ";\n".join(undo))


def in_chain(table: str, *shared: str) -> str:
    """The row's dossier has a chain that the scope lets one see (own or opened), with the same shared columns."""
    same = "".join(f" AND c.{column} = {table}.{column}" for column in shared)
    return f"EXISTS (SELECT 1 FROM workflow_chain c WHERE c.dossier = {table}.dossier{same})"


def narrow_insert(table: str, policy: str, before: str, after: str) -> RunSQL:
    """Replace the condition of an insert policy, e.g. `own_insert`."""
    made = "DROP POLICY {policy} ON {table}; CREATE POLICY {policy} ON {table} FOR INSERT WITH CHECK ({condition})"
    return RunSQL(
        made.format(policy=policy, table=table, condition=after),
        made.format(policy=policy, table=table, condition=before),
    )


def tie(table: str, parent: str, column: str, *shared: str) -> RunSQL:
    """Tie a row to its parent by a composite foreign key, so that both carry the same tenant (or dossier).

    Foreign keys ignore row security: without the shared columns in the key a row could hang on another's parent.
    """
    columns = ", ".join(shared)
    unique = f"{parent}_id_{'_'.join(shared)}_key"
    name = f"{table}_{column}_{'_'.join(shared)}_tie"[:63]
    return RunSQL(
        [
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{unique[:63]}') THEN "
            f"ALTER TABLE {parent} ADD CONSTRAINT {unique[:63]} UNIQUE (id, {columns}); END IF; END $$",
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, {columns}) "
            f"REFERENCES {parent} (id, {columns}) DEFERRABLE INITIALLY DEFERRED",
        ],
        [f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
    )


def tie_unless_published(table: str, parent: str, column: str, *shared: str) -> RunSQL:
    """Loosen a `tie`: the parent carries the same columns, or it is published and so may be named by anybody.

    One paper may then decide several affairs, each in a dossier of its own. A foreign key cannot say this, so that a
    trigger does, at the end of the transaction and whatever the scope, like the key before it.
    """
    name = f"{table}_{column}_{'_'.join(shared)}_tie"[:63]
    loose = f"{table}_{column}_published_tie"[:63]
    same = " AND ".join(f"p.{one} = NEW.{one}" for one in shared)
    columns = ", ".join(shared)
    return RunSQL(
        [
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            f"""CREATE FUNCTION {loose}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  scope text := coalesce(current_setting('app.scope', true), '');
  tied boolean;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  tied := EXISTS (SELECT 1 FROM {parent} p
                  WHERE p.id = NEW.{column} AND ({same} OR p.published_at IS NOT NULL));
  PERFORM set_config('app.scope', scope, true);
  IF NOT tied THEN
    RAISE EXCEPTION '{table}.{column} names another''s {parent}' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$""",
            f"CREATE CONSTRAINT TRIGGER {loose} AFTER INSERT OR UPDATE OF {column}, {columns} ON {table} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION {loose}()",
        ],
        [
            f"DROP TRIGGER {loose} ON {table}",
            f"DROP FUNCTION {loose}()",
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, {columns}) "
            f"REFERENCES {parent} (id, {columns}) DEFERRABLE INITIALLY DEFERRED",
        ],
    )


def append_only(table: str, mutable: Iterable[str] = ()) -> RunSQL:
    """Forbid DELETE, and UPDATE of every column but the mutable ones, by trigger."""
    keep = list(mutable)
    function = f"{table}_append_only"
    strip = "".join(f" - '{column}'" for column in keep)
    return RunSQL(
        [
            f"""CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(OLD){strip}) IS DISTINCT FROM (to_jsonb(NEW){strip}) THEN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$""",
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        ],
        [f"DROP TRIGGER append_only ON {table}", f"DROP FUNCTION {function}()"],
    )


GRANTS = RunSQL(
    """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_web') THEN
    GRANT USAGE ON SCHEMA public TO portal_web;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_web;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO portal_web;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_web;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO portal_web;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_backup') THEN
    GRANT USAGE ON SCHEMA public TO portal_backup;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO portal_backup;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO portal_backup;
  END IF;
END $$
""",
    RunSQL.noop,
)
