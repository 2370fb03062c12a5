"""Materials in others' hands: who holds a piece gives its files on the city's behalf, and no others."""

from django.db import migrations

HELD = (
    "EXISTS (SELECT 1 FROM applications_delegation d JOIN applications_filing f ON f.id = d.filing_id"
    " WHERE d.dossier = {table}.dossier AND d.tenant_id = {table}.tenant_id"
    " AND d.organisation_id = app_organisation() AND (d.person_id IS NULL OR d.person_id = app_person())"
    " AND d.status IN ('open', 'back') AND f.status IN ('draft', 'returned') AND {what})"
)
PIECE = "d.filing_id = applications_material.filing_id AND 'material.' || applications_material.code = ANY (d.keys)"
OFFICE = "{column} IN (SELECT p.person_id FROM accounts_post p WHERE p.organisation_id = app_organisation())"


def holder_policies(table: str, what: str, by: str, at: str) -> migrations.RunSQL:
    """What the holder gives bears their own name; they take away what their office gave since it was asked."""
    given = HELD.format(table=table, what=what)
    since = HELD.format(table=table, what=f"{what} AND {table}.{at} >= d.assigned_at")
    return migrations.RunSQL(
        [
            f"CREATE POLICY holder_insert ON {table} FOR INSERT WITH CHECK ({given} AND {by} = app_person())",
            f"CREATE POLICY holder_delete ON {table} FOR DELETE USING ({since} AND {OFFICE.format(column=by)})",
        ],
        [f"DROP POLICY holder_insert ON {table}", f"DROP POLICY holder_delete ON {table}"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0006_autosave"),
        ("files", "0004_without_person"),
        ("accounts", "0003_further_offices"),
    ]

    operations = [
        holder_policies("applications_material", PIECE, "added_by_id", "added_at"),
        holder_policies(
            "files_upload", "d.section LIKE 'material.%' AND released_at IS NULL", "uploaded_by_id", "uploaded_at"
        ),
    ]
