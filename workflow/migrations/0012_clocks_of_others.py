"""The operator does not read others' clocks, and a proposal is read by the office that decides it alone."""

from django.db import migrations

OPERATOR = (
    "finished_at IS NULL AND EXISTS (SELECT 1 FROM accounts_organisation o"
    " WHERE o.id = app_organisation() AND o.kind = 'operator')"
)
AUTHORITY = (
    "EXISTS (SELECT 1 FROM accounts_grant g WHERE g.dossier = workflow_proposal.dossier"
    " AND g.organisation_id = app_organisation() AND g.level IN ('act'))"
)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0011_plain_grants")]

    operations = [
        migrations.RunSQL(
            "DROP POLICY operator_select ON workflow_clock",
            f"CREATE POLICY operator_select ON workflow_clock FOR SELECT USING ({OPERATOR})",
        ),
        migrations.RunSQL(
            "DROP POLICY authority_select ON workflow_proposal",
            f"CREATE POLICY authority_select ON workflow_proposal FOR SELECT USING ({AUTHORITY})",
        ),
    ]
