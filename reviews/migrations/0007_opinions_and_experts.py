"""Opinions in parts and rounds, experts, conditions and requirements, inner notes, proposals, recusals."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_further_offices"),
        ("accounts", "__first__"),
        ("applications", "0002_rowsecurity"),
        ("files", "0002_rowsecurity"),
        ("notifications", "0004_paper_in_dossier"),
        ("reviews", "0006_withdrawal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.TextField(verbose_name="条件")),
                ("section", models.CharField(blank=True, max_length=60, verbose_name="涉及栏目")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="落实期限")),
                ("answerer", models.CharField(blank=True, max_length=80, verbose_name="由谁落实")),
                ("mandatory", models.BooleanField(default=True, verbose_name="必须落实")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conditions", to="reviews.case"
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="condition_rows", to="reviews.opinion"
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
                "verbose_name": "条件",
                "verbose_name_plural": "条件",
                "ordering": ["case", "tenant__order", "number"],
                "constraints": [models.UniqueConstraint(fields=("opinion", "number"), name="one_condition_per_number")],
            },
        ),
        migrations.CreateModel(
            name="ExpertOpinion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "status",
                    models.CharField(
                        choices=[("invited", "待论证"), ("signed", "已签名提交"), ("withdrawn", "已撤回邀请")],
                        default="invited",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.TextField(verbose_name="邀请事由")),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("fields", models.JSONField(default=dict, verbose_name="草稿")),
                ("scores", models.JSONField(default=list, verbose_name="评分")),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[("pass", "通过论证"), ("amend", "修改后通过"), ("fail", "不通过")],
                        max_length=8,
                        verbose_name="论证结论",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="论证意见")),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="expert_opinions", to="reviews.case"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.paper",
                    ),
                ),
                (
                    "requested_by",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.filingversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "专家论证意见",
                "verbose_name_plural": "专家论证意见",
                "ordering": ["case", "tenant__order"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "withdrawn"), _negated=True),
                        fields=("case", "tenant"),
                        name="one_opinion_per_expert",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "signed"), _negated=True),
                            models.Q(
                                ("paper__isnull", False),
                                ("signed_at__isnull", False),
                                models.Q(("stance", ""), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="expert_opinion_signed_by_paper",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("section", models.CharField(blank=True, max_length=60, verbose_name="栏目")),
                ("text", models.TextField(verbose_name="内容")),
                ("author_name", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mentions", models.JSONField(default=list, verbose_name="提醒的单位")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="reviews.case"
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
                "ordering": ["case", "at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="note_withdrawn_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpinionDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("serial", models.PositiveIntegerField(verbose_name="稿次")),
                ("fields", models.JSONField(default=dict, verbose_name="内容")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="reviews.opinion"
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
                "ordering": ["opinion", "-serial"],
                "constraints": [models.UniqueConstraint(fields=("opinion", "serial"), name="one_draft_per_serial")],
            },
        ),
        migrations.CreateModel(
            name="QuestionProposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "待省科技厅转达"),
                            ("sent", "已转达申报单位"),
                            ("declined", "未转达"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("text", models.TextField(verbose_name="建议询问的问题")),
                ("target", models.CharField(blank=True, max_length=80, verbose_name="涉及栏目或材料")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="希望答复日期")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True, verbose_name="未转达的原因")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="question_proposals",
                        to="reviews.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.question",
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
                "ordering": ["case", "at"],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("person_name", models.CharField(max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[("declared", "待确认"), ("confirmed", "已回避"), ("dismissed", "不需回避")],
                        default="declared",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.TextField(verbose_name="回避原因")),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision", models.TextField(blank=True, verbose_name="处理意见")),
                ("replacement_name", models.CharField(blank=True, max_length=40, verbose_name="接替人")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="reviews.case"
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
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回避的人员",
                    ),
                ),
                (
                    "replacement",
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
                "verbose_name": "回避",
                "verbose_name_plural": "回避",
                "ordering": ["case", "declared_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["declared", "confirmed"])),
                        fields=("case", "person"),
                        name="one_recusal_per_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "待落实"),
                            ("answered", "已答复，待确认"),
                            ("settled", "已落实"),
                            ("waived", "不再要求"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("text", models.TextField(verbose_name="需落实的事项")),
                ("section", models.CharField(blank=True, max_length=60, verbose_name="涉及栏目")),
                ("attribution", models.CharField(blank=True, max_length=80, verbose_name="提出部门")),
                ("mandatory", models.BooleanField(default=True, verbose_name="必须落实")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("passed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requirements", to="reviews.case"
                    ),
                ),
                (
                    "condition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requirement", to="reviews.condition"
                    ),
                ),
                (
                    "passed_person",
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
                "verbose_name": "需落实事项",
                "verbose_name_plural": "需落实事项",
                "ordering": ["case", "passed_at"],
            },
        ),
        migrations.CreateModel(
            name="RequirementAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("text", models.TextField(verbose_name="落实情况")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled", models.BooleanField(null=True, verbose_name="已落实")),
                ("verdict", models.TextField(blank=True, verbose_name="确认意见")),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reviews.requirement"
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
                "ordering": ["requirement", "at"],
            },
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="reviews.question",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.upload"),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="reviews.requirementanswer",
                    ),
                ),
            ],
            options={
                "ordering": ["upload__uploaded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", True), ("question__isnull", False)),
                            models.Q(("answer__isnull", False), ("question__isnull", True)),
                            _connector="OR",
                        ),
                        name="enclosure_of_one_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionRemark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("section", models.CharField(max_length=60, verbose_name="栏目")),
                ("text", models.TextField(verbose_name="意见")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="section_remarks", to="reviews.case"
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section_remarks",
                        to="reviews.opinion",
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
                "ordering": ["opinion", "section"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="opinion",
            name="one_opinion_per_department",
        ),
        migrations.RemoveConstraint(
            model_name="opinion",
            name="opinion_signed_by_paper",
        ),
        migrations.AddField(
            model_name="opinion",
            name="invited",
            field=models.BooleanField(default=False, verbose_name="另行邀请"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="previous",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reviews.opinion",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="reason",
            field=models.TextField(blank=True, verbose_name="征求意见的事由"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="round",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="轮次"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="sections",
            field=models.JSONField(blank=True, default=list, verbose_name="重新征求意见的栏目"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.filingversion",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="cancel_reason",
            field=models.TextField(blank=True, verbose_name="撤销原因"),
        ),
        migrations.AddField(
            model_name="question",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="question",
            name="cancelled_person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="target",
            field=models.CharField(blank=True, max_length=80, verbose_name="涉及栏目或材料"),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="status",
            field=models.CharField(
                choices=[
                    ("requested", "待回复"),
                    ("signed", "已签发"),
                    ("lapsed", "逾期未回复"),
                    ("superseded", "已由新一轮意见替代"),
                    ("withdrawn", "已撤回邀请"),
                ],
                default="requested",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("superseded", "withdrawn")), _negated=True),
                fields=("case", "tenant"),
                name="one_opinion_per_department",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "signed"), _negated=True),
                    models.Q(
                        ("paper__isnull", False),
                        models.Q(("stance", ""), _negated=True),
                        models.Q(("reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="opinion_signed_by_paper",
            ),
        ),
    ]
