"""An office reads in the case that it was reminded (催办), also where the other offices of its kind do not."""

from django.db import migrations

REMINDED = "audience = 'authority' AND data ->> 'reminded' = (SELECT app_organisation())::text"


class Migration(migrations.Migration):
    dependencies = [("workflow", "0013_indexes_that_suffice")]

    operations = [
        migrations.RunSQL(
            f"CREATE POLICY reminded ON workflow_event FOR SELECT USING ({REMINDED})",
            "DROP POLICY reminded ON workflow_event",
        )
    ]
