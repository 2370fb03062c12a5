"""What is said under a remark stands in rows of its own; withdrawal, former filing, second application."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

TABLE = "applications_remarkentry"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rowsecurity"),
        ("applications", "0002_rowsecurity"),
        ("notifications", "0005_mail"),
        ("registry", "0003_industry_in_full"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RemarkEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("answer", "答复"),
                            ("settle", "核对通过"),
                            ("reopen", "仍须补正"),
                            ("cancel", "撤销意见"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("person_name", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["remark", "at"],
            },
        ),
        migrations.AlterModelOptions(
            name="remark",
            options={"ordering": ["filing", "round", "made_at", "pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="filing",
            name="filing_submitted_by_paper",
        ),
        migrations.AddField(
            model_name="filing",
            name="changes_stated",
            field=models.TextField(blank=True, verbose_name="与前次申报相比的变化"),
        ),
        migrations.AddField(
            model_name="filing",
            name="deemed_withdrawn",
            field=models.BooleanField(default=False, verbose_name="视为撤回"),
        ),
        migrations.AddField(
            model_name="filing",
            name="former",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="applications.filing",
                verbose_name="前次申报",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="second_reason",
            field=models.TextField(blank=True, verbose_name="同一开发区再次申报的理由"),
        ),
        migrations.AddField(
            model_name="filing",
            name="withdrawal_paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="notifications.paper",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="basis",
            field=models.CharField(blank=True, max_length=60, verbose_name="依据"),
        ),
        migrations.AddField(
            model_name="remark",
            name="needed",
            field=models.TextField(blank=True, verbose_name="补正要求"),
        ),
        migrations.AddField(
            model_name="remark",
            name="reason",
            field=models.CharField(
                choices=[
                    ("missing", "缺少材料"),
                    ("unreadable", "材料不清晰或打不开"),
                    ("inconsistent", "内容前后不一致"),
                    ("wrong_data", "数据有误"),
                    ("not_conforming", "不符合条件条款"),
                    ("unsealed", "缺少签章、文号或日期"),
                    ("boundary", "四至边界问题"),
                    ("unclear", "表述不清或论证不足"),
                    ("other", "其它（请在意见中写明）"),
                ],
                default="other",
                max_length=20,
                verbose_name="事由",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.filingversion",
            ),
        ),
        migrations.AlterField(
            model_name="filing",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "筹备（草稿）"),
                    ("submitted", "已申报"),
                    ("formal_check", "形式审查"),
                    ("returned", "待补正"),
                    ("accepted", "已受理"),
                    ("rejected", "不予受理"),
                    ("in_review", "联审联评中"),
                    ("listed", "已列入创建名单"),
                    ("declined", "不予列入或暂缓"),
                    ("withdrawn", "已撤回"),
                    ("discarded", "已弃用（可恢复）"),
                ],
                default="draft",
                max_length=14,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "discarded"]), ("request_paper__isnull", False), _connector="OR"
                ),
                name="filing_submitted_by_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    ("withdrawal_paper__isnull", False),
                    ("deemed_withdrawn", True),
                    _connector="OR",
                ),
                name="filing_withdrawn_by_paper",
            ),
        ),
        migrations.AddField(
            model_name="remarkentry",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="remarkentry",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remarkentry",
            name="remark",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="applications.remark"
            ),
        ),
        migrations.AddField(
            model_name="remarkentry",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        protect(
            TABLE,
            author=("ru", own("organisation_id")),
            writer=("i", f"{own('organisation_id')} AND ({own()} OR {granted(TABLE, 'act')})"),
            owner=("r", f"sent_at IS NOT NULL AND {own()}"),
            granted=("r", f"sent_at IS NOT NULL AND {granted(TABLE)}"),
            colleague=("r", f"organisation_id = tenant_id AND {granted(TABLE, 'colleague')}"),
        ),
        append_only(TABLE, mutable=("sent_at",)),
        tie(TABLE, "applications_remark", "remark_id", "tenant_id", "dossier"),
        tie("applications_remark", "applications_filingversion", "version_id", "tenant_id", "dossier"),
        tie("applications_filing", "applications_filing", "former_id", "tenant_id"),
        tie("applications_filing", "notifications_paper", "withdrawal_paper_id", "dossier"),
    ]
