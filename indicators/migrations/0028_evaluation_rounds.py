"""Third parties evaluate cities and counties: rounds, contracts, what binds evaluators, their sheets, the results."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie
from registry.watching import watch

ROUND, PLACE = "indicators_evaluationround", "indicators_evaluationplace"
CONTRACT, RESULT = "indicators_evaluationcontract", "indicators_evaluationresult"
ENGAGEMENT, DRAFT = "indicators_engagement", "indicators_sheetdraft"
RATING, SEAT, SCORE = "indicators_ratinground", "indicators_ratingseat", "indicators_givenscore"
LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'kjt')"
MINE = f"{own()} AND person_id = app_person()"


def of_own(parent: str, table: str) -> str:
    """The row hangs on a round of one's own."""
    return f"EXISTS (SELECT 1 FROM {parent} r WHERE r.id = {table}.round_id AND {own('r.tenant_id')})"  # noqa: S608


# Whoever was contracted sees the round and the own places; whoever reads a result reads of which round it is.
CONTRACTED = f"EXISTS (SELECT 1 FROM {CONTRACT} c WHERE c.round_id = {ROUND}.id AND {own('c.organisation_id')})"  # noqa: S608
TOLD = f"EXISTS (SELECT 1 FROM {RESULT} x WHERE x.round_id = {ROUND}.id)"  # noqa: S608
ASSIGNED = (
    f"EXISTS (SELECT 1 FROM {CONTRACT} c WHERE c.round_id = {PLACE}.round_id AND {own('c.organisation_id')}"  # noqa: S608
    f" AND c.places @> jsonb_build_array({PLACE}.place_id))"
)
# Of an evaluator: declared independent, not handed in, not ended, and of the own place.
SEATED = "s.declared_at IS NOT NULL AND s.handed_at IS NULL AND s.ended_at IS NULL"
ASKED_BEFORE = (
    f"{MINE} AND EXISTS (SELECT 1 FROM {SEAT} s JOIN {RATING} r ON r.id = s.round_id WHERE s.id = {SCORE}.seat_id"  # noqa: S608
    f" AND r.status = 'open' AND s.codes @> jsonb_build_array({SCORE}.code)"
    f" AND r.subjects @> jsonb_build_array(jsonb_build_object('code', {SCORE}.subject)))"
)
ASKED = (
    f"{ASKED_BEFORE[:-1]} AND (s.place_id IS NULL OR ({SEATED} AND EXISTS (SELECT 1 FROM {PLACE} p"  # noqa: S608
    f" WHERE p.id = s.place_id AND p.place_id = {SCORE}.subject))))"
)
WRITES = f"{MINE} AND EXISTS (SELECT 1 FROM {SEAT} s WHERE s.id = {DRAFT}.seat_id AND {SEATED})"  # noqa: S608


def asked(condition: str) -> list[str]:
    """Who may give a score, and supersede the own one."""
    made = ["DROP POLICY asked_insert ON {0}", "DROP POLICY asked_update ON {0}"]
    made += ["CREATE POLICY asked_insert ON {0} FOR INSERT WITH CHECK ({1})"]
    made += ["CREATE POLICY asked_update ON {0} FOR UPDATE USING ({1}) WITH CHECK ({1})"]
    return [line.format(SCORE, condition) for line in made]


MUTABLE = ("codes", "declared_at", "handed_at", "returned_at", "return_reason", "ended_at", "ended_reason")
KEPT = "".join(f" - '{column}'" for column in MUTABLE)
# An evaluator declares and hands in, 省科技厅 returns and ends, and neither does the other's part.
SEAT_GUARD = f"""
CREATE OR REPLACE FUNCTION {SEAT}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.place_id IS NULL AND to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW)
     OR (to_jsonb(OLD){KEPT}) IS DISTINCT FROM (to_jsonb(NEW){KEPT}) THEN
    RAISE EXCEPTION '{SEAT} is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  IF app_scope() = 'system' THEN RETURN NEW; END IF;
  IF OLD.ended_at IS NOT NULL OR NEW.codes IS DISTINCT FROM OLD.codes THEN
    RAISE EXCEPTION 'the seat is as it is' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.person_id IS NOT DISTINCT FROM app_person() THEN
    IF OLD.handed_at IS NOT NULL AND NEW.handed_at IS DISTINCT FROM OLD.handed_at
       OR NEW.returned_at IS DISTINCT FROM OLD.returned_at THEN
      RAISE EXCEPTION 'a sheet that was handed in is returned by others' USING ERRCODE = 'restrict_violation';
    END IF;
  ELSIF NEW.declared_at IS DISTINCT FROM OLD.declared_at
     OR NEW.handed_at IS NOT NULL AND NEW.handed_at IS DISTINCT FROM OLD.handed_at THEN
    RAISE EXCEPTION 'a sheet is handed in by its evaluator' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""
SEAT_BEFORE = f"""
CREATE OR REPLACE FUNCTION {SEAT}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW) THEN
    RAISE EXCEPTION '{SEAT} is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""
