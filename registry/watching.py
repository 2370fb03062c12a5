"""Which tables public pages are made of, watched by the database: whoever writes there makes a new edition.

The trigger is deferred to the end of the transaction, so that the edition's row is locked for an instant only, and
a transaction that is taken back makes no edition.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

FUNCTION = RunSQL(
    """
CREATE FUNCTION registry_new_edition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF coalesce(current_setting('app.edition', true), '') <> 'new' THEN
    INSERT INTO registry_edition (id, stamp, at) VALUES (1, gen_random_uuid(), now())
      ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, at = excluded.at;
    PERFORM set_config('app.edition', 'new', true);
  END IF;
  RETURN NULL;
END $$
""",
    "DROP FUNCTION registry_new_edition()",
)


def watch(table: str, condition: str = "") -> RunSQL:
    """Make a new edition at the end of every transaction that writes rows of a table (those that meet a condition)."""
    made, undone = [], []
    for act, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        when = " OR ".join(condition.format(row=row) for row in rows) if condition else "true"
        name = f"edition_{act.lower()}"
        made.append(
            f"CREATE CONSTRAINT TRIGGER {name} AFTER {act} ON {table} DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION registry_new_edition()"
        )
        undone.append(f"DROP TRIGGER {name} ON {table}")
    return RunSQL(";\n".join(made), ";\n".join(undone))
