"""A finding's numbers are exact decimals, however long."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0014_inspection"),
    ]

    operations = [
        migrations.AlterField(
            model_name="finding",
            name="observed",
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="finding",
            name="shown",
            field=models.TextField(blank=True, verbose_name="实际值"),
        ),
        migrations.AlterField(
            model_name="finding",
            name="threshold",
            field=models.TextField(blank=True, null=True, verbose_name="要求"),
        ),
    ]
