import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(null=True)),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField(blank=True)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("kind", models.CharField(max_length=40)),
                (
                    "confers",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "无"),
                            ("creating", "列入创建名单"),
                            ("revoked", "取消创建资格"),
                            ("recognised", "认定"),
                            ("national", "升级为国家高新区"),
                            ("ended", "终止"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="机关代字")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("serial", models.PositiveIntegerField(verbose_name="序号")),
                ("number", models.CharField(max_length=60, verbose_name="发文字号")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("issuer_name", models.CharField(max_length=80, verbose_name="发文机关")),
                ("signer_name", models.CharField(max_length=40, verbose_name="签发人")),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("template_version", models.CharField(max_length=20)),
                ("data", models.JSONField(default=dict)),
                ("data_hash", models.CharField(max_length=64)),
                ("check_code", models.CharField(max_length=24, unique=True, verbose_name="查验码")),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "validity",
                    models.CharField(
                        choices=[("valid", "有效"), ("superseded", "已被取代"), ("revoked", "已撤销")],
                        default="valid",
                        max_length=12,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="公开时间")),
                (
                    "file_state",
                    models.CharField(
                        choices=[("pending", "生成中"), ("ready", "已生成"), ("failed", "生成失败，将自动重试")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("file_hash", models.CharField(blank=True, max_length=64)),
                ("file_pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("file_at", models.DateTimeField(blank=True, null=True)),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "公文",
                "verbose_name_plural": "公文",
                "ordering": ["-signed_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "code", "year", "serial"), name="one_paper_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handler", models.F("reviewer")), _negated=True),
                            models.Q(("reviewer", models.F("signer")), _negated=True),
                            models.Q(("handler", models.F("signer")), _negated=True),
                        ),
                        name="paper_three_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True),
                            models.Q(("issuer_name", ""), _negated=True),
                            models.Q(("signer_name", ""), _negated=True),
                            ("data_hash__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="paper_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperCopy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_main", models.BooleanField(default=True)),
                ("delivered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_copies",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="notifications.paper"
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
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
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "organisation"), name="one_copy_per_organisation")
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("kind", models.CharField(max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("drafting", "拟稿"),
                            ("checking", "审核中"),
                            ("signing", "待签发"),
                            ("signed", "已签发"),
                            ("cancelled", "已作废"),
                        ],
                        default="drafting",
                        max_length=10,
                    ),
                ),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("fields", models.JSONField(default=dict, verbose_name="内容")),
                ("remark", models.TextField(blank=True, verbose_name="退回意见")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "拟稿",
                "verbose_name_plural": "拟稿",
                "ordering": ["-changed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handler", models.F("reviewer")), _negated=True),
                            models.Q(("reviewer", models.F("signer")), _negated=True),
                            models.Q(("handler", models.F("signer")), _negated=True),
                        ),
                        name="draft_three_persons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["drafting", "checking", "signing"])),
                        fields=("tenant", "kind", "subject_id"),
                        name="one_open_draft_per_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "code", "year"), name="one_series_per_year")],
            },
        ),
    ]
