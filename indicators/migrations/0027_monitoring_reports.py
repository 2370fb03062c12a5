"""The yearly monitoring report: signed by two offices on one digest, fixed from its publication on."""

import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie
from registry.watching import watch

REPORT, TEXT = "indicators_monitoringreport", "indicators_monitoringtext"
SIGNATURE = "indicators_monitoringsignature"
PUBLISHED = "app_scope() <> '' AND published_at IS NOT NULL"
# What was signed is what is published: nothing of it changes between the first signature and its correction.
FIXED = """CREATE FUNCTION indicators_monitoringreport_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.status IN ('signing', 'published', 'superseded') AND (
      OLD.content IS DISTINCT FROM NEW.content OR OLD.texts IS DISTINCT FROM NEW.texts
      OR OLD.run_id IS DISTINCT FROM NEW.run_id OR OLD.year <> NEW.year OR OLD.edition <> NEW.edition
      OR (OLD.digest <> NEW.digest AND NEW.status <> 'draft'))) THEN
    RAISE EXCEPTION 'a monitoring report that is signed is fixed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$"""
SIGNABLE = """CREATE FUNCTION indicators_monitoringsignature_on_digest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM indicators_monitoringreport r WHERE r.id = NEW.report_id AND r.status = 'signing'
                 AND r.digest = NEW.digest AND NEW.tenant_id IN (r.tenant_id, r.partner_id)) THEN
    RAISE EXCEPTION 'only what goes to signature is signed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$"""
SEEN = "EXISTS (SELECT 1 FROM indicators_monitoringreport r WHERE r.id = {table}.report_id)"
ISSUERS = (
    "EXISTS (SELECT 1 FROM indicators_monitoringreport r WHERE r.id = {table}.report_id"
    " AND app_organisation() IN (r.tenant_id, r.partner_id))"
)
PARTNER = f"{own('partner_id')} AND {granted(REPORT, 'act')}"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("indicators", "0026_result_corrections"),
        ("notifications", "0008_titles_conferred"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MonitoringReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("composing", "编制中"),
                            ("failed", "编制未成"),
                            ("draft", "起草中"),
                            ("checking", "审核中"),
                            ("signing", "待联合签发"),
                            ("published", "已发布"),
                            ("superseded", "已被更正"),
                            ("dropped", "已作废"),
                        ],
                        default="composing",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("content", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("texts", models.JSONField(default=dict, verbose_name="文字")),
                ("edit", models.PositiveIntegerField(default=1)),
                ("differences", models.JSONField(default=list, verbose_name="变动说明")),
                ("failure", models.TextField(blank=True, verbose_name="未能编制的原因")),
                ("digest", models.CharField(blank=True, max_length=80, verbose_name="摘要")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("composed_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.run"
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
                "verbose_name": "统计监测报告",
                "verbose_name_plural": "统计监测报告",
                "ordering": ["-year", "-edition"],
            },
        ),
        migrations.CreateModel(
            name="MonitoringSignature",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="indicators.monitoringreport",
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
                "verbose_name": "统计监测报告签发",
                "verbose_name_plural": "统计监测报告签发",
                "ordering": ["report", "signed_at"],
            },
        ),
        migrations.CreateModel(
            name="MonitoringText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("texts", models.JSONField(default=dict, verbose_name="文字")),
                ("name", models.CharField(max_length=60, verbose_name="修改人")),
                ("office", models.CharField(max_length=80, verbose_name="单位")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="indicators.monitoringreport",
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
                "verbose_name": "统计监测报告的文字",
                "verbose_name_plural": "统计监测报告的文字",
                "ordering": ["report", "-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="monitoringreport",
            constraint=models.UniqueConstraint(fields=("year", "edition"), name="one_monitoring_report_per_edition"),
        ),
        migrations.AddConstraint(
            model_name="monitoringreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("composing", "failed", "draft", "checking", "signing"))),
                fields=("year",),
                name="one_open_monitoring_report_per_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")),
                fields=("year",),
                name="one_standing_monitoring_report_per_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["signing", "published", "superseded"]), _negated=True),
                    models.Q(("digest", ""), _negated=True),
                    _connector="OR",
                ),
                name="monitoring_report_to_sign_has_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paper__isnull", False),
                        ("published_at__isnull", False),
                        ("status__in", ["published", "superseded"]),
                    ),
                    models.Q(
                        models.Q(("status__in", ["published", "superseded"]), _negated=True),
                        ("published_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="monitoring_report_published_with_its_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("drafted_by")), _negated=True),
                    _connector="OR",
                ),
                name="monitoring_report_checked_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringsignature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_at__isnull", True)),
                fields=("report", "tenant"),
                name="one_monitoring_signature_per_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringtext",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="one_monitoring_text_per_number"),
        ),
        protect(
            REPORT,
            own=("riu", own()),
            partner=("ru", PARTNER),
            granted=("r", granted(REPORT)),
            published=("r", PUBLISHED),
        ),
        migrations.RunSQL(
            [
                FIXED,
                f"CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON {REPORT} FOR EACH ROW"
                " EXECUTE FUNCTION indicators_monitoringreport_fixed()",
            ],
            [f"DROP TRIGGER fixed ON {REPORT}", "DROP FUNCTION indicators_monitoringreport_fixed()"],
        ),
        tie(REPORT, "indicators_run", "run_id", "year"),
        tie(REPORT, "notifications_paper", "paper_id", "dossier"),
        protect(
            TEXT,
            own=("i", f"{own()} AND {ISSUERS.format(table=TEXT)}"),
            issuers=("r", ISSUERS.format(table=TEXT)),
        ),
        append_only(TEXT),
        tie(TEXT, REPORT, "report_id", "dossier"),
        protect(
            SIGNATURE,
            own=("i", f"{own()} AND {ISSUERS.format(table=SIGNATURE)}"),
            seen=("r", SEEN.format(table=SIGNATURE)),
            issuers=("u", ISSUERS.format(table=SIGNATURE)),
        ),
        append_only(SIGNATURE, mutable=("dropped_at", "dropped_reason")),
        tie(SIGNATURE, REPORT, "report_id", "dossier"),
        migrations.RunSQL(
            [
                SIGNABLE,
                f"CREATE TRIGGER on_digest BEFORE INSERT ON {SIGNATURE} FOR EACH ROW"
                " EXECUTE FUNCTION indicators_monitoringsignature_on_digest()",
            ],
            [f"DROP TRIGGER on_digest ON {SIGNATURE}", "DROP FUNCTION indicators_monitoringsignature_on_digest()"],
        ),
        watch(REPORT, "{row}.published_at IS NOT NULL"),
    ]
