import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HostZone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("cluster", "产业集聚区"), ("development", "经济开发区"), ("other", "其它开发区")],
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                (
                    "area_km2",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=14, null=True, verbose_name="面积（平方公里）"
                    ),
                ),
                ("facts", models.JSONField(default=list, verbose_name="资料")),
                ("source", models.CharField(max_length=300, verbose_name="来源")),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="host_zones", to="accounts.division"
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="host_zones",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "所在开发区",
                "verbose_name_plural": "所在开发区",
                "ordering": ["city", "slug"],
            },
        ),
        migrations.CreateModel(
            name="LegalStatus",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("creating", "创建中"),
                            ("revoked", "已取消创建资格"),
                            ("recognised", "已认定"),
                            ("national", "国家高新区"),
                            ("ended", "已终止"),
                        ],
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="起始")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "不详")],
                        default="day",
                        max_length=8,
                    ),
                ),
                ("citation", models.CharField(blank=True, max_length=300, verbose_name="出处")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_statuses",
                        to="notifications.paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "法定状态",
                "verbose_name_plural": "法定状态",
                "ordering": ["park", "since", "recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Park",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="代码")),
                ("dossier", models.UUIDField(blank=True, null=True)),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("creating", "创建中"),
                            ("revoked", "已取消创建资格"),
                            ("recognised", "已认定"),
                            ("national", "国家高新区"),
                            ("ended", "已终止"),
                        ],
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "area_km2",
                    models.DecimalField(
                        blank=True, decimal_places=12, max_digits=20, null=True, verbose_name="规划面积（平方公里）"
                    ),
                ),
                ("four_sides", models.JSONField(default=dict, verbose_name="四至")),
                ("facts", models.JSONField(default=list, verbose_name="资料")),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parks", to="accounts.division"
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="county_parks",
                        to="accounts.division",
                    ),
                ),
                (
                    "current",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.legalstatus",
                    ),
                ),
                (
                    "host_zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parks",
                        to="registry.hostzone",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parks",
                        to="accounts.organisation",
                        verbose_name="所属政府",
                    ),
                ),
            ],
            options={
                "verbose_name": "园区",
                "verbose_name_plural": "园区",
                "ordering": ["city", "slug"],
            },
        ),
        migrations.CreateModel(
            name="LeadingIndustry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="产业")),
                ("code", models.CharField(blank=True, max_length=10, verbose_name="行业代码")),
                (
                    "park",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="industries", to="registry.park"
                    ),
                ),
            ],
            options={
                "ordering": ["park", "order"],
                "constraints": [models.UniqueConstraint(fields=("park", "order"), name="one_industry_per_place")],
            },
        ),
        migrations.CreateModel(
            name="ParkBoundary",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("geojson", models.JSONField()),
                ("area_km2", models.DecimalField(decimal_places=12, max_digits=20)),
                ("valid_from", models.DateField()),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.paper",
                    ),
                ),
                (
                    "park",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="boundaries", to="registry.park"
                    ),
                ),
            ],
            options={
                "ordering": ["park", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="ParkName",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("valid_from", models.CharField(blank=True, max_length=10)),
                ("valid_to", models.CharField(blank=True, max_length=10)),
                ("source", models.CharField(blank=True, max_length=300)),
                (
                    "park",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="registry.park"
                    ),
                ),
            ],
            options={
                "ordering": ["park", "valid_from"],
            },
        ),
        migrations.AddField(
            model_name="legalstatus",
            name="park",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="legal_statuses", to="registry.park"
            ),
        ),
        migrations.AddConstraint(
            model_name="legalstatus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paper__isnull", False), models.Q(("citation", ""), _negated=True), _connector="XOR"
                ),
                name="status_rests_on_paper_or_citation",
            ),
        ),
    ]
