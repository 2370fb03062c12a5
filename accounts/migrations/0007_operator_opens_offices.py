"""The operator invites the first person of an office that it opens, and sees whether that was accepted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPERATOR = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'operator')"
EXPERT = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = organisation_id AND o.kind = 'expert')"
# An expert is an office of one person, who signs.
FIRST = f"(role = 'admin' OR (role = 'signer' AND {EXPERT})) AND {OPERATOR}"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_tokens_rowsecurity")]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(
            f"CREATE POLICY operator_select ON accounts_invitation FOR SELECT USING ({FIRST});"
            f"CREATE POLICY operator_insert ON accounts_invitation FOR INSERT WITH CHECK ({FIRST})",
            "DROP POLICY operator_select ON accounts_invitation; DROP POLICY operator_insert ON accounts_invitation",
        ),
    ]
