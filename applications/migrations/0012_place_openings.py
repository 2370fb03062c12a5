"""Application windows and exceptions from C-III.1a: read by every office, added by 省科技厅."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, protect

LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'kjt')"


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0011_city"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceOpening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(verbose_name="至")),
                ("citation", models.CharField(max_length=300, verbose_name="依据")),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="理由")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.division",
                        verbose_name="地方",
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
                "verbose_name": "申报窗口和例外",
                "verbose_name_plural": "申报窗口和例外",
                "ordering": ["-since", "-recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("citation", ""), _negated=True), ("until__gte", models.F("since"))
                        ),
                        name="opening_rests_on_source_and_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("division__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="exception_is_reasoned",
                    ),
                ],
            },
        ),
        protect("applications_placeopening", anyone=("r", "true"), lead=("i", LEAD)),
        append_only("applications_placeopening"),
    ]
