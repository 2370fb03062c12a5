"""Conclusion with its table of adoption, visit and panel, public notice and objections."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rowsecurity"),
        ("accounts", "__first__"),
        ("applications", "0002_rowsecurity"),
        ("files", "0002_rowsecurity"),
        ("notifications", "0004_paper_in_dossier"),
        ("reviews", "0003_asking_for_opinions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("opinion", "意见"), ("condition", "条件"), ("remark", "分栏意见")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("reference", models.UUIDField(blank=True, null=True)),
                ("text", models.TextField(verbose_name="内容")),
                (
                    "treatment",
                    models.CharField(
                        choices=[("adopted", "采纳"), ("partly", "部分采纳"), ("not", "不采纳")],
                        max_length=8,
                        verbose_name="采纳情况",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="说明")),
                (
                    "conclusion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="reviews.conclusion"
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="reviews.opinion"
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
                "verbose_name": "意见采纳情况",
                "verbose_name_plural": "意见采纳情况",
                "ordering": ["conclusion", "order"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("treatment", "adopted"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="adoption_says_why_not",
                    ),
                    models.UniqueConstraint(fields=("conclusion", "order"), name="one_adoption_per_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publicity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("summary", models.JSONField(verbose_name="公示内容")),
                ("starts_on", models.DateField(verbose_name="公示开始")),
                ("ends_on", models.DateField(verbose_name="公示结束")),
                ("contact", models.CharField(max_length=120, verbose_name="受理处室和联系方式")),
                ("phone", models.CharField(max_length=40, verbose_name="监督电话")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("undisputed", "公示期内未收到异议"),
                            ("settled", "异议已处理，不影响拟列入结论"),
                            ("upheld", "异议成立，重新形成结论"),
                        ],
                        max_length=12,
                        verbose_name="公示结果",
                    ),
                ),
                ("result_note", models.TextField(blank=True, verbose_name="结果说明")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publicities", to="reviews.case"
                    ),
                ),
                (
                    "conclusion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publicities", to="reviews.conclusion"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notifications.paper"
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
                "verbose_name": "公示",
                "verbose_name_plural": "公示",
                "ordering": ["-published_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("case",), name="one_open_publicity_per_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="publicity_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("result", "")),
                            models.Q(("closed_at__isnull", False), models.Q(("result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="publicity_closed_with_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("number", models.CharField(max_length=24, verbose_name="回执编号")),
                ("code_hash", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "已收到"),
                            ("accepted", "已受理"),
                            ("rejected", "不予受理"),
                            ("answered", "已答复"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("text", models.TextField(verbose_name="异议内容")),
                ("filed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="答复期限")),
                ("refusal", models.TextField(blank=True, verbose_name="不予受理的理由")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "异议成立"), ("partly", "异议部分成立"), ("not_upheld", "异议不成立")],
                        max_length=10,
                        verbose_name="处理结果",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.paper",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "publicity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="reviews.publicity"
                    ),
                ),
            ],
            options={
                "verbose_name": "异议",
                "verbose_name_plural": "异议",
                "ordering": ["filed_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "number"), name="one_objection_per_number"),
                    models.UniqueConstraint(fields=("code_hash",), name="one_objection_per_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(
                                ("paper__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answered_by_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "rejected"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_rejected_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("text", models.TextField(verbose_name="转请说明的内容")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("answer", models.TextField(blank=True, verbose_name="说明")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="reviews.case"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="reviews.objection"
                    ),
                ),
            ],
            options={
                "ordering": ["case", "asked_at"],
            },
        ),
        migrations.CreateModel(
            name="Objector",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("unit", models.CharField(max_length=80, verbose_name="单位")),
                ("phone", models.CharField(max_length=30, verbose_name="联系电话")),
                ("sealed_unit", models.BooleanField(default=False, verbose_name="以单位名义提出")),
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objector", to="reviews.objection"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("site", "现场考察"), ("panel", "专家论证")], max_length=8, verbose_name="类别"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="日期")),
                ("place", models.CharField(max_length=120, verbose_name="地点")),
                ("participants", models.TextField(verbose_name="参加人员")),
                ("experts", models.JSONField(default=list, verbose_name="专家名单")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("findings", models.TextField(blank=True, verbose_name="情况和意见")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="reviews.case"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.paper",
                    ),
                ),
                (
                    "planned_by",
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
                "verbose_name": "现场考察和专家论证",
                "verbose_name_plural": "现场考察和专家论证",
                "ordering": ["case", "held_on", "planned_at"],
            },
        ),
        migrations.CreateModel(
            name="VisitPhoto",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("caption", models.CharField(blank=True, max_length=80, verbose_name="说明")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.upload"),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="reviews.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["visit", "added_at"],
            },
        ),
        migrations.AlterModelOptions(
            name="conclusion",
            options={"ordering": ["case", "signed_at"]},
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_reported_by_paper",
        ),
        migrations.RemoveConstraint(
            model_name="opinion",
            name="opinion_signed_by_paper",
        ),
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(
                choices=[
                    ("reviewing", "联审联评中"),
                    ("concluded", "联审结论形成"),
                    ("publicity", "公示中"),
                    ("reported", "报省政府审定"),
                    ("listed", "已列入创建名单"),
                    ("declined", "不予列入"),
                    ("deferred", "暂缓（整改后再报）"),
                ],
                default="reviewing",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="conclusion",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="conclusions", to="reviews.case"
            ),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="status",
            field=models.CharField(
                choices=[("requested", "待回复"), ("signed", "已签发"), ("lapsed", "逾期未回复")],
                default="requested",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["reviewing", "concluded", "publicity"]),
                    ("report_paper__isnull", False),
                    _connector="OR",
                ),
                name="case_reported_by_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["requested", "lapsed"]),
                    models.Q(
                        ("paper__isnull", False),
                        models.Q(("stance", ""), _negated=True),
                        models.Q(("reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="opinion_signed_by_paper",
            ),
        ),
    ]
