"""Lists and counts over thousands of rows: the scope is read once per query, and each list has its index."""

from django.db import migrations, models
from django.db.models import Q

PLAIN, ONCE = "app_organisation()", "(SELECT app_organisation())"
SCOPE, SCOPE_ONCE = "app_scope() = 'system'", "(SELECT app_scope()) = 'system'"
SELECTS = {
    "workflow_task": {"holder_select": "organisation_id", "giver_select": "created_by_id"},
    "accounts_grant": {
        "holder_select": "organisation_id",
        "giver_select": "granted_by_id",
        "tenant_select": "tenant_id",
    },
}
TABLES = (*SELECTS, "workflow_searchentry")


def conditions(me: str, scope: str) -> str:
    """The same policies, word for word but for how the setting is read."""
    said = [f"ALTER POLICY system ON {table} USING ({scope}) WITH CHECK ({scope})" for table in TABLES]
    for table, policies in SELECTS.items():
        said += [f"ALTER POLICY {name} ON {table} USING ({column} = {me})" for name, column in policies.items()]
    return ";\n".join(said)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0009_proposals_made_moot"), ("accounts", "0003_further_offices")]

    operations = [
        migrations.RunSQL(conditions(ONCE, SCOPE_ONCE), conditions(PLAIN, SCOPE)),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["organisation", "due_on", "created_at"], condition=Q(done_at=None), name="tasks_by_due"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["created_by"], condition=Q(done_at=None), name="tasks_asked"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["organisation", "-done_at"], condition=Q(done_at__isnull=False), name="tasks_done"
            ),
        ),
    ]
