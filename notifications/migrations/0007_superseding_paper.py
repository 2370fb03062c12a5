"""A paper that was replaced names the one that replaced it, of the same office; nothing else of it may change."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.rowsecurity import tie

FUNCTION = """
CREATE OR REPLACE FUNCTION notifications_paper_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(OLD){strip}) IS DISTINCT FROM (to_jsonb(NEW){strip}) THEN
    RAISE EXCEPTION 'notifications_paper is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""
BEFORE = ("validity", "published_at", "file_state", "file_hash", "file_pages", "file_at")


def mutable(*columns: str) -> str:
    """The trigger that lets these columns of a signed paper change."""
    return FUNCTION.format(strip="".join(f" - '{column}'" for column in columns))


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_messages_in_order")]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supersedes",
                to="notifications.paper",
                verbose_name="取代本文的公文",
            ),
        ),
        migrations.RunSQL(mutable(*BEFORE, "superseded_by_id"), mutable(*BEFORE)),
        tie("notifications_paper", "notifications_paper", "superseded_by_id", "tenant_id"),
    ]