# What a report says is written by its signature alone; 省科技厅 can only have it made anew.
REPORT_GUARD = [
    f"""
CREATE FUNCTION {CONTRACT}_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF app_scope() <> 'system' AND NEW.reported_at IS DISTINCT FROM OLD.reported_at AND NEW.reported_at IS NOT NULL
     OR app_scope() <> 'system' AND NEW.reported IS DISTINCT FROM OLD.reported AND NEW.reported <> '{{}}' THEN
    RAISE EXCEPTION 'a report is written by its signature' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$""",
    f"CREATE TRIGGER report BEFORE UPDATE ON {CONTRACT} FOR EACH ROW EXECUTE FUNCTION {CONTRACT}_report()",
]
# The final figures of a place, for its evaluators alone, after their declaration.
FIGURES = f"""
CREATE FUNCTION indicators_evaluated_figures(of_place uuid)
RETURNS TABLE (code varchar, year smallint, value varchar, vintage smallint, level varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE before text := coalesce(current_setting('app.scope', true), '');
DECLARE office uuid := app_organisation();
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  RETURN QUERY SELECT DISTINCT ON (f.code, f.year) f.code, f.year, f.value, f.vintage, f.level
  FROM {PLACE} p JOIN {ROUND} e ON e.id = p.round_id
  JOIN indicators_figure f ON f.subject = p.place_id AND f.year IN (e.year - 1, e.year)
    AND f.level IN ('imported', 'verified', 'corrected')
  WHERE p.id = of_place AND EXISTS (SELECT 1 FROM {SEAT} s WHERE s.place_id = p.id AND s.person_id = app_person()
    AND s.tenant_id = office AND s.declared_at IS NOT NULL AND s.ended_at IS NULL)
  ORDER BY f.code, f.year, f.vintage DESC;
  PERFORM set_config('app.scope', before, true);
END
$$
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("files", "0004_without_person"),
        ("indicators", "0027_monitoring_reports"),
        ("notifications", "0008_titles_conferred"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("contract", "合同、委托业务"), ("employment", "任职、受聘")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="内容")),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(blank=True, null=True, verbose_name="至")),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "利益关系",
                "verbose_name_plural": "利益关系",
                "ordering": ["tenant", "-since", "place"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationContract",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("places", models.JSONField(default=list, verbose_name="测评对象")),
                ("number", models.CharField(max_length=60, verbose_name="合同编号")),
                ("signed_on", models.DateField(verbose_name="签订日期")),
                ("reported", models.JSONField(default=dict, verbose_name="报告结果")),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "测评委托",
                "verbose_name_plural": "测评委托",
                "ordering": ["round", "organisation__order"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationPlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("creating", "创建中的园区"),
                            ("recognised", "已认定的园区"),
                            ("city", "设区市"),
                            ("county", "县（市、区）"),
                        ],
                        max_length=10,
                        verbose_name="名单",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="申报页面")),
                (
                    "disputed",
                    models.JSONField(default=list, verbose_name="分歧指标"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "测评对象",
                "verbose_name_plural": "测评对象",
                "ordering": ["round", "list", "place"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationResult",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("creating", "创建中的园区"),
                            ("recognised", "已认定的园区"),
                            ("city", "设区市"),
                            ("county", "县（市、区）"),
                        ],
                        max_length=10,
                        verbose_name="名单",
                    ),
                ),
                ("scores", models.JSONField(default=dict)),
                ("score", models.CharField(max_length=40, verbose_name="得分")),
                ("reviews", models.JSONField(default=dict, verbose_name="定性评分")),
                (
                    "left_out",
                    models.JSONField(default=list, verbose_name="未计入的指标"),
                ),
                ("facts", models.CharField(max_length=80)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "测评结果",
                "verbose_name_plural": "测评结果",
                "ordering": ["round", "list", "place"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationRound",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("initial", "初次测评"), ("biennial", "两年一次测评")],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="数据年度")),
                ("number", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("due_on", models.DateField(verbose_name="完成期限")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("preparing", "准备中"),
                            ("scoring", "测评中"),
                            ("closed", "已完成"),
                            ("dropped", "已撤销"),
                        ],
                        default="preparing",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("sample", models.BooleanField(default=False, verbose_name="示例数据")),
            ],
            options={
                "verbose_name": "测评轮次",
                "verbose_name_plural": "测评轮次",
                "ordering": ["-year", "-number"],
            },
        ),
        migrations.CreateModel(
            name="SheetDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("given", models.JSONField(default=dict, verbose_name="底稿")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "评分底稿",
                "verbose_name_plural": "评分底稿",
            },
        ),
        migrations.RemoveConstraint(
            model_name="ratinground",
            name="one_open_rating_of_a_year",
        ),
        migrations.RemoveConstraint(
            model_name="ratingseat",
            name="one_seat_per_person",
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="declared_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="声明独立性"),
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="退出时间"),
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="ended_reason",
            field=models.TextField(blank=True, verbose_name="退出原因"),
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="handed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="提交时间"),
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="return_reason",
            field=models.TextField(blank=True, verbose_name="退回理由"),
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="退回时间"),
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="turn",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[(1, "第一评价人"), (2, "第二评价人"), (3, "第三评价人")],
                null=True,
                verbose_name="评价人次序",
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="declared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.division"
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="evaluationcontract",
            name="file",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.upload",
            ),
        ),
        migrations.AddField(
            model_name="evaluationcontract",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="evaluationcontract",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="evaluationcontract",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="notifications.paper",
            ),
        ),
        migrations.AddField(
            model_name="evaluationcontract",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="evaluationplace",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.division"
            ),
        ),
        migrations.AddField(
            model_name="evaluationplace",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="ratingseat",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to="indicators.evaluationplace",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingseat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("place", None)), fields=("round", "person"), name="one_seat_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingseat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("place", "person"), name="one_seat_per_evaluator"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingseat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("place", "turn"), name="one_evaluator_per_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", None), ("turn", None)),
                    models.Q(("place__isnull", False), ("turn__in", [1, 2, 3])),
                    _connector="OR",
                ),
                name="evaluator_has_a_turn",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingseat",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), models.Q(("ended_reason", ""), _negated=True), _connector="OR"),
                name="ended_seat_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at", None), models.Q(("return_reason", ""), _negated=True), _connector="OR"
                ),
                name="returned_sheet_has_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="evaluationresult",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notifications.paper"
            ),
        ),
        migrations.AddField(
            model_name="evaluationresult",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.division"
            ),
        ),
        migrations.AddField(
            model_name="evaluationresult",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="evaluationresult",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.indexversion"
            ),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="evaluationround",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="evaluationresult",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="indicators.evaluationround"
            ),
        ),
        migrations.AddField(
            model_name="evaluationplace",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="places", to="indicators.evaluationround"
            ),
        ),
        migrations.AddField(
            model_name="evaluationcontract",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contracts", to="indicators.evaluationround"
            ),
        ),
        migrations.AddField(
            model_name="ratinground",
            name="evaluation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="indicators.evaluationround",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratinground",
            constraint=models.UniqueConstraint(
                condition=models.Q(("evaluation", None), ("status", "open")),
                fields=("version", "year"),
                name="one_open_rating_of_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratinground",
            constraint=models.UniqueConstraint(fields=("evaluation", "version"), name="one_rating_of_an_evaluation"),
        ),
        migrations.AddField(
            model_name="sheetdraft",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sheetdraft",
            name="seat",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="draft", to="indicators.ratingseat"
            ),
        ),
        migrations.AddField(
            model_name="sheetdraft",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="engagement_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="engagement_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationround",
            constraint=models.UniqueConstraint(fields=("year", "number"), name="one_evaluation_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="evaluationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("status__in", ["preparing", "scoring"])),
                    models.Q(("closed_at__isnull", False), ("status__in", ["closed", "dropped"])),
                    _connector="OR",
                ),
                name="evaluation_closed_at_an_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed"), _negated=True),
                    models.Q(("closed_by", models.F("opened_by")), _negated=True),
                    _connector="OR",
                ),
                name="evaluation_closed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationresult",
            constraint=models.UniqueConstraint(fields=("round", "place"), name="one_result_per_evaluation"),
        ),
        migrations.AddConstraint(
            model_name="evaluationplace",
            constraint=models.UniqueConstraint(fields=("round", "place"), name="one_place_per_evaluation"),
        ),
        migrations.AddConstraint(
            model_name="evaluationcontract",
            constraint=models.UniqueConstraint(fields=("round", "organisation"), name="one_contract_per_round"),
        ),
        migrations.AddConstraint(
            model_name="evaluationcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paper", None), ("reported_at", None)),
                    models.Q(("paper__isnull", False), ("reported_at__isnull", False)),
                    _connector="OR",
                ),
                name="reported_by_a_paper",
            ),
        ),
        protect(
            ROUND, own=("riu", own()), contracted=("r", CONTRACTED), granted=("r", granted(ROUND)), told=("r", TOLD)
        ),
        append_only(ROUND, mutable=("status", "due_on", "closed_by_id", "closed_at")),
        protect(PLACE, lead=("riu", of_own(ROUND, PLACE)), assigned=("r", ASSIGNED)),
        append_only(PLACE, mutable=("disputed", "settled_at")),
        protect(CONTRACT, own=("riu", own()), contracted=("r", own("organisation_id"))),
        append_only(
            CONTRACT, mutable=("places", "number", "signed_on", "file_id", "paper_id", "reported", "reported_at")
        ),
        migrations.RunSQL(REPORT_GUARD, [f"DROP TRIGGER report ON {CONTRACT}", f"DROP FUNCTION {CONTRACT}_report()"]),
        protect(ENGAGEMENT, own=("riu", own()), lead=("r", LEAD)),
        append_only(ENGAGEMENT, mutable=("until",)),
        protect(
            RESULT,
            own=("r", own()),
            granted=("r", granted(RESULT)),
            published=("r", "app_scope() <> '' AND published_at IS NOT NULL"),
            lead=("ru", LEAD),
            written=("i", f"{LEAD} AND {of_own(ROUND, RESULT)}"),
        ),
        append_only(RESULT, mutable=("published_at",)),
        watch(RESULT, "{row}.published_at IS NOT NULL"),
        protect(DRAFT, mine=("r", MINE), writes=("iu", WRITES)),
        append_only(DRAFT, mutable=("given", "changed_at")),
        migrations.RunSQL(asked(ASKED), asked(ASKED_BEFORE)),
        migrations.RunSQL(SEAT_GUARD, SEAT_BEFORE),
        migrations.RunSQL(
            [
                f"CREATE POLICY mine_update ON {SEAT} FOR UPDATE USING ({MINE}) WITH CHECK ({MINE})",
                f"CREATE POLICY lead_update ON {SEAT} FOR UPDATE USING ({of_own(RATING, SEAT)})",
            ],
            [f"DROP POLICY mine_update ON {SEAT}", f"DROP POLICY lead_update ON {SEAT}"],
        ),
        migrations.RunSQL(FIGURES, "DROP FUNCTION indicators_evaluated_figures(uuid)"),
        tie(RATING, ROUND, "evaluation_id", "tenant_id"),
        tie(PLACE, ROUND, "round_id", "dossier"),
        tie(CONTRACT, ROUND, "round_id", "tenant_id"),
        tie(CONTRACT, "files_upload", "file_id", "tenant_id", "dossier"),
        tie(CONTRACT, "notifications_paper", "paper_id", "dossier"),
        tie(RESULT, ROUND, "round_id", "dossier"),
        tie(DRAFT, SEAT, "seat_id", "tenant_id", "dossier", "person_id"),
    ]
