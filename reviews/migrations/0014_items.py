"""The clauses of review given to named reviewers, and who reads and writes them: never the applicant."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

TABLE = "reviews_reviewitem"
ASKS = f"{own('requested_by_id')} AND {granted(TABLE, 'act')}"
# What was judged stays as it is: the office writes once, 省科技厅 only takes back.
WRITES = f"""
CREATE POLICY own_update ON {TABLE} FOR UPDATE
  USING ({own()} AND judged_at IS NULL AND withdrawn_at IS NULL) WITH CHECK ({own()} AND judged_at IS NOT NULL);
CREATE POLICY requester_recall ON {TABLE} FOR UPDATE
  USING ({ASKS} AND withdrawn_at IS NULL) WITH CHECK ({ASKS} AND withdrawn_at IS NOT NULL)
"""
UNDO = f"DROP POLICY own_update ON {TABLE}; DROP POLICY requester_recall ON {TABLE}"
MUTABLE = ("outcome", "reason", "reviewer_id", "reviewer_name", "judged_at", "withdrawn_at", "withdrawn_reason")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("reviews", "0013_countersigning_rowsecurity"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("clause", models.CharField(max_length=20, verbose_name="条款")),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
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
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, verbose_name="收回的原因")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="reviews.case"
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
                "verbose_name": "评审项",
                "verbose_name_plural": "评审项",
                "ordering": ["case", "clause", "requested_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("case", "clause"),
                        name="one_reviewer_per_clause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judged_at", None),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                ("reviewer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="item_judged_by_person_with_reason",
                    ),
                ],
            },
        ),
        protect(TABLE, own=("r", own()), requester=("ri", ASKS), authority=("r", granted(TABLE, "act"))),
        migrations.RunSQL(WRITES, UNDO),
        append_only(TABLE, mutable=MUTABLE),
        tie(TABLE, "reviews_case", "case_id", "dossier"),
    ]
