"""A department or an expert proposes a question; 省科技厅 sends it in its own name, or says why not."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from notifications.notices import notify
from reviews.enums import CaseStatus
from reviews.models import Case, Question, QuestionProposal
from reviews.services.asking import ask_office
from reviews.services.notes import takes_part
from reviews.services.questions import ask_question
from reviews.transitions_departments import proposal as machine
from reviews.words import basis_of, over
from workflow import bars, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused


@transaction.atomic
def propose_question(
    case: Case, text: str, actor: Actor, target: str = "", due_on: dt.date | None = None
) -> QuestionProposal:
    """Propose a question to the city; it goes to the desk of 省科技厅, and the city does not see it."""
    reasons = bars.reasons(actor, case.dossier)
    if actor.is_lead or not takes_part(case, actor) or not (actor.is_handler or actor.is_expert):
        reasons.append(_("只有参加本案审查的部门经办人和专家可以建议询问。"))
    if case.status != CaseStatus.REVIEWING:
        reasons.append(over(case, _("不能再询问申报单位")))
    if not text.strip():
        reasons.append(_("请写明要申报单位说明的问题。"))
    if reasons:
        raise Refused(reasons)
    proposal = QuestionProposal.objects.create(
        dossier=case.dossier,
        tenant=actor.organisation,
        case=case,
        text=text.strip(),
        target=target,
        due_on=due_on,
        person=actor.person,
    )
    event = ledger.append(
        proposal,
        "propose",
        recorded("建议询问申报单位"),
        actor,
        dossier=case.dossier,
        basis=basis_of(case, "P-II.1.8c"),
        audience=Audience.AUTHORITY,
    )
    lead, park = the_lead(), case.filing.park_name
    address = f"{case.get_absolute_url()}?tab=questions#proposal-{proposal.pk}"
    title = recorded("%(office)s建议询问申报单位：%(park)s") % {"office": actor.organisation.short_name, "park": park}
    ask_office(proposal, "proposal", title, address, case, lead, actor, None)
    notify(event, lead, title, address)
    return proposal


@transaction.atomic
def send_proposal(
    proposal: QuestionProposal, text: str, actor: Actor, target: str = "", due_on: dt.date | None = None
) -> Question:
    """Send a proposed question, worded by 省科技厅, in its name alone."""
    question = ask_question(proposal.case, text, actor, target, due_on)
    event = machine.perform(proposal, "send", actor, changes={"question": question})
    todo.close(proposal, actor)
    title = recorded("建议的询问已转达：%(park)s") % {"park": proposal.case.filing.park_name}
    notify(event, proposal.tenant, title, f"{proposal.case.get_absolute_url()}?tab=questions#question-{question.pk}")
    return question


@transaction.atomic
def decline_proposal(proposal: QuestionProposal, reason: str, actor: Actor) -> None:
    """Do not send a proposed question; the department reads why."""
    if not reason.strip():
        raise Refused([_("请写明不转达的原因。")])
    event = machine.perform(proposal, "decline", actor, reason=reason, changes={"reason": reason.strip()})
    todo.close(proposal, actor)
    title = recorded("建议的询问未转达：%(park)s") % {"park": proposal.case.filing.park_name}
    address = f"{proposal.case.get_absolute_url()}?tab=questions#proposal-{proposal.pk}"
    notify(event, proposal.tenant, title, address, reason.strip())


@transaction.atomic
def withdraw_proposal(proposal: QuestionProposal, actor: Actor) -> None:
    """The office that proposed a question takes it back while it was not sent."""
    machine.perform(proposal, "withdraw", actor)
    todo.close(proposal, actor)
