"""Row security of the ledger, the outbox and the tasks."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial"), ("accounts", "0002_rowsecurity")]

    operations = [
        protect(
            "workflow_chain",
            own=("riu", own()),
            granted=("ru", granted("workflow_chain")),
        ),
        protect(
            "workflow_event",
            own=("r", f"{own()} AND audience = 'dossier'"),
            granted=("r", f"audience = 'dossier' AND {granted('workflow_event')}"),
            authority=("r", f"audience = 'authority' AND {granted('workflow_event', 'act')}"),
            actor=("r", own("actor_organisation_id")),
            participant=("i", f"{own('actor_organisation_id')} AND ({own()} OR {granted('workflow_event')})"),
        ),
        append_only("workflow_event"),
        protect("workflow_delivery", participant=("i", "app_organisation() IS NOT NULL")),
        tie("workflow_delivery", "workflow_event", "event_id", "tenant_id"),
        protect("workflow_task", holder=("ru", own("organisation_id")), giver=("riu", own("created_by_id"))),
    ]
