"""A dossier is opened by its owner or by who acts on it; its events are written by who takes part in it."""

from django.db import migrations

from accounts.rowsecurity import granted, in_chain, narrow_insert, own

GIVER = own("granted_by_id")
ACTOR = own("actor_organisation_id")


class Migration(migrations.Migration):
    dependencies = [("workflow", "0002_rowsecurity")]

    operations = [
        narrow_insert(
            "accounts_grant",
            "giver_insert",
            before=GIVER,
            after=f"{GIVER} AND ({own()} OR {granted('accounts_grant', 'act')}) AND {in_chain('accounts_grant', 'tenant_id')}",
        ),
        narrow_insert(
            "workflow_event",
            "participant_insert",
            before=f"{ACTOR} AND ({own()} OR {granted('workflow_event')})",
            after=f"{ACTOR} AND {in_chain('workflow_event', 'tenant_id')}",
        ),
    ]
