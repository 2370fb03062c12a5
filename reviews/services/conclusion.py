"""T9 and T12: 省科技厅 concludes and reports upward; an opinion that did not come lapses by a recorded act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.queries import the_government
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from reviews import periods, periods_city
from reviews.enums import Outcome
from reviews.models import Case, Conclusion, Opinion
from reviews.services import adoption
from reviews.services.asking import ask_office, opinion_address, owner_address
from reviews.transitions import case as case_machine
from reviews.transitions import opinion as opinion_machine
from workflow import clocks, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value


@transaction.atomic
def lapse(opinion: Opinion, reason: str, actor: Actor) -> Event:
    """AMB-21: after the day and a reminder 省科技厅 goes on without this opinion; the department may still answer."""
    event = opinion_machine.perform(opinion, "lapse", actor, reason=reason)
    clocks.finish(opinion, event)
    notify(
        event, opinion.tenant, recorded("意见逾期，已按未回复处理；联审结论形成前仍可补签"), opinion_address(opinion)
    )
    return event


@transaction.atomic
def conclude(
    case: Case, outcome: Outcome, text: str, paper: Paper, actor: Actor, fields: Mapping[str, Any] | None = None
) -> Event:
    """T9: 省科技厅 concludes, which is no vote; `fields` hold how each thing said is treated, and all of them must."""
    said = fields or {}
    if missing := adoption.untreated(case, said):
        raise Refused(missing)
    event = case_machine.perform(
        case,
        "conclude",
        actor,
        data={"outcome": outcome, "paper": paper.number},
        changes={"due_on": due(value("report_days")).date},
        label=recorded("形成办理意见") if case.is_waived else "",
        basis="PK-80; T30" if case.is_waived else "",
    )
    conclusion = Conclusion.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, outcome=outcome, text=text, paper=paper
    )
    adoption.keep(conclusion, case, said)
    todo.close(case, actor, "conclude")
    park = {"park": case.filing.park_name}
    recommended = outcome == Outcome.RECOMMEND
    title = (recorded("公示：%(park)s") if recommended else recorded("报省政府审定：%(park)s")) % park
    kind = "publish" if recommended else "report"
    ask_office(case, kind, title, case.get_absolute_url(), case, actor.organisation, actor, case.due_on)
    # Begun first: what the city owes holds the new period up as it did the old one.
    periods.begin(periods.REPORT, case, event, actor.organisation, case.get_absolute_url())
    clocks.finish_all(case.dossier, event, but=(periods.REPORT, *periods_city.OUTLIVING))
    formed = recorded("%(park)s办理意见已形成") if case.is_waived else recorded("%(park)s联审结论已形成")
    notify(event, case.tenant, formed % park, owner_address(case))
    for opinion in case.opinions.select_related("tenant"):
        told = recorded("%(park)s联审结论已形成，本单位意见的采纳情况可查") % park
        notify(event, opinion.tenant, told, opinion_address(opinion))
    return event


@transaction.atomic
def report(case: Case, paper: Paper, actor: Actor) -> Event:
    """T12: the conclusion goes up to the provincial government."""
    event = case_machine.perform(
        case,
        "report",
        actor,
        data={"paper": paper.number},
        changes={"report_paper": paper, "due_on": due(value("decision_days")).date},
    )
    todo.close(case, actor, "report", "publish")
    title = recorded("审定：%(park)s") % {"park": case.filing.park_name}
    government = the_government()
    ask_office(case, "decide", title, case.get_absolute_url(), case, government, actor, case.due_on)
    clocks.finish_all(case.dossier, event)
    periods.begin(periods.DECISION, case, event, government, case.get_absolute_url())
    notify(event, government, title, case.get_absolute_url(), topic=Topic.TASK)
    notify(
        event, case.tenant, recorded("%(park)s已报省政府审定") % {"park": case.filing.park_name}, owner_address(case)
    )
    return event
