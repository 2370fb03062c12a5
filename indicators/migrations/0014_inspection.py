"""What inspections of parks found and how it was put right, and who sees it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

# Who sees the finding sees the file that was given with the answer to it.
READ_EVIDENCE = migrations.RunSQL(
    "CREATE POLICY inspection_select ON files_upload FOR SELECT USING"
    " (EXISTS (SELECT 1 FROM indicators_inspection i WHERE i.evidence_id = files_upload.id))",
    "DROP POLICY inspection_select ON files_upload",
)
MUTABLE = ("status", "due_on", "paper_id", "answer", "answered_by_id", "answered_at", "evidence_id")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("files", "0004_without_person"),
        ("indicators", "0013_sanctions_rowsecurity"),
        ("notifications", "0006_messages_in_order"),
        ("registry", "0007_zone_outlines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("found", "待下达整改"),
                            ("ordered", "整改中"),
                            ("answered", "待验收"),
                            ("accepted", "已验收"),
                            ("dropped", "不再整改"),
                        ],
                        default="found",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("inspected_on", models.DateField(verbose_name="督查日期")),
                ("inspectors", models.CharField(max_length=300, verbose_name="督查人员")),
                ("finding", models.TextField(verbose_name="发现的问题")),
                ("wanted", models.TextField(verbose_name="整改要求")),
                ("days", models.PositiveSmallIntegerField(verbose_name="整改期限（工作日）")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="整改期满")),
                ("answer", models.TextField(blank=True, verbose_name="整改情况")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.upload",
                    ),
                ),
                (
                    "found_by",
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
                "verbose_name": "督查整改",
                "verbose_name_plural": "督查整改",
                "ordering": ["-found_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["found", "dropped"]), ("paper__isnull", False), _connector="OR"
                        ),
                        name="ordered_by_a_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["answered", "accepted"]), _negated=True),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="accepted_after_an_answer",
                    ),
                ],
            },
        ),
        protect(
            "indicators_inspection",
            own=("riu", own()),
            granted=("r", granted("indicators_inspection")),
            answering=("u", f"{own('city_id')} OR {own('committee_id')}"),
        ),
        append_only("indicators_inspection", mutable=MUTABLE),
        tie("indicators_inspection", "files_upload", "evidence_id", "dossier"),
        READ_EVIDENCE,
    ]
