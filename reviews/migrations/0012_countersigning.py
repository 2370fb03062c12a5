import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_indexes_that_suffice"),
        ("accounts", "__first__"),
        ("notifications", "0006_messages_in_order"),
        ("reviews", "0011_change_and_files_rowsecurity"),
    ]

    operations = [
        migrations.CreateModel(
            name="Countersignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("content", models.JSONField(verbose_name="会签文稿")),
                ("digest", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "待会签"),
                            ("agreed", "已会签"),
                            ("objected", "有不同意见"),
                            ("lapsed", "逾期未会签"),
                            ("stated", "分歧已列明"),
                            ("superseded", "文稿已改，重新会签"),
                            ("withdrawn", "不再会签"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("reason", models.TextField(blank=True, verbose_name="不同意见")),
                ("signer_name", models.CharField(blank=True, max_length=40, verbose_name="会签人")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="会签时间")),
                ("position", models.TextField(blank=True, verbose_name="我厅意见")),
                (
                    "advised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="countersignatures", to="reviews.case"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notifications.draft"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "会签",
                "verbose_name_plural": "会签",
                "ordering": ["case", "tenant__order", "round"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("superseded", "withdrawn")), _negated=True),
                        fields=("case", "tenant"),
                        name="one_countersignature_per_department",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["agreed", "objected", "stated"]), _negated=True),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                models.Q(("signer_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="countersignature_signed_by_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["objected", "stated"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None),
                            ("advised_by", None),
                            models.Q(("signed_by", models.F("advised_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="countersignature_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountersignAdvice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("text", models.TextField(verbose_name="拟办意见")),
                ("person_name", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
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
                    "countersignature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advices",
                        to="reviews.countersignature",
                    ),
                ),
            ],
            options={
                "ordering": ["countersignature", "at"],
            },
        ),
    ]
