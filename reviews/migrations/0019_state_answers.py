"""What the state's department answered to a recommendation for a national pilot, and who sees it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

ROWS = "reviews_stateanswer"
# Who sees the answer sees its file.
READ_SCAN = migrations.RunSQL(
    "CREATE POLICY state_answer_select ON files_upload FOR SELECT USING"
    " (EXISTS (SELECT 1 FROM reviews_stateanswer r WHERE r.scan_id = files_upload.id))",
    "DROP POLICY state_answer_select ON files_upload",
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("files", "0004_without_person"),
        ("registry", "0010_titles_ended_by_paper"),
        ("reviews", "0018_city_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StateAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("approved", models.BooleanField(verbose_name="批准")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="文号")),
                ("answered_on", models.DateField(verbose_name="答复日期")),
                ("explanation", models.TextField(blank=True, verbose_name="说明")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="state_answer", to="reviews.case"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.upload",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.citytitle",
                    ),
                ),
            ],
            options={
                "verbose_name": "科学技术部答复",
                "verbose_name_plural": "科学技术部答复",
                "ordering": ["recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved", True), ("title__isnull", False), models.Q(("number", ""), _negated=True)
                            ),
                            models.Q(("approved", False), ("title__isnull", True)),
                            _connector="OR",
                        ),
                        name="state_approves_by_document_and_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved", True),
                            models.Q(("number", ""), _negated=True),
                            models.Q(("explanation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="state_declines_in_words",
                    ),
                ],
            },
        ),
        protect(ROWS, own=("r", own()), granted=("r", granted(ROWS)), acting=("i", granted(ROWS, "act"))),
        append_only(ROWS),
        tie(ROWS, "reviews_case", "case_id", "tenant_id", "dossier"),
        tie(ROWS, "files_upload", "scan_id", "dossier"),
        READ_SCAN,
    ]
