"""Questions to the city and its answers."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from notifications.notices import notify
from reviews.enums import CaseStatus
from reviews.models import Case, Question
from reviews.services.asking import ANSWER_DAYS, ask_office
from workflow import ledger, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused


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
    ask_office(question, "answer", title, address, case, filing.tenant, actor, question.due_on)
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
