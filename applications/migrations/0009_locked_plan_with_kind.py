"""Saving a field reads the filing's kind with its lock."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION applications_locked_plan(plan uuid, owner uuid, keys text[]) RETURNS TABLE (
  dossier uuid, status varchar, created_at timestamptz, {column}frozen boolean,
  id uuid, key varchar, value jsonb, version integer, changed_by_id uuid, changed_at timestamptz
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  held applications_filing%ROWTYPE; found_frozen boolean;
BEGIN
  SELECT f.* INTO held FROM applications_filing f WHERE f.id = plan AND f.tenant_id = owner FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  -- Asked after the lock is held, by statements of their own: each sees what was committed while this one waited.
  SELECT EXISTS (SELECT 1 FROM notifications_draft d WHERE d.subject_id = plan
      AND d.kind = 'creation_request' AND d.status IN ('checking', 'signing')) INTO found_frozen;
  RETURN QUERY SELECT held.dossier, held.status, held.created_at, {value}found_frozen,
      p.id, p.key, p.value, p.version, p.changed_by_id, p.changed_at
    FROM (SELECT 1) one LEFT JOIN applications_planfield p ON p.filing_id = plan AND p.key = ANY (keys);
END $$
"""
DROP = "DROP FUNCTION applications_locked_plan(uuid, uuid, text[])"
WITH_KIND = FUNCTION.format(column="kind varchar, ", value="held.kind, ")
WITHOUT = FUNCTION.format(column="", value="")


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_kinds")]

    operations = [migrations.RunSQL([DROP, WITH_KIND], [DROP, WITHOUT])]
