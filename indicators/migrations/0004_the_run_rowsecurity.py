"""Row security of runs: 省科技厅 and whoever the run is opened to see all, a city its own once released."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, own, protect, tie

# What was asked for, and of what, is never changed; how far it came, and who released it, is.
MUTABLE = (
    "status",
    "total",
    "done",
    "failure",
    "params",
    "clause_sets",
    "index_versions",
    "code_version",
    "input_hash",
    "result_hash",
    "finished_at",
    "proposed_by_id",
    "released_by_id",
    "released_at",
    "listing",
    "top",
    "paper_id",
    "published_at",
)
RELEASED = "app_scope() <> '' AND released_at IS NOT NULL"
OF_RUN = (
    "EXISTS (SELECT 1 FROM indicators_run r WHERE r.id = indicators_assessment.run_id"
    " AND r.tenant_id = app_organisation())"
)
OF_ASSESSMENT = "EXISTS (SELECT 1 FROM indicators_assessment a WHERE a.id = indicators_finding.assessment_id)"
OF_OWN_RUN = (
    "EXISTS (SELECT 1 FROM indicators_assessment a JOIN indicators_run r ON r.id = a.run_id"
    " WHERE a.id = indicators_finding.assessment_id AND r.tenant_id = app_organisation())"
)
LEAD = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = 'kjt')"


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_the_run")]

    operations = [
        protect(
            "indicators_run",
            own=("riu", own()),
            granted=("r", granted("indicators_run")),
            released=("r", RELEASED),
        ),
        append_only("indicators_run", mutable=MUTABLE),
        protect(
            "indicators_assessment",
            run=("riu", OF_RUN),
            granted=("r", granted("indicators_assessment")),
            own=("r", f"final AND ({own()} OR {own('reporter_id')})"),
            public=("r", "app_scope() <> '' AND shown"),
        ),
        append_only("indicators_assessment", mutable=("final", "shown")),
        tie("indicators_assessment", "indicators_run", "run_id", "dossier"),
        protect(
            "indicators_finding",
            run=("i", OF_OWN_RUN),
            seen=("r", OF_ASSESSMENT),
        ),
        append_only("indicators_finding"),
        protect("indicators_clausetext", everybody=("r", "app_scope() <> ''"), lead=("i", LEAD)),
        append_only("indicators_clausetext"),
    ]
