"""The policies of grants read the scope plainly again: one of them asks the table itself, and may not ask in a circle."""

from django.db import migrations

SELECTS = {"holder_select": "organisation_id", "giver_select": "granted_by_id", "tenant_select": "tenant_id"}
PLAIN = ";\n".join(
    [
        "ALTER POLICY system ON accounts_grant USING (app_scope() = 'system') WITH CHECK (app_scope() = 'system')",
        *(
            f"ALTER POLICY {name} ON accounts_grant USING ({column} = app_organisation())"
            for name, column in SELECTS.items()
        ),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0010_desk_speed")]

    operations = [migrations.RunSQL(PLAIN, migrations.RunSQL.noop)]
