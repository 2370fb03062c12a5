"""T9 and T12: 省科技厅 concludes and reports upward; an opinion that did not come lapses by a recorded act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.queries import the_government
from applications.kinds import word
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
from reviews.words import basis_of, conclusion_kept
from workflow import clocks, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value


@transaction.atomic
def lapse(opinion: Opinion, reason: str, actor: Actor) -> Event:
    """AMB-21: after the day and a reminder 省科技厅 goes on without this opinion; the department may still answer."""
    event = opinion_machine.perform(opinion, "lapse", actor, reason=reason, basis=basis_of(opinion.case))
    clocks.finish(opinion, event)
    told = recorded("意见逾期，已按未回复处理；%(conclusion)s形成前仍可补签")
    notify(event, opinion.tenant, told % {"conclusion": conclusion_kept(opinion.case)}, opinion_address(opinion))
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
        changes={} if case.direct else {"due_on": due(value("report_days")).date},
        **_in_other_words(case),
    )
    conclusion = Conclusion.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, outcome=outcome, text=text, paper=paper
    )
    adoption.keep(conclusion, case, said)
    todo.close(case, actor, "conclude")
    park = {"park": case.filing.park_name}
    kind, title = _next_step(case, outcome)
    ask_office(case, kind, title % park, case.get_absolute_url(), case, actor.organisation, actor, case.due_on)
    if not case.direct:
        # Begun first: what the city owes holds the new period up as it did the old one.
        periods.begin(periods.REPORT, case, event, actor.organisation, case.get_absolute_url())
    clocks.finish_all(case.dossier, event, but=(periods.REPORT, periods.CITY_REVIEW, *periods_city.OUTLIVING))
    formed = recorded("%(park)s%(conclusion)s已形成") % {**park, "conclusion": conclusion_kept(case)}
    notify(event, case.tenant, formed, owner_address(case))
    for opinion in case.opinions.select_related("tenant"):
        told = recorded("%(formed)s，本单位意见的采纳情况可查") % {"formed": formed}
        notify(event, opinion.tenant, told, opinion_address(opinion))
    return event


def _in_other_words(case: Case) -> dict[str, str]:
    """What the act is called and rests on where no joint review of a park was held."""
    if case.is_waived:
        return {"label": recorded("形成办理意见"), "basis": "PK-80; T30"}
    label = recorded("形成%(conclusion)s") % {"conclusion": conclusion_kept(case)}
    return {"label": label, "basis": basis_of(case)}


def _next_step(case: Case, outcome: Outcome) -> tuple[str, str]:
    """The task that follows a conclusion, and what it is called."""
    if case.direct:
        return "determine", recorded("公布审核结果：%(park)s")
    if outcome == Outcome.RECOMMEND:
        return "publish", recorded("公示：%(park)s")
    return "report", recorded("报省政府审定：%(park)s")


@transaction.atomic
def report(case: Case, paper: Paper, actor: Actor) -> Event:
    """T12: the conclusion goes up to the provincial government."""
    event = case_machine.perform(
        case,
        "report",
        actor,
        data={"paper": paper.number},
        changes={"report_paper": paper, "due_on": due(value("decision_days")).date},
        basis=str(word(case.filing.kind, "basis.report", "")),
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
