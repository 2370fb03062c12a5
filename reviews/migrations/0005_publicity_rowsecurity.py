"""Row security of publicity and objections: what is notified is everybody's, who objects is 省科技厅's alone."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie

LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = {table}.tenant_id AND o.kind = 'kjt')"
ANYBODY = "app_scope() IN ('public', 'organisation')"
OPEN = (
    "EXISTS (SELECT 1 FROM reviews_publicity p WHERE p.id = reviews_objection.publicity_id"
    " AND p.dossier = reviews_objection.dossier AND p.closed_at IS NULL)"
)
FILED = f"{ANYBODY} AND {LEAD.format(table='reviews_objection')} AND status = 'received' AND {OPEN}"
FILER = f"{ANYBODY} AND {LEAD.format(table='reviews_objector')}"
# What follows from an objection that a stranger files is noted under the stranger's scope, and nothing else is.
FOLLOWS = f"{ANYBODY} AND effect = 'reviews.objection_filed' AND event_id IS NULL"
LAPSES = "CREATE POLICY requester_lapse ON reviews_opinion FOR UPDATE USING ({before}) WITH CHECK ({after})"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_conclusion_publicity"), ("workflow", "0003_dossier_writing")]

    operations = [
        protect(
            "reviews_publicity",
            anyone=("r", "true"),
            act=("iu", granted("reviews_publicity", "act")),
        ),
        protect(
            "reviews_objection",
            own=("ru", own()),
            anybody=("i", FILED),
            presented=("r", "code_hash = app_presented()"),
        ),
        protect("reviews_objector", own=("r", own()), anybody=("i", FILER)),
        append_only("reviews_objector"),
        protect(
            "reviews_inquiry",
            own=("ru", own()),
            act=("ri", granted("reviews_inquiry", "act")),
        ),
        protect(
            "reviews_adoption",
            own=("r", own()),
            act=("ri", granted("reviews_adoption", "act")),
        ),
        append_only("reviews_adoption"),
        protect(
            "reviews_visit",
            own=("riu", own()),
            granted=("r", granted("reviews_visit", "read", "act")),
        ),
        protect(
            "reviews_visitphoto",
            own=("rid", own()),
            granted=("r", granted("reviews_visitphoto", "read", "act")),
        ),
        migrations.RunSQL(
            f"CREATE POLICY objection_insert ON workflow_delivery FOR INSERT WITH CHECK ({FOLLOWS})",
            "DROP POLICY objection_insert ON workflow_delivery",
        ),
        migrations.RunSQL(
            LAPSES.format(
                before=f"{own('requested_by_id')} AND status = 'requested'",
                after=f"{own('requested_by_id')} AND status = 'lapsed'",
            ),
            "DROP POLICY requester_lapse ON reviews_opinion",
        ),
        tie("reviews_publicity", "reviews_case", "case_id", "tenant_id", "dossier"),
        tie("reviews_publicity", "notifications_paper", "paper_id", "dossier"),
        tie("reviews_publicity", "reviews_conclusion", "conclusion_id", "tenant_id", "dossier"),
        tie("reviews_objection", "reviews_publicity", "publicity_id", "dossier"),
        tie("reviews_objection", "notifications_paper", "paper_id", "dossier"),
        tie("reviews_objector", "reviews_objection", "objection_id", "tenant_id", "dossier"),
        tie("reviews_inquiry", "reviews_case", "case_id", "tenant_id", "dossier"),
        tie("reviews_inquiry", "reviews_objection", "objection_id", "dossier"),
        tie("reviews_adoption", "reviews_conclusion", "conclusion_id", "dossier"),
        tie("reviews_adoption", "reviews_opinion", "opinion_id", "tenant_id", "dossier"),
        tie("reviews_visit", "reviews_case", "case_id", "dossier"),
        tie("reviews_visit", "notifications_paper", "paper_id", "dossier"),
        tie("reviews_visitphoto", "reviews_visit", "visit_id", "tenant_id", "dossier"),
        tie("reviews_visitphoto", "files_upload", "upload_id", "tenant_id", "dossier"),
    ]
