"""Row security of saved views, jobs and the words to search by."""

from django.db import migrations

from accounts.rowsecurity import protect, tie

# In a scalar subquery the setting is read once per query, not once per row: a search looks at every row.
ME = "(SELECT app_organisation())"
PERSONAL = f"tenant_id = {ME} AND person_id = (SELECT app_person())"
OPENED = f"dossier IN (SELECT g.dossier FROM accounts_grant g WHERE g.organisation_id = {ME}"  # noqa: S608
OF_JOB = "EXISTS (SELECT 1 FROM workflow_job j WHERE j.id = workflow_jobitem.job_id)"


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_desk"), ("accounts", "0002_rowsecurity")]

    operations = [
        protect("workflow_savedview", own=("riud", PERSONAL)),
        protect("workflow_job", own=("riu", PERSONAL)),
        protect(
            "workflow_jobitem",
            own=("riu", f"tenant_id = {ME} AND {OF_JOB}"),
        ),
        tie("workflow_jobitem", "workflow_job", "job_id", "tenant_id"),
        protect(
            "workflow_searchentry",
            own=("r", f"tenant_id = {ME}"),
            granted=("r", f"audience = 'dossier' AND {OPENED})"),
            authority=("r", f"{OPENED} AND g.level = 'act')"),
            reader=("r", f"{ME} = ANY (readers)"),
            published=("r", "audience = 'public'"),
        ),
    ]
