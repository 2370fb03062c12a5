"""The answers that stood in the remark's row become entries; from now on a remark is never changed."""

from django.db import migrations

from accounts.rowsecurity import append_only

COPY = """
SELECT set_config('app.scope', 'system', true);
INSERT INTO applications_remarkentry
  (id, tenant_id, dossier, remark_id, act, text, organisation_id, person_id, person_name, at, sent_at)
SELECT gen_random_uuid(), r.tenant_id, r.dossier, r.id, 'answer', r.answer, r.tenant_id, r.answered_by_id, p.name,
       r.answered_at,
       CASE WHEN f.status = 'returned' AND r.round = (SELECT max(o.round) FROM applications_remark o
         WHERE o.filing_id = r.filing_id) THEN NULL ELSE r.answered_at END
FROM applications_remark r
JOIN applications_filing f ON f.id = r.filing_id
JOIN accounts_person p ON p.id = r.answered_by_id
WHERE r.answered_at IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT set_config('app.scope', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_remark_entries")]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="remark",
            name="answer",
        ),
        migrations.RemoveField(
            model_name="remark",
            name="answered_at",
        ),
        migrations.RemoveField(
            model_name="remark",
            name="answered_by",
        ),
        migrations.RunSQL(
            "DROP POLICY own_update ON applications_remark",
            "CREATE POLICY own_update ON applications_remark FOR UPDATE USING (tenant_id = app_organisation())",
        ),
        append_only("applications_remark"),
    ]
