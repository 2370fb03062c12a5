"""A review may change a decision; a hearing has its papers, and whoever was heard reads its record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import granted, own, tie

CASE, ANSWER, HEARING = "indicators_sanctioncase", "indicators_sanctionanswer", "indicators_sanctionhearing"
BEFORE = ("imposed", "served", "review", "not_imposed", "annulled")
NOW = ("imposed", "served", "review", "not_imposed", "changed", "annulled")
KEPT = (
    "status", "card_status", "notice_paper_id", "received_at", "received_by_id", "report_paper_id",
    "decision_paper_id", "decided_at", "decided_by_id", "served_at", "served_by_id", "review_paper_id",
    "review_decision_id", "review_outcome", "withdrawal_paper_id", "doubts",
)  # fmt: skip
TOLD = ["noticed", "answering", "stated", "hearing", "reported", "imposed", "served", "review", "not_imposed"]


def readable(statuses: tuple[str, ...]) -> list[str]:
    """The answers reach the city with the decision, also with one that a review changed."""
    known = ", ".join(f"'{status}'" for status in statuses)
    decided = f"EXISTS (SELECT 1 FROM {CASE} c WHERE c.id = {ANSWER}.case_id AND c.status IN ({known}))"  # noqa: S608
    return [
        f"ALTER POLICY own_select ON {ANSWER} USING ({own()} AND {decided})",
        f"ALTER POLICY colleague_select ON {ANSWER} USING ({granted(ANSWER, 'colleague')} AND {decided})",
    ]


def keeping(columns: tuple[str, ...]) -> str:
    """The trigger's function of a case with the columns that change."""
    strip = "".join(f" - '{column}'" for column in columns)
    return f"""CREATE OR REPLACE FUNCTION {CASE}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(OLD){strip}) IS DISTINCT FROM (to_jsonb(NEW){strip}) THEN
    RAISE EXCEPTION '{CASE} is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$"""


def paper() -> models.ForeignKey:
    """A paper of the hearing."""
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="notifications.paper",
    )


def told(statuses: list[str]) -> models.CheckConstraint:
    """What the city was told of, it was told of by a paper."""
    condition = ~models.Q(status__in=statuses) | models.Q(notice_paper__isnull=False)
    return models.CheckConstraint(condition=condition, name="sanction_after_a_notice")


def decided(statuses: tuple[str, ...]) -> models.CheckConstraint:
    """What was decided was decided by an official, on a paper."""
    by = models.Q(decision_paper__isnull=False, decided_at__isnull=False, decided_by__isnull=False)
    return models.CheckConstraint(
        condition=~models.Q(status__in=list(statuses)) | by, name="sanction_decided_by_an_official"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0017_objections"),
        ("notifications", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("sanctioncase", "sanction_after_a_notice"),
        migrations.RemoveConstraint("sanctioncase", "sanction_decided_by_an_official"),
        migrations.AlterField(
            "sanctioncase",
            "status",
            models.CharField(
                choices=[
                    ("proposed", "建议立案"),
                    ("confirmed", "拟告知"),
                    ("noticed", "已告知，待签收"),
                    ("answering", "听取意见"),
                    ("stated", "已陈述申辩"),
                    ("hearing", "听证"),
                    ("reported", "报省政府决定"),
                    ("imposed", "已决定，待送达"),
                    ("served", "已送达"),
                    ("review", "复核中"),
                    ("dismissed", "不予立案"),
                    ("not_imposed", "决定不予处理"),
                    ("withdrawn", "已终止"),
                    ("changed", "已变更为黄牌警告"),
                    ("annulled", "决定已撤销"),
                ],
                default="proposed",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            "sanctioncase", "struck", models.JSONField(default=list, verbose_name="复核后不再计入的要求")
        ),
        migrations.AddField("sanctionhearing", "notice_paper", paper()),
        migrations.AddField("sanctionhearing", "minutes_paper", paper()),
        migrations.AddField(
            "sanctionhearing", "recorder", models.CharField(blank=True, max_length=80, verbose_name="记录人")
        ),
        migrations.AddField(
            "sanctionhearing",
            "checked_at",
            models.DateTimeField(blank=True, null=True, verbose_name="核对时间"),
        ),
        migrations.AddField(
            "sanctionhearing",
            "checked_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("sanctionhearing", "remark", models.TextField(blank=True, verbose_name="对笔录的意见")),
        migrations.AddConstraint("sanctioncase", told([*TOLD, "changed"])),
        migrations.AddConstraint("sanctioncase", decided(NOW)),
        migrations.RunSQL(keeping((*KEPT, "struck")), keeping(KEPT)),
        migrations.RunSQL(readable(NOW), readable(BEFORE)),
        tie(HEARING, "notifications_paper", "notice_paper_id", "dossier"),
        tie(HEARING, "notifications_paper", "minutes_paper_id", "dossier"),
    ]
