"""An office issues papers only in dossiers that are its own or were opened to it."""

from django.db import migrations

from accounts.rowsecurity import in_chain, narrow_insert, own


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_paper_of_draft"), ("workflow", "0003_dossier_writing")]

    operations = [
        narrow_insert(
            "notifications_paper",
            "own_insert",
            before=own(),
            after=f"{own()} AND {in_chain('notifications_paper')}",
        ),
    ]
