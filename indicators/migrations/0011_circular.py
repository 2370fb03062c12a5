"""The departments' word on a year's circular; public pages follow what is released."""

import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, own, protect, tie
from registry.watching import watch

TABLE = "indicators_cosignature"
OF_OWN_RUN = (
    "EXISTS (SELECT 1 FROM indicators_run r WHERE r.id = indicators_cosignature.run_id"
    " AND r.tenant_id = app_organisation())"
)
# What public pages show of a year. Findings are written before their assessment is shown, and never again: what shows
# them makes the edition.
WATCHED = {
    "indicators_run": "{row}.released_at IS NOT NULL",
    "indicators_assessment": "{row}.shown",
    "indicators_finding": "false",
    "indicators_indexversion": "{row}.signed_at IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_rowsecurity"),
        ("indicators", "0010_index_and_rulings"),
        ("registry", "0004_edition"),
        ("notifications", "0006_messages_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("content", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("digest", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("agreed", models.BooleanField(blank=True, null=True, verbose_name="是否同意")),
                ("reason", models.TextField(blank=True, verbose_name="不同意见和理由")),
                ("signer_name", models.CharField(blank=True, max_length=60, verbose_name="会签人")),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.draft",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cosignatures", to="indicators.run"
                    ),
                ),
                (
                    "signer",
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
                "verbose_name": "通报会签",
                "verbose_name_plural": "通报会签",
                "ordering": ["run", "asked_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "tenant", "digest"), name="one_cosignature_per_wording"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed__isnull", True), ("signed_at__isnull", True)),
                            models.Q(
                                ("agreed__isnull", False), ("signed_at__isnull", False), ("signer__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="cosignature_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", False), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cosignature_objects_with_reason",
                    ),
                ],
            },
        ),
        protect(TABLE, own=("ru", own()), requester=("ri", f"{own('requested_by_id')} AND {OF_OWN_RUN}")),
        append_only(TABLE, mutable=("agreed", "reason", "signer_id", "signer_name", "signed_at")),
        tie(TABLE, "indicators_run", "run_id", "dossier"),
        tie(TABLE, "notifications_draft", "draft_id", "dossier"),
        *(watch(table, condition) for table, condition in WATCHED.items()),
    ]
