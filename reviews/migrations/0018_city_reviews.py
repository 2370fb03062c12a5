"""The review of a round of pilots: results before the departments, the circular, who is laid before the province."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

REVIEW, OPINION, NOMINATION = "reviews_cityreview", "reviews_cityopinion", "reviews_nomination"
SAID = ("stance", "reason", "signer_id", "signer_name", "signed_at")
# What was said stays as it is: the department writes once.
WRITES = f"""
CREATE POLICY own_update ON {OPINION} FOR UPDATE
  USING ({own()} AND signed_at IS NULL) WITH CHECK ({own()} AND signed_at IS NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_operator_opens_offices"),
        ("indicators", "0029_results_written"),
        ("notifications", "0008_titles_conferred"),
        ("reviews", "0017_determined_by_the_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CityReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="数据年度")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("reviewing", "测评结果审核中"),
                            ("circulated", "已通报"),
                            ("reported", "已报请省政府认定"),
                            ("recognised", "已认定"),
                            ("refused", "省政府未认定"),
                        ],
                        default="reviewing",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="通报期限")),
                ("mark", models.CharField(blank=True, max_length=20, verbose_name="认定分数线")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "circular_paper",
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
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.evaluationround"
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
                "verbose_name": "测评结果审核",
                "verbose_name_plural": "测评结果审核",
                "ordering": ["-year", "-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="CityOpinion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[("agree", "同意"), ("object", "有不同意见")],
                        max_length=6,
                        verbose_name="意见",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("signer_name", models.CharField(blank=True, max_length=60, verbose_name="签发人")),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "signer",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="reviews.cityreview"
                    ),
                ),
            ],
            options={
                "verbose_name": "对测评结果的意见",
                "verbose_name_plural": "对测评结果的意见",
                "ordering": ["review", "tenant__order"],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("reaches", models.BooleanField(verbose_name="达到认定分数线")),
                ("nominated", models.BooleanField(verbose_name="报请认定")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.evaluationresult"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="reviews.cityreview"
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
                "verbose_name": "报请认定",
                "verbose_name_plural": "报请认定",
                "ordering": ["review", "result__list", "result__place"],
            },
        ),
        migrations.AddConstraint(
            model_name="cityreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "reviewing"), ("circular_paper__isnull", False), _connector="OR"),
                name="results_told_by_circular",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["reviewing", "circulated"]), ("report_paper__isnull", False), _connector="OR"
                ),
                name="recognition_asked_by_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["recognised", "refused"]), _negated=True),
                    ("decision_paper__isnull", False),
                    _connector="OR",
                ),
                name="recognition_decided_by_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityopinion",
            constraint=models.UniqueConstraint(fields=("review", "tenant"), name="one_city_opinion_per_department"),
        ),
        migrations.AddConstraint(
            model_name="cityopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at", None), ("stance", "")),
                    models.Q(models.Q(("stance", ""), _negated=True), ("signed_at__isnull", False)),
                    _connector="OR",
                ),
                name="city_opinion_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stance", "object"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="city_opinion_objects_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reaches", models.F("nominated")), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="nomination_differs_with_reason",
            ),
        ),
        protect(REVIEW, own=("riu", own()), granted=("r", granted(REVIEW)), acting=("u", granted(REVIEW, "act"))),
        append_only(REVIEW, mutable=("status", "mark", "circular_paper_id", "report_paper_id", "decision_paper_id")),
        protect(
            OPINION, own=("r", own()), requester=("ri", own("requested_by_id")), acting=("r", granted(OPINION, "act"))
        ),
        migrations.RunSQL(WRITES, f"DROP POLICY own_update ON {OPINION}"),
        append_only(OPINION, mutable=SAID),
        protect(NOMINATION, own=("riu", own()), acting=("r", granted(NOMINATION, "act"))),
        append_only(NOMINATION, mutable=("nominated", "reason")),
        tie(OPINION, REVIEW, "review_id", "dossier"),
        tie(NOMINATION, REVIEW, "review_id", "dossier", "tenant_id"),
    ]
