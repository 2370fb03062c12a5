"""T9 and T12: 省科技厅 concludes and reports upward."""

from __future__ import annotations

from django.db import transaction

from accounts.actors import Actor
from accounts.queries import the_government
from notifications.models import Paper
from notifications.notices import notify
from reviews.enums import Outcome
from reviews.models import Case, Conclusion
from reviews.services.asking import REPORT_DAYS, ask_office, owner_address
from reviews.transitions import case as case_machine
from workflow import todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.models import Event


@transaction.atomic
def conclude(case: Case, outcome: Outcome, text: str, paper: Paper, actor: Actor) -> Event:
    """T9: 省科技厅 concludes when every department has answered."""
    event = case_machine.perform(
        case,
        "conclude",
        actor,
        data={"outcome": outcome, "paper": paper.number},
        changes={"due_on": due(REPORT_DAYS).date},
    )
    Conclusion.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, outcome=outcome, text=text, paper=paper
    )
    todo.close(case, actor, "conclude")
    title = recorded("报省政府审定：%(park)s") % {"park": case.filing.park_name}
    ask_office(case, "report", title, case.get_absolute_url(), case, actor.organisation, actor, case.due_on)
    notify(
        event, case.tenant, recorded("%(park)s联审结论已形成") % {"park": case.filing.park_name}, owner_address(case)
    )
    return event


@transaction.atomic
def report(case: Case, paper: Paper, actor: Actor) -> Event:
    """T12: the conclusion goes up to the provincial government."""
    event = case_machine.perform(
        case,
        "report",
        actor,
        data={"paper": paper.number},
        changes={"report_paper": paper, "due_on": due(REPORT_DAYS).date},
    )
    todo.close(case, actor, "report")
    title = recorded("审定：%(park)s") % {"park": case.filing.park_name}
    government = the_government()
    ask_office(case, "decide", title, case.get_absolute_url(), case, government, actor, case.due_on)
    notify(event, government, title, case.get_absolute_url())
    notify(
        event, case.tenant, recorded("%(park)s已报省政府审定") % {"park": case.filing.park_name}, owner_address(case)
    )
    return event
