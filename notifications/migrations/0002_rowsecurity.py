"""Row security of papers: drafts stay in their office, papers go to those they are addressed to."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("workflow", "0002_rowsecurity")]

    operations = [
        protect("notifications_numberseries", own=("riu", own())),
        protect("notifications_draft", own=("riu", own())),
        protect(
            "notifications_paper",
            own=("riu", own()),
            copy=(
                "r",
                "EXISTS (SELECT 1 FROM notifications_papercopy c WHERE c.paper_id = notifications_paper.id"
                " AND c.organisation_id = app_organisation())",
            ),
            authority=("r", granted("notifications_paper", "act")),
            of_owner=(
                "r",
                "EXISTS (SELECT 1 FROM accounts_grant g WHERE g.dossier = notifications_paper.dossier"
                " AND g.tenant_id = notifications_paper.tenant_id AND g.organisation_id = app_organisation())",
            ),
            published=("r", "published_at IS NOT NULL"),
            presented=("r", "check_code = app_presented()"),
        ),
        append_only(
            "notifications_paper",
            mutable=("validity", "published_at", "file_state", "file_hash", "file_pages", "file_at"),
        ),
        protect("notifications_papercopy", own=("ri", own()), holder=("ru", own("organisation_id"))),
        tie("notifications_papercopy", "notifications_paper", "paper_id", "tenant_id"),
        protect("notifications_message", holder=("ru", own("organisation_id"))),
    ]
