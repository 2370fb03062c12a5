"""The acts of the joint review: open, ask, answer, give an opinion, conclude, report, decide."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.models import Organisation
from accounts.queries import the_government, the_lead
from applications import services as filings
from applications.models import Filing, FilingVersion
from notifications.models import Paper
from notifications.notices import notify
from registry.services import list_park
from reviews.enums import CaseStatus, Outcome, Ruling, Stance
from reviews.models import Case, Conclusion, Decision, Opinion, Question
from reviews.transitions import case as case_machine
from reviews.transitions import opinion as opinion_machine
from workflow import ledger, outbox, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

OPINION_DAYS, REVIEW_DAYS, REPORT_DAYS, ANSWER_DAYS = 10, 30, 10, 5


@transaction.atomic
def open_review(
    filing: Filing, version: FilingVersion, departments: list[Organisation], paper: Paper, actor: Actor
) -> Case:
    """T6: the case opens, each department is asked for its opinion in parallel (P-IV.4b)."""
    case = Case.objects.create(
        dossier=filing.dossier,
        tenant_id=filing.tenant_id,
        filing=filing,
        version=version,
        inquiry_paper=paper,
        due_on=due(REVIEW_DAYS, accepted_on(filing)).date,
        sample=filing.sample,
    )
    event = filings.open_review(filing, actor)
    answer_by = due(OPINION_DAYS).date
    for department in departments:
        filings.open_to(filing, department, GrantLevel.READ, actor)
        opinion = Opinion.objects.create(
            dossier=case.dossier,
            tenant=department,
            case=case,
            requested_by=actor.organisation,
            due_on=answer_by,
        )
        title = recorded("出具意见：%(park)s") % {"park": filing.park_name}
        _ask(opinion, "opinion", title, opinion_address(opinion), case, department, actor, answer_by)
        notify(
            event, department, recorded("征求对%(park)s的意见") % {"park": filing.park_name}, opinion_address(opinion)
        )
    title = recorded("汇总意见、形成结论：%(park)s") % {"park": filing.park_name}
    _ask(case, "conclude", title, case.get_absolute_url(), case, actor.organisation, actor, case.due_on)
    notify(
        event, filing.tenant, recorded("%(park)s进入联审联评") % {"park": filing.park_name}, filing.get_absolute_url()
    )
    return case


def accepted_on(filing: Filing) -> dt.date:
    """The day of acceptance, from which the joint review's thirty working days count (T9)."""
    return filing.acceptance_paper.issued_on if filing.acceptance_paper else timezone.localdate()


def opinion_address(opinion: Opinion) -> str:
    """Where a department works on its opinion."""
    return reverse("reviews:opinion", args=[opinion.pk])


