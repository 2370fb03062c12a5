"""One published paper may decide several filings, each in its own dossier (U4: the list of pilots)."""

from django.db import migrations

from accounts.rowsecurity import tie_unless_published


class Migration(migrations.Migration):
    dependencies = [("applications", "0013_national_and_exit")]

    operations = [
        tie_unless_published("applications_filing", "notifications_paper", "decision_paper_id", "dossier"),
    ]
