"""What people score of a year's index, blind until the round is closed, and what of it stands with the result."""

import uuid
from decimal import Decimal

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

ROUND, SEAT, SCORE = "indicators_ratinground", "indicators_ratingseat", "indicators_givenscore"
OF_ROUND = f"EXISTS (SELECT 1 FROM {ROUND} r WHERE r.id = {SEAT}.round_id AND {own('r.tenant_id')})"  # noqa: S608
MINE = f"{own()} AND person_id = app_person()"
# Only what one was asked for, of whom is scored, and only while the round is open.
ASKED = (
    f"{MINE} AND EXISTS (SELECT 1 FROM {SEAT} s JOIN {ROUND} r ON r.id = s.round_id WHERE s.id = {SCORE}.seat_id"  # noqa: S608
    f" AND r.status = 'open' AND s.codes @> jsonb_build_array({SCORE}.code)"
    f" AND r.subjects @> jsonb_build_array(jsonb_build_object('code', {SCORE}.subject)))"
)
# Blind until then, also for 省科技厅; afterwards for it and for 省统计局 alone.
STATISTICS = (
    "EXISTS (SELECT 1 FROM indicators_verifyingoffice v WHERE v.organisation_id = app_organisation()"
    " AND v.label = '统计')"
)
CLOSED = (
    f"EXISTS (SELECT 1 FROM {SEAT} s JOIN {ROUND} r ON r.id = s.round_id WHERE s.id = {SCORE}.seat_id"  # noqa: S608
    f" AND r.status = 'closed' AND ({own('r.tenant_id')} OR {STATISTICS}))"
)
# How many were given, nothing of what they say: for 省科技厅, which asked.
PROGRESS = f"""
CREATE FUNCTION indicators_rating_progress(of_round uuid)
RETURNS TABLE (seat uuid, code varchar, number bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE before text := coalesce(current_setting('app.scope', true), '');
DECLARE office uuid := app_organisation();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY SELECT g.seat_id, g.code, count(*)
  FROM {SCORE} g JOIN {SEAT} s ON s.id = g.seat_id JOIN {ROUND} r ON r.id = s.round_id
  WHERE r.id = of_round AND g.superseded_at IS NULL AND (r.tenant_id = office OR before = 'system')
  GROUP BY g.seat_id, g.code;
  PERFORM set_config('app.scope', before, true);
END
$$
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("indicators", "0024_sanctions_of_late_cards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="reviews",
            field=models.JSONField(default=dict, verbose_name="定性评分"),
        ),
        migrations.CreateModel(
            name="RatingRound",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("subjects", models.JSONField(default=list, verbose_name="评分对象")),
                ("due_on", models.DateField(verbose_name="评分期限")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "评分中"), ("closed", "已结束"), ("dropped", "已撤销")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
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
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.indexversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "定性评分",
                "verbose_name_plural": "定性评分",
                "ordering": ["-year", "-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="RatingSeat",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("codes", models.JSONField(default=list, verbose_name="评分指标")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="indicators.ratinground"
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
                "verbose_name": "评分人",
                "verbose_name_plural": "评分人",
                "ordering": ["round", "tenant__order", "id"],
            },
        ),
        migrations.CreateModel(
            name="GivenScore",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("subject", models.CharField(max_length=60, verbose_name="对象代码")),
                ("code", models.CharField(max_length=40, verbose_name="指标")),
                ("score", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="得分")),
                ("reason", models.TextField(verbose_name="理由")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
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
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="indicators.ratingseat"
                    ),
                ),
            ],
            options={
                "verbose_name": "定性得分",
                "verbose_name_plural": "定性得分",
                "ordering": ["seat", "code", "subject", "given_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="ratinground",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")), fields=("version", "year"), name="one_open_rating_of_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("status", "open")),
                    models.Q(models.Q(("status", "open"), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="rating_closed_at_an_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed"), _negated=True),
                    models.Q(("closed_by", models.F("opened_by")), _negated=True),
                    _connector="OR",
                ),
                name="rating_closed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingseat",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="one_seat_per_person"),
        ),
        migrations.AddConstraint(
            model_name="givenscore",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("seat", "code", "subject"),
                name="one_standing_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="givenscore",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", Decimal("0")), ("score__lte", Decimal("100"))),
                name="score_from_0_to_100",
            ),
        ),
        migrations.AddConstraint(
            model_name="givenscore",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="score_has_a_reason"
            ),
        ),
        protect(ROUND, own=("riu", own()), granted=("r", granted(ROUND))),
        append_only(ROUND, mutable=("status", "closed_by_id", "closed_at")),
        protect(SEAT, own=("r", own()), lead=("ri", OF_ROUND), granted=("r", f"{STATISTICS} AND {granted(SEAT)}")),
        append_only(SEAT),
        tie(SEAT, ROUND, "round_id", "dossier"),
        protect(SCORE, mine=("r", MINE), asked=("iu", ASKED), closed=("r", CLOSED)),
        append_only(SCORE, mutable=("superseded_at",)),
        tie(SCORE, SEAT, "seat_id", "tenant_id", "dossier", "person_id"),
        migrations.RunSQL(PROGRESS, "DROP FUNCTION indicators_rating_progress(uuid)"),
    ]
