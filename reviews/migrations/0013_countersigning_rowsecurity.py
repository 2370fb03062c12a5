"""Row security of countersigning: the department's own and 省科技厅's, never another's; what was signed stays."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie

TABLE = "reviews_countersignature"
ASKS = f"{own('requested_by_id')} AND {granted(TABLE, 'act')}"
# What was read and by whom it was asked never changes; the row's life does.
MUTABLE = (
    "status",
    "due_on",
    "advised_by_id",
    "reason",
    "signed_by_id",
    "signer_name",
    "signed_at",
    "position",
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_countersigning"), ("notifications", "0006_messages_in_order")]

    operations = [
        protect(TABLE, own=("ru", own()), requester=("riu", ASKS)),
        protect("reviews_countersignadvice", own=("ri", own())),
        append_only(TABLE, mutable=MUTABLE),
        append_only("reviews_countersignadvice"),
        tie(TABLE, "reviews_case", "case_id", "dossier"),
        tie(TABLE, "notifications_draft", "draft_id", "dossier"),
        tie("reviews_countersignadvice", TABLE, "countersignature_id", "tenant_id", "dossier"),
    ]