@transaction.atomic
def ask_question(case: Case, text: str, actor: Actor) -> Question:
    """省科技厅 asks the city; the city sees the question and answers it."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("只有省科技厅的经办人可以询问申报单位。")])
    if case.status != CaseStatus.REVIEWING:
        raise Refused([_("联审联评已经结束，不能再询问申报单位。")])
    if not text.strip():
        raise Refused([_("请写明要申报单位说明的问题。")])
    question = Question.objects.create(
        dossier=case.dossier,
        tenant_id=case.tenant_id,
        case=case,
        asked_by=actor.organisation,
        asked_person=actor.person,
        text=text.strip(),
        due_on=due(ANSWER_DAYS).date,
    )
    event = ledger.append(
        question, "ask", recorded("询问申报单位"), actor, dossier=case.dossier, basis="P-II.1.8c", data={"text": text}
    )
    filing = case.filing
    title = recorded("答复询问：%(park)s") % {"park": filing.park_name}
    address = reverse("reviews:answer", args=[question.pk])
    _ask(question, "answer", title, address, case, filing.tenant, actor, question.due_on)
    notify(event, filing.tenant, title, address)
    return question


@transaction.atomic
def answer_question(question: Question, answer: str, actor: Actor) -> None:
    """The city answers a question, once."""
    if not (actor.is_handler and actor.organisation.pk == question.tenant_id):
        raise Refused([_("只有申报单位的经办人可以答复。")])
    if not answer.strip():
        raise Refused([_("请写明答复。")])
    locked = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if locked.answered_at:
        raise Refused([_("这个问题已经答复，不能再改。")])
    locked.answer, locked.answered_person, locked.answered_at = answer.strip(), actor.person, timezone.now()
    locked.save(update_fields=["answer", "answered_person", "answered_at"])
    event = ledger.append(
        locked, "answer", recorded("答复询问"), actor, dossier=locked.dossier, data={"answer": locked.answer}
    )
    todo.close(locked, actor)
    lead = the_lead()
    notify(event, lead, recorded("申报单位已答复询问"), reverse("reviews:case", args=[locked.case_id]))


@transaction.atomic
def give_opinion(
    opinion: Opinion, stance: Stance, reasons: str, conditions: list[str], paper: Paper, actor: Actor
) -> Event:
    """T7: the department's signed opinion; the applicant never sees it."""
    event = opinion_machine.perform(
        opinion,
        "sign",
        actor,
        data={"stance": stance, "paper": paper.number},
        changes={
            "stance": stance,
            "reasons": reasons,
            "conditions": conditions,
            "paper": paper,
            "signed_at": timezone.now(),
        },
    )
    todo.close(opinion, actor)
    outbox.follow(event, "reviews.opinion_signed", str(opinion.pk), {"opinion": str(opinion.pk)}, opinion.case.tenant)
    return event


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
    _ask(case, "report", title, case.get_absolute_url(), case, actor.organisation, actor, case.due_on)
    notify(
        event, case.tenant, recorded("%(park)s联审结论已形成") % {"park": case.filing.park_name}, _owner_address(case)
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
    _ask(case, "decide", title, case.get_absolute_url(), case, government, actor, case.due_on)
    notify(event, government, title, case.get_absolute_url())
    notify(
        event, case.tenant, recorded("%(park)s已报省政府审定") % {"park": case.filing.park_name}, _owner_address(case)
    )
    return event


@transaction.atomic
def decide(case: Case, ruling: Ruling, text: str, paper: Paper, actor: Actor) -> Event:
    """T13 or T14: the provincial government decides; a listed park is public in the same moment."""
    name = {Ruling.LIST: "list", Ruling.DECLINE: "decline", Ruling.DEFER: "defer"}[ruling]
    event = case_machine.perform(
        case,
        name,
        actor,
        data={"paper": paper.number},
        changes={"decision_paper": paper, "due_on": None},
    )
    Decision.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, ruling=ruling, text=text, paper=paper
    )
    if ruling == Ruling.LIST:
        list_park(**_as_park(case), paper=paper, actor=actor)
    filings.close(case.filing, ruling == Ruling.LIST, paper, actor)
    todo.close(case, actor, "decide")
    title = recorded("%(park)s：%(ruling)s") % {"park": case.filing.park_name, "ruling": Ruling(ruling).label}
    notify(event, case.tenant, title, _owner_address(case))
    notify(event, the_lead(), title, case.get_absolute_url())
    return event


def _as_park(case: Case) -> dict[str, Any]:
    """What the register takes over from the frozen version that was decided on."""
    filing, content = case.filing, case.version.content
    return {
        "tenant": filing.tenant,
        "dossier": case.dossier,
        "name": filing.park_name,
        "city": filing.host_zone.city,
        "county": None,
        "host_zone": filing.host_zone,
        "area_km2": Decimal(content["boundary"]["area_km2"]),
        "four_sides": content["four_sides"],
        "industries": [(row["name"], row.get("code", "")) for row in content["industries"] if row["name"]],
        "geojson": content["boundary"]["geojson"],
    }


def _owner_address(case: Case) -> str:
    return reverse("applications:filing", args=[case.filing_id])


def _ask(
    subject: Any,
    kind: str,
    title: str,
    address: str,
    case: Case,
    organisation: Organisation,
    actor: Actor,
    due_on: dt.date | None,
) -> None:
    todo.assign(
        subject,
        kind,
        title,
        address,
        dossier=case.dossier,
        organisation=organisation,
        role=PostRole.HANDLER,
        by=actor.organisation,
        due_on=due_on,
    )
