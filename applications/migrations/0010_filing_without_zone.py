"""A filing about a park whose host zone the register does not tell; one that creates a park still names it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_locked_plan_with_kind"), ("registry", "0008_park_versions")]

    operations = [
        migrations.AlterField(
            model_name="filing",
            name="host_zone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filings",
                to="registry.hostzone",
                verbose_name="所在开发区",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "creation"), _negated=True), ("host_zone__isnull", False), _connector="OR"
                ),
                name="filing_to_create_has_a_host_zone",
            ),
        ),
    ]
