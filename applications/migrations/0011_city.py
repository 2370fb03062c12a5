"""Filings of the second programme: about a city or county, one open at a time for each."""

import django.db.models.deletion
from django.db import migrations, models

OPEN = ["draft", "submitted", "formal_check", "returned", "accepted", "in_review"]
NO_PARK = ["creation", "city"]
KINDS = [
    ("creation", "创建"),
    ("recognition", "认定"),
    ("expansion", "扩区"),
    ("change", "变更"),
    ("city", "创新型城市（县、区）试点"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_tokens_rowsecurity"), ("applications", "0010_filing_without_zone")]

    operations = [
        migrations.RemoveConstraint("filing", "filing_about_a_park_unless_it_creates_one"),
        migrations.AddField(
            "filing",
            "division",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filings",
                to="accounts.division",
                verbose_name="市、县（市、区）",
            ),
        ),
        migrations.AlterField(
            "filing",
            "kind",
            models.CharField(choices=KINDS, default="creation", max_length=11, verbose_name="申报类别"),
        ),
        migrations.AddConstraint(
            "filing",
            models.CheckConstraint(
                condition=models.Q(kind__in=NO_PARK, park__isnull=True)
                | (~models.Q(kind__in=NO_PARK) & models.Q(park__isnull=False)),
                name="filing_about_a_park_unless_it_creates_one",
            ),
        ),
        migrations.AddConstraint(
            "filing",
            models.CheckConstraint(
                condition=models.Q(kind="city", division__isnull=False, host_zone__isnull=True)
                | (~models.Q(kind="city") & models.Q(division__isnull=True)),
                name="filing_about_a_place_if_it_is_of_a_city",
            ),
        ),
        migrations.AddConstraint(
            "filing",
            models.UniqueConstraint(
                fields=["division"], condition=models.Q(status__in=OPEN), name="one_open_filing_per_place"
            ),
        ),
    ]
