"""A message may be for one person of an office: who evaluates blind is told alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OFFICE = "organisation_id = app_organisation()"
OWN = f"{OFFICE} AND (person_id IS NULL OR person_id = app_person())"


def holder(condition: str) -> list[str]:
    """The policies of whoever reads a message and marks it as read."""
    return [
        f"ALTER POLICY holder_select ON notifications_message USING ({condition})",
        f"ALTER POLICY holder_update ON notifications_message USING ({condition}) WITH CHECK ({condition})",
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0009_titles_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(holder(OWN), holder(OFFICE)),
    ]
