"""The index versions with their signatures, the rulings, and who sees and signs them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

# The content of a version is changed while it is a draft, and never afterwards.
FIXED = """CREATE FUNCTION indicators_indexversion_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'draft' AND (OLD.ranking, OLD.number, OLD.title, OLD.valid_from, OLD.tree, OLD.basis)
     IS DISTINCT FROM (NEW.ranking, NEW.number, NEW.title, NEW.valid_from, NEW.tree, NEW.basis) THEN
    RAISE EXCEPTION 'an index version that left its draft is not changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$"""
# A signature is given on the digest of what waits for it, and on nothing else.
SIGNABLE = """CREATE FUNCTION indicators_indexsignature_on_digest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM indicators_indexversion v WHERE v.id = NEW.version_id AND v.status = 'signing'
                 AND v.digest = NEW.digest) THEN
    RAISE EXCEPTION 'the digest is not that of a version to be signed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$"""
VERSION = "indicators_indexversion"
SIGNATURE = "indicators_indexsignature"
RULING = "indicators_ruling"
PUBLISHED = "app_scope() <> '' AND status IN ('signed', 'frozen', 'superseded')"
SEEN = "EXISTS (SELECT 1 FROM indicators_indexversion v WHERE v.id = indicators_indexsignature.version_id)"
OF_OWNER = (
    "EXISTS (SELECT 1 FROM indicators_indexversion v WHERE v.id = indicators_indexsignature.version_id"
    " AND (v.tenant_id = app_organisation() OR EXISTS (SELECT 1 FROM accounts_grant g WHERE g.dossier = v.dossier"
    " AND g.organisation_id = app_organisation() AND g.level = 'act')))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("indicators", "0009_the_running_year"),
        ("notifications", "0006_messages_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "ranking",
                    models.CharField(
                        choices=[
                            ("creating", "创建中的园区"),
                            ("recognised", "已认定的园区"),
                            ("city", "设区市"),
                            ("county", "县（市、区）"),
                        ],
                        max_length=10,
                        verbose_name="适用名单",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("valid_from", models.PositiveSmallIntegerField(verbose_name="自哪一年度的评价起适用")),
                ("tree", models.JSONField(default=list, verbose_name="指标体系")),
                ("basis", models.JSONField(default=list, verbose_name="依据")),
                ("copied_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="复制自第几版")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("checking", "核对中"),
                            ("signing", "待三部门签发"),
                            ("signed", "已签发"),
                            ("frozen", "已启用（固定）"),
                            ("superseded", "已被替代"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1)),
                ("digest", models.CharField(blank=True, max_length=80, verbose_name="摘要")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "drafted_by",
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
                "verbose_name": "指标体系版本",
                "verbose_name_plural": "指标体系版本",
                "ordering": ["ranking", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("ranking", "number"), name="one_index_version_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "checking"]),
                            models.Q(("digest", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="index_to_sign_has_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "checking", "signing"]),
                            ("signed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="index_signed_at_an_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexSignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("name", models.CharField(max_length=60, verbose_name="签发人")),
                ("digest", models.CharField(max_length=80)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_reason", models.CharField(blank=True, max_length=500, verbose_name="失效原因")),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="indicators.indexversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标体系签发",
                "verbose_name_plural": "指标体系签发",
                "ordering": ["version", "signed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at__isnull", True)),
                        fields=("version", "tenant"),
                        name="one_signature_per_department",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject", models.CharField(max_length=60, verbose_name="对象代码")),
                ("name", models.CharField(max_length=80, verbose_name="对象名称")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "ground",
                    models.CharField(
                        choices=[("finding", "无法由数据判定"), ("omission", "经两次催报仍未报送")],
                        default="finding",
                        max_length=8,
                        verbose_name="事由",
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=40, verbose_name="条款")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "认定为达到"),
                            ("not_met", "认定为未达到"),
                            ("exempt", "予以豁免"),
                            ("not_applicable", "不适用"),
                        ],
                        max_length=14,
                        verbose_name="裁定",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="理由")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("drafting", "办理中"),
                            ("signed", "已签发"),
                            ("withdrawn", "已撤回"),
                            ("dropped", "未作出"),
                        ],
                        default="drafting",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "paper",
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
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "withdrawal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "裁定",
                "verbose_name_plural": "裁定",
                "ordering": ["-year", "subject", "clause", "created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["drafting", "signed"])),
                        fields=("subject", "year", "clause"),
                        name="one_ruling_per_clause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["signed", "withdrawn"]), _negated=True),
                            models.Q(
                                ("paper__isnull", False),
                                ("signed_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("reasons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signed_ruling_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            ("withdrawal__isnull", False),
                            _connector="OR",
                        ),
                        name="ruling_withdrawn_by_a_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clause", ""), ("ground", "omission")),
                            models.Q(models.Q(("clause", ""), _negated=True), ("ground", "finding")),
                            _connector="OR",
                        ),
                        name="ruling_on_one_clause_or_on_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", "omission"), _negated=True),
                            ("outcome__in", ["", "not_met"]),
                            _connector="OR",
                        ),
                        name="omission_is_not_met",
                    ),
                ],
            },
        ),
        protect(
            VERSION,
            own=("riu", own()),
            granted=("r", granted(VERSION)),
            act=("u", granted(VERSION, "act")),
            public=("r", PUBLISHED),
        ),
        migrations.RunSQL(
            [
                FIXED,
                f"CREATE TRIGGER fixed BEFORE UPDATE ON {VERSION} FOR EACH ROW"
                " EXECUTE FUNCTION indicators_indexversion_fixed()",
            ],
            [f"DROP TRIGGER fixed ON {VERSION}", "DROP FUNCTION indicators_indexversion_fixed()"],
        ),
        protect(
            SIGNATURE,
            own=("i", f"{own()} AND {OF_OWNER}"),
            seen=("r", SEEN),
            owner=("u", OF_OWNER),
        ),
        append_only(SIGNATURE, mutable=("dropped_at", "dropped_reason")),
        tie(SIGNATURE, VERSION, "version_id", "dossier"),
        migrations.RunSQL(
            [
                SIGNABLE,
                f"CREATE TRIGGER on_digest BEFORE INSERT ON {SIGNATURE} FOR EACH ROW"
                " EXECUTE FUNCTION indicators_indexsignature_on_digest()",
            ],
            [f"DROP TRIGGER on_digest ON {SIGNATURE}", "DROP FUNCTION indicators_indexsignature_on_digest()"],
        ),
        protect(RULING, own=("riu", own()), granted=("r", granted(RULING))),
        append_only(
            RULING,
            mutable=("status", "outcome", "reasons", "paper_id", "withdrawal_id", "signed_at", "withdrawn_at"),
        ),
        tie(RULING, "notifications_paper", "paper_id", "dossier"),
        tie(RULING, "notifications_paper", "withdrawal_id", "dossier"),
    ]
