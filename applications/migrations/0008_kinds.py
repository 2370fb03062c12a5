"""Filings of more than one kind: about a park that is there, and never about another government's."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.rowsecurity import tie


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rowsecurity"),
        ("applications", "0007_delegated_materials"),
        ("registry", "0008_park_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="filing",
            name="kind",
            field=models.CharField(
                choices=[("creation", "创建"), ("recognition", "认定"), ("expansion", "扩区"), ("change", "变更")],
                default="creation",
                max_length=11,
                verbose_name="申报类别",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="park",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filings",
                to="registry.park",
                verbose_name="园区",
            ),
        ),
        migrations.AlterField(
            model_name="filing",
            name="park_name",
            field=models.CharField(max_length=80, verbose_name="园区名称"),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "creation"), ("park__isnull", True)),
                    models.Q(models.Q(("kind", "creation"), _negated=True), ("park__isnull", False)),
                    _connector="OR",
                ),
                name="filing_about_a_park_unless_it_creates_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted", "formal_check", "returned", "accepted", "in_review"])
                ),
                fields=("park", "kind"),
                name="one_open_filing_of_a_kind_per_park",
            ),
        ),
        tie("applications_filing", "registry_park", "park_id", "tenant_id"),
    ]
