"""The ledgers behind the figures."""

import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_indexes_that_suffice"),
        ("indicators", "0004_the_run_rowsecurity"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ledger",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("park", models.CharField(max_length=60, unique=True, verbose_name="园区代码")),
                ("name", models.CharField(max_length=80, verbose_name="园区名称")),
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
                "verbose_name": "园区台账",
                "verbose_name_plural": "园区台账",
                "ordering": ["tenant__order", "park"],
            },
        ),
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("credit_code", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                ("name", models.CharField(max_length=120, verbose_name="企业名称")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="登记日期")),
                (
                    "hitech_number",
                    models.CharField(blank=True, default="", max_length=30, verbose_name="高新技术企业证书编号"),
                ),
                (
                    "hitech_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="首次认定高新技术企业年度"),
                ),
                ("hitech_from", models.DateField(blank=True, null=True, verbose_name="证书有效期起")),
                ("hitech_to", models.DateField(blank=True, null=True, verbose_name="证书有效期止")),
                (
                    "sei_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="战略性新兴产业企业"),
                ),
                ("hts_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="高技术服务业企业")),
                ("sme_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="科技型中小企业")),
                ("innovative_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="创新型企业")),
                ("hq_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="总部企业")),
                ("listed_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="上市公司")),
                ("rd_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="企业研发机构")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="迁出、注销日期")),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "ledger",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="indicators.ledger",
                    ),
                ),
            ],
            options={
                "verbose_name": "园区企业",
                "verbose_name_plural": "园区企业",
                "ordering": ["ledger", "credit_code"],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "credit_code"), name="one_enterprise_per_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hitech_from__isnull", True), ("hitech_number", ""), ("hitech_to__isnull", True)),
                            models.Q(
                                ("hitech_from__lte", models.F("hitech_to")),
                                models.Q(("hitech_number", ""), _negated=True),
                                ("hitech_year__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hitech_certificate_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerCount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("subject", models.CharField(max_length=60, verbose_name="对象代码")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("code", models.CharField(max_length=60, verbose_name="指标代码")),
                ("value", models.CharField(blank=True, max_length=40, null=True, verbose_name="台账数")),
                ("counted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="indicators.ledger"
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
                "verbose_name": "台账数",
                "verbose_name_plural": "台账数",
                "ordering": ["subject", "year", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "year", "code"), name="one_count_per_figure")
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "book",
                    models.CharField(
                        choices=[("projects", "项目台账"), ("enterprises", "企业台账")],
                        max_length=11,
                        verbose_name="台账",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checking", "正在核对"),
                            ("checked", "待确认"),
                            ("refused", "有问题，未导入"),
                            ("storing", "正在导入"),
                            ("done", "已导入"),
                            ("given_up", "已放弃"),
                        ],
                        default="checking",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                (
                    "problems",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("preview", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
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
                "verbose_name": "台账导入",
                "verbose_name_plural": "台账导入",
                "ordering": ["-created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["checking", "checked", "storing"]), _negated=True),
                            ("content__isnull", False),
                            _connector="OR",
                        ),
                        name="open_import_has_its_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "book",
                    models.CharField(choices=[("projects", "项目台账"), ("enterprises", "企业台账")], max_length=11),
                ),
                ("row", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                ("data", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("superseded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "台账历史版本",
                "verbose_name_plural": "台账历史版本",
                "ordering": ["row", "version"],
                "constraints": [models.UniqueConstraint(fields=("row", "version"), name="one_ledger_row_per_version")],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="入园年度")),
                ("name", models.CharField(max_length=120, verbose_name="项目名称")),
                ("investor", models.CharField(max_length=120, verbose_name="投资方")),
                ("industry", models.CharField(blank=True, default="", max_length=60, verbose_name="主导产业")),
                ("hitech", models.BooleanField(default=False, verbose_name="高新技术项目")),
                ("planned", models.DecimalField(decimal_places=4, max_digits=14, verbose_name="计划投资（亿元）")),
                (
                    "completed",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="完成投资（亿元）"
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="开工日期")),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="科技水平评价日期")),
                ("assessed_by", models.CharField(blank=True, default="", max_length=120, verbose_name="评价单位")),
                ("assessment", models.CharField(blank=True, default="", max_length=200, verbose_name="评价结果")),
                ("low_tech", models.BooleanField(default=False, verbose_name="低技术")),
                ("polluting", models.BooleanField(default=False, verbose_name="高污染")),
                ("wasteful", models.BooleanField(default=False, verbose_name="高能耗")),
                (
                    "decision",
                    models.CharField(
                        choices=[("admitted", "准入"), ("rejected", "否决")], max_length=8, verbose_name="是否准入"
                    ),
                ),
                ("smart", models.BooleanField(default=False, verbose_name="智能")),
                ("green", models.BooleanField(default=False, verbose_name="绿色")),
                ("safe", models.BooleanField(default=False, verbose_name="安全")),
                ("serving", models.BooleanField(default=False, verbose_name="服务")),
                ("alerted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ledger",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="indicators.ledger",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "入园项目",
                "verbose_name_plural": "入园项目",
                "ordering": ["ledger", "-year", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("ledger", "year", "name"), name="one_project_per_name_and_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned__gte", 0),
                            models.Q(("completed__isnull", True), ("completed__gte", 0), _connector="OR"),
                        ),
                        name="project_investment_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assessed_on__isnull", True),
                            models.Q(
                                models.Q(("assessed_by", ""), _negated=True),
                                models.Q(("assessment", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="project_assessment_is_whole",
                    ),
                ],
            },
        ),
    ]
