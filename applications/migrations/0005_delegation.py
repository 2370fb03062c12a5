"""Sections of the plan in others' hands: who holds one writes its fields, and nothing else, until it is handed back."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, granted, own, protect, tie

HELPS = (
    "EXISTS (SELECT 1 FROM accounts_grant g WHERE g.dossier = applications_delegation.dossier"
    " AND g.organisation_id = applications_delegation.organisation_id AND g.level = 'colleague')"
)
HOLDER = f"{own('organisation_id')} AND (person_id IS NULL OR person_id = app_person())"


def holds(table: str, what: str) -> str:
    """The acting organisation holds the section to which the row belongs, and the filing is still in work."""
    return (
        "EXISTS (SELECT 1 FROM applications_delegation d JOIN applications_filing f ON f.id = d.filing_id"  # noqa: S608
        f" WHERE d.filing_id = {table}.filing_id AND d.organisation_id = app_organisation()"
        " AND (d.person_id IS NULL OR d.person_id = app_person())"
        f" AND d.status IN ('open', 'back') AND f.status IN ('draft', 'returned') AND {what})"
    )


FIELD = holds("applications_planfield", "applications_planfield.key = ANY (d.keys)")
BOUNDARY = holds("applications_filingboundary", "d.section = 'boundary'")
BY_ONESELF = "changed_by_id = app_person()"


def holder_policies(table: str, condition: str, commands: str) -> migrations.RunSQL:
    """Policies for who holds the section; what they write bears their own name."""
    made = {
        "i": f"FOR INSERT WITH CHECK ({condition} AND {BY_ONESELF})",
        "u": f"FOR UPDATE USING ({condition}) WITH CHECK ({condition} AND {BY_ONESELF})",
        "d": f"FOR DELETE USING ({condition})",
    }
    names = {"i": "holder_insert", "u": "holder_update", "d": "holder_delete"}
    return migrations.RunSQL(
        [f"CREATE POLICY {names[letter]} ON {table} {made[letter]}" for letter in commands],
        [f"DROP POLICY {names[letter]} ON {table}" for letter in commands],
    )


def policy(name: str, table: str, text: str) -> migrations.RunSQL:
    """One policy more on a table that is protected already."""
    return migrations.RunSQL(f"CREATE POLICY {name} ON {table} {text}", f"DROP POLICY {name} ON {table}")


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_remark_answers"),
        ("accounts", "0002_rowsecurity"),
        ("workflow", "0003_dossier_writing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("section", models.CharField(max_length=40, verbose_name="章节")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "待填写"),
                            ("handed", "已交回"),
                            ("back", "退回修改"),
                            ("confirmed", "已确认"),
                            ("withdrawn", "已收回"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("note", models.TextField(blank=True, verbose_name="要求")),
                ("assigned_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("handed_at", models.DateTimeField(null=True)),
                ("handed_note", models.TextField(blank=True, verbose_name="交回说明")),
                ("reason", models.TextField(blank=True, verbose_name="退回原因")),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="applications.filing",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="填写单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
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
                "verbose_name": "分工",
                "verbose_name_plural": "分工",
                "ordering": ["filing", "assigned_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("open", "back", "handed"))),
                        fields=("filing", "section"),
                        name="one_active_delegation_per_section",
                    )
                ],
            },
        ),
        protect(
            "applications_delegation",
            own=("ru", own()),
            assigner=("i", f"{own()} AND (organisation_id = tenant_id OR {HELPS})"),
            colleague=("r", granted("applications_delegation", "colleague")),
        ),
        policy(
            "holder_update",
            "applications_delegation",
            f"FOR UPDATE USING ({HOLDER} AND status IN ('open', 'back')) WITH CHECK ({HOLDER} AND status = 'handed')",
        ),
        append_only(
            "applications_delegation",
            mutable=("status", "due_on", "note", "handed_by_id", "handed_at", "handed_note", "reason"),
        ),
        tie("applications_delegation", "applications_filing", "filing_id", "tenant_id", "dossier"),
        holder_policies("applications_planfield", FIELD, "iu"),
        holder_policies("applications_filingboundary", BOUNDARY, "iud"),
        # The city ends a helper's part by taking the grant back; what authorities were given is not theirs to take.
        policy("tenant_delete", "accounts_grant", f"FOR DELETE USING ({own()} AND level = 'colleague')"),
        policy("own_colleague", "workflow_event", f"FOR SELECT USING ({own()} AND audience = 'colleague')"),
        policy(
            "colleague_select",
            "workflow_event",
            f"FOR SELECT USING (audience = 'colleague' AND {granted('workflow_event', 'colleague')})",
        ),
    ]
