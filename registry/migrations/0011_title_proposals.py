"""Titles that one person of 省科技厅 proposes to record and another compares with their source; who sees them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, own, protect

TABLE = "registry_titleproposal"
OF_LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'kjt')"
WORDS = ("held", "since", "precision", "citation", "note", "explanation", "proposed_by_id")
MUTABLE = (*WORDS, "status", "decided_by_id", "decided_at", "remark", "row_id")
# What is compared is what was proposed: only a returned proposal is worded anew, and what is over stays as it is.
FROZEN = f"""
CREATE FUNCTION {TABLE}_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('recorded', 'dropped') OR (OLD.status <> 'returned'
     AND ({", ".join(f"OLD.{one}" for one in WORDS)}) IS DISTINCT FROM ({", ".join(f"NEW.{one}" for one in WORDS)})) THEN
    RAISE EXCEPTION 'a proposal is worded anew while it is returned only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER words BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_words()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_operator_opens_offices"),
        ("registry", "0010_titles_ended_by_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TitleProposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "title",
                    models.CharField(
                        choices=[
                            ("st_strong", "科技强市、县（市、区）"),
                            ("pilot", "创新型试点城市（县、区）"),
                            ("innovative", "创新型城市（县、区）"),
                            ("national_pilot", "国家创新型（试点）城市"),
                        ],
                        max_length=14,
                        verbose_name="称号",
                    ),
                ),
                ("held", models.BooleanField(default=True, verbose_name="持有")),
                ("since", models.DateField(verbose_name="起始")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "不详")],
                        default="day",
                        max_length=8,
                    ),
                ),
                ("citation", models.CharField(max_length=300, verbose_name="依据")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("explanation", models.CharField(blank=True, max_length=500, verbose_name="缘由")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "待核对"),
                            ("returned", "已退回"),
                            ("recorded", "已登记"),
                            ("dropped", "不再登记"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("remark", models.TextField(blank=True, verbose_name="退回的理由")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.division"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "row",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="registry.citytitle",
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
                "verbose_name": "称号登记",
                "verbose_name_plural": "称号登记",
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("citation", ""), _negated=True), name="title_proposal_cites"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", False), ("row__isnull", False), ("status", "recorded")),
                            models.Q(models.Q(("status", "recorded"), _negated=True), ("row__isnull", True)),
                            _connector="OR",
                        ),
                        name="title_proposal_recorded_with_its_fact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="title_proposal_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "returned"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="title_proposal_returned_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["proposed", "returned"])),
                        fields=("division", "title"),
                        name="one_open_proposal_of_a_title",
                    ),
                ],
            },
        ),
        protect(TABLE, own=("riu", f"{own()} AND {OF_LEAD}")),
        append_only(TABLE, mutable=MUTABLE),
        migrations.RunSQL(FROZEN, [f"DROP TRIGGER words ON {TABLE}", f"DROP FUNCTION {TABLE}_words()"]),
    ]
