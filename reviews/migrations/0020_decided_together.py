"""One published paper may decide several cases, each in its own dossier (U4: the list of pilots)."""

from django.db import migrations

from accounts.rowsecurity import tie_unless_published


class Migration(migrations.Migration):
    dependencies = [("reviews", "0019_state_answers"), ("applications", "0014_decided_together")]

    operations = [
        tie_unless_published("reviews_case", "notifications_paper", "decision_paper_id", "dossier"),
        tie_unless_published("reviews_decision", "notifications_paper", "paper_id", "dossier"),
    ]
