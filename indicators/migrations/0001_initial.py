import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_indexes_that_suffice"),
        ("accounts", "__first__"),
        ("files", "0004_without_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="Return",
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("filling", "填报中"),
                            ("county", "县（市、区）审核"),
                            ("city", "设区市审核"),
                            ("verifying", "省级核定"),
                            ("locked", "已锁定"),
                        ],
                        default="filling",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="填报期限")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "county",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度统计报表",
                "verbose_name_plural": "年度统计报表",
                "ordering": ["-year", "kind", "subject"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject", "year"), name="one_return_per_subject_and_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "locked"), _negated=True), ("locked_at__isnull", False), _connector="OR"
                        ),
                        name="return_locked_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["verifying", "locked"]), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="return_verified_after_submission",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("subject", models.CharField(max_length=60, verbose_name="对象代码")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("code", models.CharField(max_length=60, verbose_name="指标代码")),
                ("vintage", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("value", models.CharField(blank=True, max_length=200, null=True, verbose_name="数值")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("reported", "填报"),
                            ("imported", "导入"),
                            ("verified", "核定"),
                            ("corrected", "勘误"),
                        ],
                        max_length=9,
                        verbose_name="数据层级",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="来源")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="口径说明")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="改动理由")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.upload",
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
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="indicators.return"
                    ),
                ),
            ],
            options={
                "verbose_name": "指标数据",
                "verbose_name_plural": "指标数据",
                "ordering": ["subject", "year", "code", "vintage"],
                "indexes": [models.Index(fields=["subject", "year", "code", "-vintage"], name="figures_by_subject")],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "code", "vintage"), name="one_figure_per_vintage")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("code", models.CharField(max_length=60, verbose_name="指标代码")),
                ("value", models.CharField(blank=True, max_length=200, null=True, verbose_name="数值")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="来源")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="口径说明")),
                ("explanation", models.CharField(blank=True, max_length=500, verbose_name="异常说明")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.upload",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="indicators.return"
                    ),
                ),
            ],
            options={
                "verbose_name": "填报数据",
                "verbose_name_plural": "填报数据",
                "ordering": ["report", "code"],
                "constraints": [models.UniqueConstraint(fields=("report", "code"), name="one_entry_per_figure")],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("code", models.CharField(max_length=60, verbose_name="指标代码")),
                ("reported", models.CharField(blank=True, max_length=200, null=True, verbose_name="填报数")),
                ("own", models.CharField(blank=True, max_length=200, null=True, verbose_name="部门数")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled", models.CharField(blank=True, max_length=200, null=True, verbose_name="协商确定数")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="协商理由")),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "settled_by",
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
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conflicts", to="indicators.return"
                    ),
                ),
            ],
            options={
                "verbose_name": "数据冲突",
                "verbose_name_plural": "数据冲突",
                "ordering": ["report", "code", "opened_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("report", "code"),
                        name="one_open_conflict_per_figure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", True),
                            models.Q(models.Q(("reason", ""), _negated=True), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="settled_conflict_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("code", models.CharField(max_length=60, verbose_name="指标代码")),
                ("reported", models.CharField(blank=True, max_length=200, null=True, verbose_name="填报数")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("confirmed", "确认"), ("returned", "退回"), ("own", "另有本部门数据")],
                        max_length=9,
                        verbose_name="核定意见",
                    ),
                ),
                ("own_value", models.CharField(blank=True, max_length=200, null=True, verbose_name="本部门数据")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="来源")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="理由")),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="indicators.return",
                    ),
                ),
                (
                    "said_by",
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
            ],
            options={
                "verbose_name": "核定意见",
                "verbose_name_plural": "核定意见",
                "ordering": ["report", "code", "said_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="returned_figure_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "own"), ("own_value__isnull", True), _connector="OR"),
                        name="own_value_only_with_own_figure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VerifyingOffice",
            fields=[
                (
                    "label",
                    models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="目录中的部门"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "核定部门",
                "verbose_name_plural": "核定部门",
                "ordering": ["label"],
            },
        ),
    ]
