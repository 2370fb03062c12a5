"""Values that the province's targets are held against, each with its source: read by everybody, added by 省科技厅."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, protect
from registry.watching import watch

LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'kjt')"


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0030_evaluations_on_public_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TargetValue",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("aimed", models.PositiveSmallIntegerField(verbose_name="目标年度")),
                ("code", models.CharField(max_length=60, verbose_name="目标")),
                ("value", models.CharField(max_length=40, verbose_name="目标值")),
                ("citation", models.CharField(max_length=300, verbose_name="依据")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
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
                "verbose_name": "目标值",
                "verbose_name_plural": "目标值",
                "ordering": ["aimed", "code", "recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("citation", ""), _negated=True), name="target_value_rests_on_source"
                    )
                ],
            },
        ),
        protect("indicators_targetvalue", anyone=("r", "true"), lead=("i", LEAD)),
        append_only("indicators_targetvalue"),
        watch("indicators_targetvalue"),
    ]
