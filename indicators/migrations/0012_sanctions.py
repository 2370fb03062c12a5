"""The tables of sanctions: cases, cards, what is said in a case."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("accounts", "__first__"),
        ("files", "0004_without_person"),
        ("indicators", "0011_circular"),
        ("notifications", "0006_messages_in_order"),
        ("registry", "0007_zone_outlines"),
    ]

    operations = [
        migrations.CreateModel(
            name="YellowCard",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("subject", models.CharField(max_length=60, verbose_name="园区代码")),
                ("name", models.CharField(max_length=80, verbose_name="园区")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("verdict", models.CharField(default="not_met", max_length=14)),
                ("final", models.BooleanField(default=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("in_force", "有效"), ("ended", "已解除"), ("annulled", "已撤销")],
                        default="in_force",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="给予日期")),
                ("plan", models.TextField(blank=True, verbose_name="整改方案")),
                ("plan_at", models.DateTimeField(blank=True, null=True)),
                ("check_note", models.TextField(blank=True, verbose_name="年中检查")),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.assessment"
                    ),
                ),
                (
                    "ended_by",
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
                    "paper",
                    models.ForeignKey(
                        db_constraint=False,
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
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "黄牌",
                "verbose_name_plural": "黄牌",
                "ordering": ["-year", "subject"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "in_force")),
                        fields=("subject", "year"),
                        name="one_card_in_force_per_year",
                    ),
                    models.UniqueConstraint(fields=("id", "subject", "year", "status"), name="card_as_it_is"),
                    models.CheckConstraint(
                        condition=models.Q(("final", True), ("verdict", "not_met")), name="card_for_a_final_miss"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("status", "in_force")),
                            models.Q(
                                models.Q(("status", "in_force"), _negated=True),
                                ("ended_by__isnull", False),
                                ("ended_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="card_ended_by_a_paper",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SanctionCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("yellow_card", "黄牌警告"), ("revocation", "取消创建资格")],
                        max_length=11,
                        verbose_name="种类",
                    ),
                ),
                (
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
                            ("annulled", "决定已撤销"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("subject", models.CharField(max_length=60, verbose_name="园区代码")),
                ("name", models.CharField(max_length=80, verbose_name="园区")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("verdict", models.CharField(default="not_met", max_length=14)),
                ("final", models.BooleanField(default=True)),
                ("before_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("before_verdict", models.CharField(blank=True, max_length=14, null=True)),
                ("before_final", models.BooleanField(blank=True, null=True)),
                (
                    "consecutive",
                    models.CharField(
                        choices=[("calendar", "相邻的两个日历年度"), ("assessed", "相邻的两个评价年度")],
                        default="calendar",
                        max_length=8,
                    ),
                ),
                ("card_status", models.CharField(blank=True, max_length=8, null=True)),
                ("grounds", models.JSONField(default=list, verbose_name="未达到的要求")),
                ("remarks", models.JSONField(default=list, verbose_name="说明")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="告知书签收时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("served_at", models.DateTimeField(blank=True, null=True, verbose_name="决定送达时间")),
                (
                    "review_outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "维持原决定"), ("changed", "变更原决定"), ("annulled", "撤销原决定")],
                        max_length=8,
                    ),
                ),
                ("doubts", models.JSONField(default=list, verbose_name="结果变化")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.assessment"
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.assessment",
                    ),
                ),
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
                    "notice_paper",
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
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "review_decision",
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
                    "review_paper",
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
                    "served_by",
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
                    "withdrawal_paper",
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
                    "card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.yellowcard",
                    ),
                ),
            ],
            options={
                "verbose_name": "黄牌与取消资格",
                "verbose_name_plural": "黄牌与取消资格",
                "ordering": ["-year", "-proposed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "proposed",
                                    "confirmed",
                                    "noticed",
                                    "answering",
                                    "stated",
                                    "hearing",
                                    "reported",
                                    "imposed",
                                    "served",
                                    "review",
                                ],
                            )
                        ),
                        fields=("subject", "year"),
                        name="one_live_sanction_per_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("final", True), ("verdict", "not_met")), name="sanction_for_a_final_miss"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "revocation"), _negated=True),
                            models.Q(
                                ("before__isnull", False),
                                ("before_final", True),
                                ("before_final__isnull", False),
                                ("before_verdict", "not_met"),
                                ("before_verdict__isnull", False),
                                ("before_year__isnull", False),
                                ("card__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="revocation_after_two_misses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "revocation"), _negated=True),
                            models.Q(
                                (
                                    "before_year",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("year"), "-", models.Value(1)
                                    ),
                                ),
                                ("consecutive", "calendar"),
                            ),
                            models.Q(("before_year__lt", models.F("year")), ("consecutive", "assessed")),
                            _connector="OR",
                        ),
                        name="revocation_after_consecutive_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "revocation"),
                                (
                                    "status__in",
                                    [
                                        "proposed",
                                        "confirmed",
                                        "noticed",
                                        "answering",
                                        "stated",
                                        "hearing",
                                        "reported",
                                        "imposed",
                                        "served",
                                        "review",
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("card_status", "in_force"), ("card_status__isnull", False)),
                            _connector="OR",
                        ),
                        name="revocation_while_the_card_is_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    [
                                        "noticed",
                                        "answering",
                                        "stated",
                                        "hearing",
                                        "reported",
                                        "imposed",
                                        "served",
                                        "review",
                                        "not_imposed",
                                    ],
                                ),
                                _negated=True,
                            ),
                            ("notice_paper__isnull", False),
                            _connector="OR",
                        ),
                        name="sanction_after_a_notice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["imposed", "served", "review", "not_imposed", "annulled"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision_paper__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sanction_decided_by_an_official",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SanctionArgument",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("place", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="理由")),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arguments",
                        to="indicators.sanctioncase",
                    ),
                ),
            ],
            options={
                "ordering": ["case", "place"],
                "constraints": [models.UniqueConstraint(fields=("case", "place"), name="one_argument_per_place")],
            },
        ),
        migrations.CreateModel(
            name="SanctionAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("accepted", "采纳"), ("partly", "部分采纳"), ("rejected", "不予采纳")],
                        max_length=8,
                        verbose_name="是否采纳",
                    ),
                ),
                ("text", models.TextField(verbose_name="答复")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "argument",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="indicators.sanctionargument",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="indicators.sanctioncase",
                    ),
                ),
            ],
            options={
                "ordering": ["argument__place"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="sanction_answer_in_words"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SanctionFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="indicators.sanctioncase"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.upload"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at"],
            },
        ),
        migrations.CreateModel(
            name="SanctionHearing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("reasons", models.TextField(verbose_name="申请听证的理由")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="听证时间")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("heard_by", models.CharField(blank=True, max_length=200, verbose_name="听证人员")),
                ("present", models.CharField(blank=True, max_length=400, verbose_name="参加人员")),
                ("minutes", models.TextField(blank=True, verbose_name="听证笔录")),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing",
                        to="indicators.sanctioncase",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_at__isnull", True),
                            models.Q(
                                ("held_at__isnull", False),
                                models.Q(("place", ""), _negated=True),
                                models.Q(("heard_by", ""), _negated=True),
                                models.Q(("minutes", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hearing_recorded_in_full",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SanctionOpinion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "stance",
                    models.CharField(
                        choices=[("agree", "同意"), ("disagree", "不同意")], max_length=8, verbose_name="意见"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="理由")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="indicators.sanctioncase",
                    ),
                ),
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
            ],
            options={
                "ordering": ["given_at"],
            },
        ),
    ]
