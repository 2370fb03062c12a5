"""The titles of places (称号), dated, each resting on the paper that confers it or on a cited source."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, protect
from registry.watching import watch

OFFICES = (
    "EXISTS (SELECT 1 FROM accounts_organisation o"
    " WHERE o.id = app_organisation() AND o.kind IN ('kjt', 'prov_gov_office'))"
)
# Raw SQL cannot give a place a title by a paper that does not confer it.
TIE = """
ALTER TABLE registry_citytitle ADD CONSTRAINT registry_citytitle_conferred FOREIGN KEY (paper_id, title)
  REFERENCES notifications_paper (id, confers) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("notifications", "0008_titles_conferred"),
        ("registry", "0008_park_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CityTitle",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "title",
                    models.CharField(
                        choices=[
                            ("st_strong", "科技强市、县（市、区）"),
                            ("pilot", "创新型试点城市（县、区）"),
                            ("innovative", "创新型城市（县、区）"),
                            ("national_pilot", "国家创新型（试点）城市"),
                        ],
                        max_length=14,
                        verbose_name="称号",
                    ),
                ),
                ("held", models.BooleanField(default=True, verbose_name="持有")),
                ("since", models.DateField(verbose_name="起始")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "不详")],
                        default="day",
                        max_length=8,
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("dossier", models.UUIDField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="titles", to="accounts.division"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="city_titles",
                        to="notifications.paper",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "称号",
                "verbose_name_plural": "称号",
                "ordering": ["division", "since", "recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper__isnull", False), models.Q(("citation", ""), _negated=True), _connector="XOR"
                        ),
                        name="title_rests_on_paper_or_citation",
                    )
                ],
            },
        ),
        protect("registry_citytitle", anyone=("r", "true"), offices=("i", OFFICES)),
        append_only("registry_citytitle"),
        migrations.RunSQL(TIE, "ALTER TABLE registry_citytitle DROP CONSTRAINT registry_citytitle_conferred"),
        watch("registry_citytitle"),
    ]
