"""Recommendations for national status and what named reviewers judge of them, and who sees it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

ROWS, ITEMS = "reviews_recommendation", "reviews_strengthitem"
MUTABLE = (
    "status", "assessment_id", "year", "rank", "ranked", "report_paper_id", "request_paper_id", "decision_paper_id",
    "council_number", "council_on", "new_name", "scan_id",
)  # fmt: skip
JUDGED = ("outcome", "reason", "reviewer_id", "reviewer_name", "judged_at")
# What was judged stays as it is: the office writes once.
WRITES = f"""
CREATE POLICY own_update ON {ITEMS} FOR UPDATE
  USING ({own()} AND judged_at IS NULL) WITH CHECK ({own()} AND judged_at IS NOT NULL)
"""
# Who sees the recommendation sees the State Council's answer.
READ_SCAN = migrations.RunSQL(
    "CREATE POLICY recommendation_select ON files_upload FOR SELECT USING"
    " (EXISTS (SELECT 1 FROM reviews_recommendation r WHERE r.scan_id = files_upload.id))",
    "DROP POLICY recommendation_select ON files_upload",
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("files", "0004_without_person"),
        ("indicators", "0021_restated_figures"),
        ("notifications", "0006_messages_in_order"),
        ("registry", "0008_park_versions"),
        ("reviews", "0014_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("rank", models.PositiveIntegerField(verbose_name="位次")),
                ("ranked", models.PositiveIntegerField(verbose_name="参加排序数")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "列入优先推荐名单"),
                            ("appraising", "拟推荐，评审中"),
                            ("reported", "已报省政府"),
                            ("recommended", "已推荐国务院"),
                            ("upgraded", "已升级为国家高新区"),
                            ("refused", "国务院未批准"),
                            ("declined", "省政府不予推荐"),
                            ("passed_over", "本年度不推荐"),
                        ],
                        default="proposed",
                        max_length=11,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("council_number", models.CharField(blank=True, max_length=40, verbose_name="国务院批复文号")),
                ("council_on", models.DateField(blank=True, null=True, verbose_name="批复日期")),
                ("new_name", models.CharField(blank=True, max_length=80, verbose_name="升级后的名称")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.assessment"
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "decision_paper",
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
                    "park",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.park"
                    ),
                ),
                (
                    "report_paper",
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
                    "request_paper",
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
                    "scan",
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
            ],
            options={
                "verbose_name": "推荐国家级",
                "verbose_name_plural": "推荐国家级",
                "ordering": ["-year", "rank", "park"],
            },
        ),
        migrations.CreateModel(
            name="StrengthItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("location", "优越的区位条件"),
                            ("resources", "丰富的创新资源"),
                            ("potential", "较强的发展潜力"),
                            ("institutions", "良好的体制机制"),
                            ("radiation", "较大的辐射带动作用"),
                        ],
                        max_length=12,
                        verbose_name="评审项",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("met", "达到"), ("not_met", "未达到"), ("not_assessable", "材料不足，无法判定")],
                        max_length=14,
                        verbose_name="评定",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("reviewer_name", models.CharField(blank=True, max_length=40, verbose_name="评审人")),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="reviews.recommendation"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "reviewer",
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
                "verbose_name": "推荐评审项",
                "verbose_name_plural": "推荐评审项",
                "ordering": ["recommendation", "strength"],
            },
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(fields=("park", "year"), name="one_recommendation_per_park_and_year"),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["reported", "recommended", "upgraded", "refused", "declined"]), _negated=True
                    ),
                    ("report_paper__isnull", False),
                    _connector="OR",
                ),
                name="recommendation_reported_by_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["recommended", "upgraded", "refused"]), _negated=True),
                    ("request_paper__isnull", False),
                    _connector="OR",
                ),
                name="recommended_by_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "upgraded"), _negated=True),
                    models.Q(
                        ("council_on__isnull", False),
                        ("decision_paper__isnull", False),
                        models.Q(("council_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="upgraded_by_the_state_council",
            ),
        ),
        migrations.AddConstraint(
            model_name="strengthitem",
            constraint=models.UniqueConstraint(fields=("recommendation", "strength"), name="one_item_per_strength"),
        ),
        migrations.AddConstraint(
            model_name="strengthitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("judged_at", None),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        ("reviewer__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="strength_judged_by_person_with_reason",
            ),
        ),
        protect(ROWS, own=("riu", own()), granted=("r", granted(ROWS)), acting=("u", granted(ROWS, "act"))),
        append_only(ROWS, mutable=MUTABLE),
        tie(ROWS, "files_upload", "scan_id", "dossier"),
        READ_SCAN,
        protect(ITEMS, own=("r", own()), requester=("ri", own("requested_by_id")), acting=("r", granted(ITEMS, "act"))),
        migrations.RunSQL(WRITES, f"DROP POLICY own_update ON {ITEMS}"),
        append_only(ITEMS, mutable=JUDGED),
        tie(ITEMS, ROWS, "recommendation_id", "dossier"),
    ]
