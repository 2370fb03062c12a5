"""The registers of cities and counties (C-IV, C-V), and who reads and writes them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import own, protect
from indicators.ledgers.rowsecurity import HELPS, OPENED, kept, more, office, tied

TABLE = "indicators_record"
READERS = ("kjt", "prov_gov_office", "department", "other_department")
SEEN = f'EXISTS (SELECT 1 FROM {TABLE} b WHERE b.id = indicators_ledgerversion."row")'  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_operator_opens_offices"),
        ("indicators", "0032_practices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ledger",
            name="place",
            field=models.BooleanField(default=False, verbose_name="市、县（市、区）"),
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
                    ("registers", "创新型城市登记簿"),
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
                    ("registers", "创新型城市登记簿"),
                ],
                max_length=11,
            ),
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="改动理由")),
                ("batch", models.UUIDField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("register", models.CharField(max_length=20, verbose_name="登记簿")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("kind", models.CharField(blank=True, default="", max_length=20, verbose_name="类别")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("body", models.CharField(blank=True, default="", max_length=120, verbose_name="单位")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="金额（万元）"
                    ),
                ),
                (
                    "number",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="人数或数量"
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="起始日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("paper", models.CharField(blank=True, default="", max_length=120, verbose_name="文号或依据")),
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
                "verbose_name": "登记",
                "verbose_name_plural": "登记",
                "ordering": ["ledger", "register", "-year", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ledger", "register", "year", "kind", "name"), name="one_record_per_register_and_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                            models.Q(("number__isnull", True), ("number__gte", 0), _connector="OR"),
                        ),
                        name="record_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("since__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="record_ends_after_it_begins",
                    ),
                ],
            },
        ),
        protect(
            TABLE,
            own=("riu", own()),
            helper=("riu", HELPS),
            opened=("r", OPENED),
            province=("r", office(kinds=READERS)),
        ),
        tied(TABLE),
        kept(TABLE, "registers"),
        more("indicators_ledgerversion", "register_select", "SELECT", SEEN),
        more(
            "indicators_ledgercount",
            "place_select",
            "SELECT",
            f"{office(kinds=READERS)} AND ledger_id IN (SELECT l.id FROM indicators_ledger l WHERE l.place)",  # noqa: S608
        ),
    ]
