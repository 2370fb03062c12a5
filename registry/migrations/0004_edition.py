"""The edition of everything public, and the triggers that make a new one; indexes of the lists."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from registry.watching import FUNCTION, watch

# Table → the rows that public pages show; an empty condition means every row.
WATCHED = {
    "registry_park": "",
    "registry_legalstatus": "",
    "registry_parkname": "",
    "registry_parkboundary": "",
    "registry_leadingindustry": "",
    "registry_hostzone": "",
    "notifications_paper": "{row}.published_at IS NOT NULL",
    "accounts_division": "",
    "accounts_divisionname": "",
    "accounts_organisation": "",
}

MAKE_FIRST = (
    "INSERT INTO registry_edition (id, stamp, at) VALUES (1, gen_random_uuid(), now()) ON CONFLICT DO NOTHING",
    "DELETE FROM registry_edition",
)
# The serving role reads it; only the trigger writes it, in the name of the owner.
NARROW = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_web') THEN
    REVOKE INSERT, UPDATE, DELETE ON registry_edition FROM portal_web;
  END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_industry_in_full"),
        ("notifications", "0004_paper_in_dossier"),
        ("accounts", "0002_rowsecurity"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("stamp", models.UUIDField(default=uuid.uuid4)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_edition")],
            },
        ),
        migrations.AddIndex(
            model_name="park",
            index=models.Index(fields=["city", "slug"], name="parks_in_order"),
        ),
        migrations.RunSQL(*MAKE_FIRST),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
        FUNCTION,
        *(watch(table, condition) for table, condition in WATCHED.items()),
    ]
