"""The running year of parks and host zones, its interim figures, and who sees them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from accounts.rowsecurity import append_only, granted, own, protect, tie


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("indicators", "0008_confirmed_rowsecurity"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("park", "园区"),
                            ("zone", "所在开发区"),
                            ("city", "市、县（市、区）"),
                            ("province", "全省"),
                        ],
                        max_length=8,
                        verbose_name="对象类别",
                    ),
                ),
                ("subject", models.CharField(max_length=60, verbose_name="对象代码")),
                ("name", models.CharField(max_length=80, verbose_name="对象名称")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("warned", models.JSONField(default=list, verbose_name="已预警的条款")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度跟踪",
                "verbose_name_plural": "年度跟踪",
                "ordering": ["-year", "kind", "subject"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject", "year"), name="one_watch_per_subject_and_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="InterimFigure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("code", models.CharField(max_length=60, verbose_name="指标代码")),
                ("month", models.PositiveSmallIntegerField(verbose_name="截至月份")),
                ("value", models.CharField(blank=True, max_length=200, null=True, verbose_name="数值")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="来源")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="indicators.watch"
                    ),
                ),
            ],
            options={
                "verbose_name": "进度数据",
                "verbose_name_plural": "进度数据",
                "ordering": ["watch", "code", "month", "recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("month__gte", 1), ("month__lte", 12)), name="interim_month_of_the_year"
                    )
                ],
            },
        ),
        protect(
            "indicators_watch",
            own=("ru", own()),
            granted=("r", granted("indicators_watch")),
            colleague=("u", granted("indicators_watch", "colleague")),
        ),
        append_only("indicators_watch", mutable=("warned",)),
        protect(
            "indicators_interimfigure",
            own=("ri", own()),
            granted=("r", granted("indicators_interimfigure")),
            colleague=("i", granted("indicators_interimfigure", "colleague")),
        ),
        append_only("indicators_interimfigure"),
        tie("indicators_interimfigure", "indicators_watch", "watch_id", "tenant_id", "dossier"),
    ]
