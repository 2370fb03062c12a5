"""Row security of the calendar, clocks, reminders, parameters and proposals."""

from django.db import migrations

from accounts.rowsecurity import append_only, granted, in_chain, own, protect, tie


def office_is(kind: str) -> str:
    """The acting organisation is of a kind."""
    return f"EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = app_organisation() AND o.kind = '{kind}')"  # noqa: S608


ANYBODY = "app_scope() <> ''"
OPERATOR = office_is("operator")
LEAD = office_is("kjt")


def seen_with(clock_of: str) -> str:
    """The row is seen by whoever sees its clock."""
    return f"EXISTS (SELECT 1 FROM workflow_clock c WHERE c.id = {clock_of}.clock_id)"  # noqa: S608


def tied_to_event(table: str, *columns: str) -> list[migrations.RunSQL]:
    return [tie(table, "workflow_event", column, "tenant_id", "dossier") for column in columns]


class Migration(migrations.Migration):
    dependencies = [("workflow", "0006_clocks"), ("accounts", "0002_rowsecurity")]

    operations = [
        protect("workflow_calendarday", anybody=("r", ANYBODY), operator=("riud", OPERATOR)),
        protect("workflow_calendaryear", anybody=("r", ANYBODY), operator=("riud", OPERATOR)),
        protect(
            "workflow_calendarchange",
            anybody=("r", ANYBODY),
            operator=("i", f"{OPERATOR} AND {own('organisation_id')}"),
        ),
        append_only("workflow_calendarchange"),
        # Clocks are written by workflow.clocks alone, under the system scope.
        protect(
            "workflow_clock",
            own=("r", f"{own()} AND audience = 'dossier'"),
            granted=("r", f"audience = 'dossier' AND {granted('workflow_clock')}"),
            authority=("r", f"audience IN ('dossier', 'authority') AND {granted('workflow_clock', 'act')}"),
            debtor=("r", own("organisation_id")),
            operator=("r", f"finished_at IS NULL AND {OPERATOR}"),
        ),
        *tied_to_event("workflow_clock", "event_id", "finished_by_id"),
        protect("workflow_clockstop", beholder=("r", seen_with("workflow_clockstop"))),
        tie("workflow_clockstop", "workflow_clock", "clock_id", "tenant_id", "dossier"),
        *tied_to_event("workflow_clockstop", "stopped_by_id", "continued_by_id"),
        protect("workflow_reminder", beholder=("r", seen_with("workflow_reminder"))),
        tie("workflow_reminder", "workflow_clock", "clock_id", "tenant_id", "dossier"),
        *tied_to_event("workflow_reminder", "event_id"),
        append_only("workflow_reminder"),
        protect(
            "workflow_parametervalue",
            anybody=("r", ANYBODY),
            lead=("i", f"{LEAD} AND {own('organisation_id')}"),
        ),
        append_only("workflow_parametervalue"),
        protect(
            "workflow_proposal",
            decider=("ru", own("organisation_id")),
            authority=("r", granted("workflow_proposal", "act")),
            proposer=("i", in_chain("workflow_proposal", "tenant_id")),
        ),
        *tied_to_event("workflow_proposal", "event_id"),
        append_only(
            "workflow_proposal",
            mutable=("outcome", "note", "decided_by_id", "decided_at"),
        ),
    ]
