import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_indexes_that_suffice"),
        ("accounts", "__first__"),
        ("indicators", "0002_rowsecurity"),
        ("notifications", "0006_messages_in_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClauseText",
            fields=[
                ("digest", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40, verbose_name="条款集")),
                ("text", models.TextField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "条款文本",
                "verbose_name_plural": "条款文本",
                "ordering": ["name", "kept_at"],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "programme",
                    models.CharField(
                        choices=[("park", "高新技术产业园区"), ("city", "创新型城市（县、区）")],
                        max_length=5,
                        verbose_name="事项",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("number", models.PositiveSmallIntegerField(verbose_name="次数")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "等待测算"),
                            ("computing", "测算中"),
                            ("computed", "已测算"),
                            ("proposed", "提请发布"),
                            ("released", "已发布"),
                            ("failed", "未能完成"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("dry", models.BooleanField(default=False, verbose_name="试算")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="对象数")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已测算")),
                ("failure", models.TextField(blank=True, verbose_name="未能完成的原因")),
                ("params", models.JSONField(default=dict, verbose_name="口径参数")),
                ("clause_sets", models.JSONField(default=dict, verbose_name="条款集")),
                ("index_versions", models.JSONField(default=dict, verbose_name="指标体系")),
                ("code_version", models.CharField(blank=True, max_length=80, verbose_name="程序版本")),
                ("input_hash", models.CharField(blank=True, max_length=80)),
                ("result_hash", models.CharField(blank=True, max_length=80)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "listing",
                    models.CharField(
                        choices=[("own", "只告知本园区"), ("top", "公开前若干名"), ("full", "公开全部位次")],
                        default="own",
                        max_length=4,
                        verbose_name="公开范围",
                    ),
                ),
                ("top", models.PositiveSmallIntegerField(default=0, verbose_name="公开前几名")),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.paper",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
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
                "verbose_name": "年度测算",
                "verbose_name_plural": "年度测算",
                "ordering": ["-year", "programme", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "year", "number"), name="one_run_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "released"), _negated=True),
                            models.Q(
                                ("dry", False),
                                ("released_at__isnull", False),
                                ("proposed_by__isnull", False),
                                models.Q(("result_hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="released_run_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="run_released_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True), ("released_at__isnull", False), _connector="OR"
                        ),
                        name="published_run_was_released",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("subject", models.CharField(max_length=60, verbose_name="对象代码")),
                ("name", models.CharField(max_length=80, verbose_name="对象名称")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("creating", "创建中的园区"),
                            ("recognised", "已认定的园区"),
                            ("city", "设区市"),
                            ("county", "县（市、区）"),
                        ],
                        max_length=10,
                        verbose_name="名单",
                    ),
                ),
                ("clause_set", models.CharField(blank=True, max_length=40, verbose_name="条款集")),
                ("digest", models.CharField(blank=True, max_length=80)),
                ("facts", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "达到要求"),
                            ("not_met", "未达到要求"),
                            ("open", "尚待裁定"),
                            ("not_applicable", "不适用"),
                        ],
                        max_length=14,
                        verbose_name="结论",
                    ),
                ),
                ("scores", models.JSONField(default=dict, verbose_name="得分")),
                ("score", models.CharField(blank=True, max_length=60, verbose_name="综合得分")),
                ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="位次")),
                ("ranked", models.PositiveIntegerField(default=0, verbose_name="参加排序数")),
                ("rank_low", models.PositiveIntegerField(blank=True, null=True, verbose_name="位次下限")),
                ("rank_high", models.PositiveIntegerField(blank=True, null=True, verbose_name="位次上限")),
                ("previous_rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="上年位次")),
                ("final", models.BooleanField(default=False, verbose_name="已发布")),
                ("shown", models.BooleanField(default=False, verbose_name="向社会公开")),
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
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="indicators.run"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度评价",
                "verbose_name_plural": "年度评价",
                "ordering": ["run", "list", "rank", "subject"],
                "indexes": [models.Index(fields=["subject", "year"], name="assessments_by_subject")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "subject"), name="one_assessment_per_run_and_subject"),
                    models.UniqueConstraint(
                        fields=("id", "subject", "year", "verdict", "final"), name="assessment_as_it_is"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("shown", True), _negated=True), ("final", True), _connector="OR"),
                        name="shown_assessment_is_final",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("clause", models.CharField(max_length=40, verbose_name="条款")),
                ("label", models.CharField(max_length=120)),
                ("quote", models.TextField(verbose_name="条款原文")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("met", "达到"),
                            ("not_met", "未达到"),
                            ("not_assessable", "无法判定"),
                            ("not_applicable", "不适用"),
                            ("exempt", "豁免"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("observed", models.CharField(blank=True, max_length=80, null=True)),
                ("shown", models.CharField(blank=True, max_length=80, verbose_name="实际值")),
                ("threshold", models.CharField(blank=True, max_length=80, null=True, verbose_name="要求")),
                ("operator", models.CharField(blank=True, max_length=8)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("formula", models.TextField(blank=True, verbose_name="算式")),
                ("reason", models.TextField(blank=True, verbose_name="说明")),
                ("proposal", models.CharField(blank=True, max_length=8)),
                ("advice", models.TextField(blank=True, verbose_name="怎么办")),
                ("decided", models.BooleanField(default=False, verbose_name="依据裁定")),
                ("counts", models.BooleanField(default=True)),
                ("figures", models.JSONField(default=list, verbose_name="数据")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="indicators.assessment"
                    ),
                ),
            ],
            options={
                "verbose_name": "条款结果",
                "verbose_name_plural": "条款结果",
                "ordering": ["assessment", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "clause"), name="one_finding_per_clause")
                ],
            },
        ),
    ]
