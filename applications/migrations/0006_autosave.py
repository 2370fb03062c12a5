"""What a page that saves itself asks of the database, as functions: their plans are kept, row policies and all.

Both run with the rights and under the policies of who calls them.
"""

from django.db import migrations

OPEN = """
CREATE FUNCTION applications_locked_plan(plan uuid, owner uuid, keys text[]) RETURNS TABLE (
  dossier uuid, status varchar, created_at timestamptz, frozen boolean,
  id uuid, key varchar, value jsonb, version integer, changed_by_id uuid, changed_at timestamptz
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  found_dossier uuid; found_status varchar; found_created timestamptz; found_frozen boolean;
BEGIN
  SELECT f.dossier, f.status, f.created_at INTO found_dossier, found_status, found_created
    FROM applications_filing f WHERE f.id = plan AND f.tenant_id = owner FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  -- Asked after the lock is held, by statements of their own: each sees what was committed while this one waited.
  SELECT EXISTS (SELECT 1 FROM notifications_draft d WHERE d.subject_id = plan
      AND d.kind = 'creation_request' AND d.status IN ('checking', 'signing')) INTO found_frozen;
  RETURN QUERY SELECT found_dossier, found_status, found_created, found_frozen,
      p.id, p.key, p.value, p.version, p.changed_by_id, p.changed_at
    FROM (SELECT 1) one LEFT JOIN applications_planfield p ON p.filing_id = plan AND p.key = ANY (keys);
END $$
"""
WRITE = """
CREATE FUNCTION applications_write_field(field uuid, seen integer, written jsonb, who uuid, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE applications_planfield p SET value = written, version = seen + 1, changed_by_id = who, changed_at = moment
   WHERE p.id = field AND p.version = seen;
  RETURN FOUND;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_delegation"), ("notifications", "0006_messages_in_order")]

    operations = [
        migrations.RunSQL(OPEN, "DROP FUNCTION applications_locked_plan(uuid, uuid, text[])"),
        migrations.RunSQL(WRITE, "DROP FUNCTION applications_write_field(uuid, integer, jsonb, uuid, timestamptz)"),
    ]
