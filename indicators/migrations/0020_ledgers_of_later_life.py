"""The ledgers of a park's later life, and who reads and writes them; a department keeps its own measures."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, own, protect
from indicators.ledgers.rowsecurity import HELPS, OF_PARK, OF_YEAR, OPENED, kept, more, office, tied
from registry.watching import watch

PROVINCE = ("kjt", "prov_gov_office")
OFFICES = ("kjt", "department", "other_department")
BOOKS = {
    "support": {"opened": ("r", OPENED), "province": ("r", office(kinds=PROVINCE, codes=("dept-stat",)))},
    "land": {
        "year": ("r", OF_YEAR),
        "alerted": ("r", f"alerted_at IS NOT NULL AND {office(kinds=('kjt',), codes=('dept-land',))}"),
    },
    "exit": {"park": ("r", OF_PARK)},
    "leader": {"province": ("r", office(kinds=(*PROVINCE, "department")))},
    "issue": {
        "province": ("r", office(kinds=PROVINCE)),
        "needed": ("r", "needs = (SELECT o.code FROM accounts_organisation o WHERE o.id = app_organisation())"),
    },
    "result": {"province": ("r", office(kinds=PROVINCE, codes=("dept-org",)))},
    "eia": {"province": ("r", office(kinds=PROVINCE, codes=("dept-env",)))},
}
NAMES = {"support": "support", "land": "land"}
SEEN = " OR ".join(
    f'EXISTS (SELECT 1 FROM indicators_{table} b WHERE b.id = indicators_ledgerversion."row")'  # noqa: S608
    for table in BOOKS
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rowsecurity"),
        ("indicators", "0019_province"),
        ("registry", "0004_edition"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("post", models.CharField(max_length=80, verbose_name="处室和职务")),
                ("phone", models.CharField(max_length=40, verbose_name="办公电话")),
                ("since", models.DateField(verbose_name="起始日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "工作小组联络员",
                "verbose_name_plural": "工作小组联络员",
                "ordering": ["tenant__order", "-since", "-named_at"],
            },
        ),
        migrations.CreateModel(
            name="Eia",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=120, verbose_name="规划环评名称")),
                ("approved_on", models.DateField(verbose_name="审查意见日期")),
                ("office", models.CharField(max_length=80, verbose_name="审查单位")),
                ("paper", models.CharField(max_length=120, verbose_name="文号")),
                ("covered", models.DecimalField(decimal_places=4, max_digits=14, verbose_name="覆盖面积（平方公里）")),
            ],
            options={
                "verbose_name": "规划环评",
                "verbose_name_plural": "规划环评",
                "ordering": ["ledger", "-approved_on", "name"],
            },
        ),
        migrations.CreateModel(
            name="Exit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=120, verbose_name="企业名称")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("close", "关"),
                            ("stop", "停"),
                            ("merge", "并"),
                            ("convert", "转"),
                            ("move", "迁"),
                            ("treat", "治"),
                        ],
                        max_length=8,
                        verbose_name="处置方式",
                    ),
                ),
                (
                    "instrument",
                    models.CharField(
                        choices=[
                            ("energy", "能耗控制"),
                            ("safety", "安全执法"),
                            ("environment", "环保监管"),
                            ("price", "价格机制"),
                        ],
                        max_length=12,
                        verbose_name="倒逼手段",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="处置日期")),
                (
                    "released",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="腾出土地（公顷）"
                    ),
                ),
                ("paper", models.CharField(blank=True, default="", max_length=120, verbose_name="文号或依据")),
            ],
            options={
                "verbose_name": "腾退企业",
                "verbose_name_plural": "腾退企业",
                "ordering": ["ledger", "-decided_on", "name"],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("raised_on", models.DateField(verbose_name="提出日期")),
                ("name", models.CharField(max_length=120, verbose_name="问题")),
                ("details", models.CharField(blank=True, default="", max_length=500, verbose_name="具体情况")),
                ("raised_by", models.CharField(max_length=80, verbose_name="提出单位")),
                ("needs", models.CharField(max_length=60, verbose_name="需由谁决定")),
                ("due_on", models.DateField(verbose_name="应解决日期")),
                ("solved_on", models.DateField(blank=True, null=True, verbose_name="解决日期")),
                ("outcome", models.CharField(blank=True, default="", max_length=500, verbose_name="解决结果")),
            ],
            options={
                "verbose_name": "需协调的问题",
                "verbose_name_plural": "需协调的问题",
                "ordering": ["ledger", "-raised_on", "name"],
            },
        ),
        migrations.CreateModel(
            name="Land",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "kind",
                    models.CharField(
                        choices=[("quota", "指标下达"), ("supply", "新增供地"), ("replaced", "补充耕地")],
                        max_length=8,
                        verbose_name="事项",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="地块或文件名称")),
                ("area", models.DecimalField(decimal_places=4, max_digits=14, verbose_name="面积（公顷）")),
                (
                    "use",
                    models.CharField(
                        blank=True,
                        choices=[("industry", "工业用地"), ("research", "科研用地"), ("other", "其他用地")],
                        default="",
                        max_length=8,
                        verbose_name="用途",
                    ),
                ),
                ("sei", models.BooleanField(default=False, verbose_name="用于战略性新兴产业")),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tender", "招标"),
                            ("auction", "拍卖"),
                            ("listing", "挂牌"),
                            ("agreement", "协议"),
                            ("allocation", "划拨"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="供应方式",
                    ),
                ),
                (
                    "quota",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="使用指标（公顷）"
                    ),
                ),
                (
                    "farmland",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="占用耕地（公顷）"
                    ),
                ),
                ("user", models.CharField(blank=True, default="", max_length=120, verbose_name="用地单位")),
                ("paper", models.CharField(blank=True, default="", max_length=120, verbose_name="文号或依据")),
                ("alerted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "用地",
                "verbose_name_plural": "用地",
                "ordering": ["ledger", "-year", "kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="Leader",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("main", "主要负责人"),
                            ("deputy", "分管负责人"),
                            ("county_main", "县（市、区）主要负责人"),
                            ("county_deputy", "县（市、区）分管负责人"),
                        ],
                        max_length=14,
                        verbose_name="职责",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("post", models.CharField(max_length=120, verbose_name="职务")),
                ("phone", models.CharField(blank=True, default="", max_length=40, verbose_name="办公电话")),
                ("since", models.DateField(verbose_name="任职日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="离任日期")),
            ],
            options={
                "verbose_name": "负责人",
                "verbose_name_plural": "负责人",
                "ordering": ["ledger", "role", "-since"],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("name", models.CharField(max_length=120, verbose_name="考核文件名称")),
                (
                    "result",
                    models.CharField(
                        choices=[("excellent", "优秀"), ("passed", "合格"), ("failed", "不合格")],
                        max_length=10,
                        verbose_name="考核结果",
                    ),
                ),
                ("assessed", models.CharField(max_length=120, verbose_name="被考核单位")),
                ("paper", models.CharField(blank=True, default="", max_length=120, verbose_name="文号或依据")),
            ],
            options={
                "verbose_name": "目标责任制考核结果",
                "verbose_name_plural": "目标责任制考核结果",
                "ordering": ["ledger", "-year", "assessed"],
            },
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("clause", models.CharField(max_length=24, verbose_name="政策举措条款")),
                ("name", models.CharField(max_length=120, verbose_name="措施名称")),
                ("body", models.CharField(blank=True, default="", max_length=80, verbose_name="实施单位")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="金额（万元）"
                    ),
                ),
                (
                    "count",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="数量"),
                ),
                ("unit", models.CharField(blank=True, default="", max_length=4, verbose_name="计量单位")),
                ("paper", models.CharField(blank=True, default="", max_length=120, verbose_name="文号或依据")),
            ],
            options={
                "verbose_name": "支持措施",
                "verbose_name_plural": "支持措施",
                "ordering": ["ledger", "-year", "clause", "name"],
            },
        ),
        migrations.CreateModel(
            name="SupportTotal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("heading", models.CharField(max_length=8, verbose_name="政策举措")),
                ("parks", models.PositiveIntegerField(null=True, verbose_name="受益园区数")),
                ("measures", models.PositiveIntegerField(null=True, verbose_name="措施数")),
                (
                    "amount",
                    models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name="金额（万元）"),
                ),
                ("counted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "支持措施统计",
                "verbose_name_plural": "支持措施统计",
                "ordering": ["-year", "heading"],
            },
        ),
        migrations.AddField(
            model_name="ledger",
            name="measures",
            field=models.BooleanField(default=False, verbose_name="部门的支持措施"),
        ),
        migrations.AlterField(
            model_name="ledger",
            name="park",
            field=models.CharField(max_length=60, verbose_name="园区代码"),
        ),
        migrations.AlterField(
            model_name="ledgerimport",
            name="book",
            field=models.CharField(
                choices=[
                    ("projects", "项目台账"),
                    ("enterprises", "企业台账"),
                    ("support", "支持措施台账"),
                    ("land", "用地台账"),
                    ("exits", "腾退台账"),
                    ("leaders", "负责人"),
                    ("issues", "问题协调台账"),
                    ("results", "目标责任制考核"),
                    ("eias", "规划环评"),
                ],
                max_length=11,
                verbose_name="台账",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerversion",
            name="book",
            field=models.CharField(
                choices=[
                    ("projects", "项目台账"),
                    ("enterprises", "企业台账"),
                    ("support", "支持措施台账"),
                    ("land", "用地台账"),
                    ("exits", "腾退台账"),
                    ("leaders", "负责人"),
                    ("issues", "问题协调台账"),
                    ("results", "目标责任制考核"),
                    ("eias", "规划环评"),
                ],
                max_length=11,
            ),
        ),
        migrations.AddConstraint(
            model_name="ledger",
            constraint=models.UniqueConstraint(fields=("park", "tenant"), name="one_ledger_per_park_and_office"),
        ),
        migrations.AddConstraint(
            model_name="ledger",
            constraint=models.UniqueConstraint(
                condition=models.Q(("measures", False)), fields=("park",), name="one_ledger_per_park"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="named_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="eia",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="eia",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="indicators.ledger",
            ),
        ),
        migrations.AddField(
            model_name="eia",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="exit",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="exit",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="indicators.ledger",
            ),
        ),
        migrations.AddField(
            model_name="exit",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="indicators.ledger",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="land",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="land",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="indicators.ledger",
            ),
        ),
        migrations.AddField(
            model_name="land",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="leader",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leader",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="indicators.ledger",
            ),
        ),
        migrations.AddField(
            model_name="leader",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="result",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="result",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="indicators.ledger",
            ),
        ),
        migrations.AddField(
            model_name="result",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="ledger",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="indicators.ledger",
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporttotal",
            constraint=models.UniqueConstraint(fields=("year", "heading"), name="one_support_total_per_heading"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("tenant",), name="one_contact_per_office"
            ),
        ),
        migrations.AddConstraint(
            model_name="eia",
            constraint=models.UniqueConstraint(
                fields=("ledger", "approved_on", "name"), name="one_eia_per_name_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="exit",
            constraint=models.UniqueConstraint(
                fields=("ledger", "decided_on", "name"), name="one_exit_per_name_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="exit",
            constraint=models.CheckConstraint(
                condition=models.Q(("released__isnull", True), ("released__gte", 0), _connector="OR"),
                name="released_land_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                fields=("ledger", "raised_on", "name"), name="one_issue_per_name_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("solved_on__isnull", True)),
                    models.Q(("solved_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="solved_issue_has_its_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="land",
            constraint=models.UniqueConstraint(
                fields=("ledger", "year", "kind", "name"), name="one_land_per_name_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="land",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("area__gte", 0),
                    models.Q(("quota__isnull", True), ("quota__gte", 0), _connector="OR"),
                    models.Q(("farmland__isnull", True), ("farmland__gte", 0), _connector="OR"),
                ),
                name="land_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="land",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "supply"), ("use", ""), _connector="XOR"), name="supplied_land_has_its_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="leader",
            constraint=models.UniqueConstraint(
                fields=("ledger", "role", "name", "since"), name="one_leader_per_role_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="leader",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="leader_leaves_after_coming",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.UniqueConstraint(
                fields=("ledger", "year", "assessed"), name="one_result_per_office_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(
                fields=("ledger", "year", "clause", "name"), name="one_support_per_clause_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                    models.Q(("count__isnull", True), ("count__gte", 0), _connector="OR"),
                ),
                name="support_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__isnull", True), models.Q(("unit", ""), _negated=True), _connector="XOR"),
                name="support_count_has_its_unit",
            ),
        ),
        *(
            operation
            for table, policies in BOOKS.items()
            for operation in (
                protect(f"indicators_{table}", own=("riu", own()), helper=("riu", HELPS), **policies),
                tied(f"indicators_{table}"),
                kept(f"indicators_{table}", NAMES.get(table, f"{table}s")),
            )
        ),
        more("indicators_ledgerversion", "life_select", "SELECT", SEEN),
        more(
            "indicators_project",
            "environment_select",
            "SELECT",
            f"alerted_at IS NOT NULL AND {office(codes=('dept-env',))}",
        ),
        more("indicators_ledger", "department_insert", "INSERT", f"measures AND {own()} AND {office(kinds=OFFICES)}"),
        protect("indicators_supporttotal", everybody=("r", "app_scope() <> ''")),
        watch("indicators_supporttotal"),
        protect("indicators_contact", own=("riu", own()), everybody=("r", "app_organisation() IS NOT NULL")),
        append_only("indicators_contact", mutable=("until",)),
    ]
