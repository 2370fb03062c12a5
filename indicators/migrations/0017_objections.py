"""What a city objects to in its own final figures; the offices that verify read it and answer."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("files", "0004_without_person"),
        ("indicators", "0016_import_state"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureObjection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("code", models.CharField(max_length=60, verbose_name="指标代码")),
                ("proposed", models.CharField(blank=True, max_length=200, null=True, verbose_name="认为应为")),
                ("reason", models.CharField(max_length=500, verbose_name="异议的理由")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted", models.BooleanField(blank=True, null=True, verbose_name="是否采纳")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="答复")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="indicators.figure"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="indicators.return"
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
                "verbose_name": "数据异议",
                "verbose_name_plural": "数据异议",
                "ordering": ["report", "raised_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("report", "code"),
                        name="one_open_objection_per_figure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="figure_objection_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted__isnull", True), ("answered_at__isnull", True), ("answered_by__isnull", True)
                            ),
                            models.Q(
                                ("accepted__isnull", False),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="figure_objection_answered_in_words",
                    ),
                ],
            },
        ),
        protect(
            "indicators_figureobjection",
            own=("ri", own()),
            granted=("r", granted("indicators_figureobjection")),
            act=("u", granted("indicators_figureobjection", "act")),
        ),
        append_only("indicators_figureobjection", mutable=("accepted", "answer", "answered_by_id", "answered_at")),
        tie("indicators_figureobjection", "indicators_return", "report_id", "tenant_id", "dossier"),
        tie("indicators_figureobjection", "indicators_figure", "figure_id", "tenant_id", "dossier"),
        tie("indicators_figureobjection", "files_upload", "evidence_id", "tenant_id", "dossier"),
    ]
