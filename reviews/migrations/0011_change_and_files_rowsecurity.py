"""Row security of change requests and of files given with objections."""

from django.db import migrations

from accounts.rowsecurity import granted, own, protect, tie

ANYBODY = "app_scope() IN ('public', 'organisation')"
LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = {table}.tenant_id AND o.kind = 'kjt')"
OPEN = "EXISTS (SELECT 1 FROM reviews_publicity p WHERE p.dossier = {table}.dossier AND p.closed_at IS NULL)"
FILED = f"{ANYBODY} AND {LEAD} AND {OPEN}"
# A stranger's file goes to 省科技厅 alone, for a notice that is open, and the scanner is asked.
UPLOADED = f"{FILED.format(table='files_upload')} AND uploaded_by_id IS NULL AND released_at IS NULL"
SCANNED = f"{ANYBODY} AND effect = 'files.scan' AND event_id IS NULL"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_change_and_files"), ("workflow", "0003_dossier_writing")]

    operations = [
        protect(
            "reviews_objectionfile",
            own=("r", own()),
            anybody=("i", FILED.format(table="reviews_objectionfile")),
        ),
        protect(
            "reviews_changerequest",
            own=("ru", own()),
            granted=("r", granted("reviews_changerequest", "read")),
            act=("riu", granted("reviews_changerequest", "act")),
        ),
        migrations.RunSQL(
            f"CREATE POLICY objection_insert ON files_upload FOR INSERT WITH CHECK ({UPLOADED})",
            "DROP POLICY objection_insert ON files_upload",
        ),
        migrations.RunSQL(
            f"CREATE POLICY scan_insert ON workflow_delivery FOR INSERT WITH CHECK ({SCANNED})",
            "DROP POLICY scan_insert ON workflow_delivery",
        ),
        tie("reviews_objectionfile", "reviews_objection", "objection_id", "tenant_id", "dossier"),
        tie("reviews_objectionfile", "files_upload", "upload_id", "tenant_id", "dossier"),
        tie("reviews_changerequest", "reviews_case", "case_id", "tenant_id", "dossier"),
        tie("reviews_changerequest", "applications_filingversion", "base_id", "tenant_id", "dossier"),
        tie("reviews_changerequest", "applications_filingversion", "version_id", "tenant_id", "dossier"),
        tie("reviews_changerequest", "notifications_paper", "paper_id", "dossier"),
    ]
