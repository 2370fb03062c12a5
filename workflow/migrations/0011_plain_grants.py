"""The policies of grants hold no subquery: one that opens a dossier looks grants up, and would look itself up."""

from django.db import migrations

COLUMNS = {"holder_select": "organisation_id", "giver_select": "granted_by_id", "tenant_select": "tenant_id"}


def conditions(me: str, scope: str) -> str:
    """The policies of the table, word for word but for how the setting is read."""
    said = [f"ALTER POLICY system ON accounts_grant USING ({scope}) WITH CHECK ({scope})"]
    said += [f"ALTER POLICY {name} ON accounts_grant USING ({column} = {me})" for name, column in COLUMNS.items()]
    return ";\n".join(said)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0010_desk_speed")]

    operations = [
        migrations.RunSQL(
            conditions("app_organisation()", "app_scope() = 'system'"),
            conditions("(SELECT app_organisation())", "(SELECT app_scope()) = 'system'"),
        )
    ]
