"""Questions to the city and its answers: one voice asks, and what was asked is never erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from files.services import Sent
from notifications.enums import Topic
from notifications.notices import notify
from reviews import periods
from reviews.enums import CaseStatus
from reviews.models import Case, Question
from reviews.services.asking import ask_office
from reviews.services.enclosing import enclose
from reviews.words import basis_of, over
from workflow import bars, clocks, instants, ledger, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value


@transaction.atomic
def ask_question(
    case: Case, text: str, actor: Actor, target: str = "", due_on: dt.date | None = None, basis: str = ""
) -> Question:
    """省科技厅 asks the city about the whole, a section or a material; the city sees the question and answers it."""
    reasons = bars.reasons(actor, case.dossier)
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以询问申报单位。"))
    if case.status != CaseStatus.REVIEWING:
        reasons.append(over(case, _("不能再询问申报单位")))
    if not text.strip():
        reasons.append(_("请写明要申报单位说明的问题。"))
    if due_on is not None and due_on <= instants.today():
        reasons.append(_("答复期限应在今天之后。"))
    if reasons:
        raise Refused(reasons)
    question = Question.objects.create(
        dossier=case.dossier,
        tenant_id=case.tenant_id,
        case=case,
        asked_by=actor.organisation,
        asked_person=actor.person,
        text=text.strip(),
        target=target,
        due_on=due_on or due(value("answer_days")).date,
    )
    event = ledger.append(
        question,
        "ask",
        recorded("询问申报单位"),
        actor,
        dossier=case.dossier,
        basis=basis or basis_of(case, "P-II.1.8c"),
        data={"text": text, "target": target},
    )
    filing = case.filing
    title = recorded("答复询问：%(park)s") % {"park": filing.park_name}
    address = reverse("reviews:answer", args=[question.pk])
    ask_office(question, "answer", title, address, case, filing.tenant, actor, question.due_on)
    clocks.stop(case.dossier, "question", event)
    periods.begin_until(periods.ANSWER, question, event, address)
    notify(event, filing.tenant, title, address, topic=Topic.TASK)
    return question


@transaction.atomic
def answer_question(question: Question, answer: str, actor: Actor, files: Iterable[Sent] = ()) -> None:
    """The city answers a question, once, with files where it has them."""
    if not (actor.is_handler and actor.organisation.pk == question.tenant_id):
        raise Refused([_("只有申报单位的经办人可以答复。")])
    if not answer.strip():
        raise Refused([_("请写明答复。")])
    locked = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if locked.answered_at:
        raise Refused([_("这个问题已经答复，不能再改。")])
    if locked.cancelled_at:
        raise Refused([_("这个问题已经撤销，不需要答复。")])
    locked.answer, locked.answered_person, locked.answered_at = answer.strip(), actor.person, timezone.now()
    locked.save(update_fields=["answer", "answered_person", "answered_at"])
    enclosed = enclose(locked, files, actor)
    event = ledger.append(
        locked,
        "answer",
        recorded("答复询问"),
        actor,
        dossier=locked.dossier,
        data={"answer": locked.answer, "files": [row.upload.sha256 for row in enclosed]},
    )
    todo.close(locked, actor)
    _go_on(locked, event)
    lead = the_lead()
    notify(
        event,
        lead,
        recorded("申报单位已答复询问"),
        f"{reverse('reviews:case', args=[locked.case_id])}?tab=questions#question-{locked.pk}",
    )


def _go_on(question: Question, event: Event) -> None:
    """The city owes nothing more for this question: the periods that it held up go on."""
    clocks.finish(question, event, periods.ANSWER)
    clocks.go_on(question.dossier, "question", event)


@transaction.atomic
def cancel_question(question: Question, reason: str, actor: Actor) -> None:
    """省科技厅 takes a question back, with a reason that the city reads; the question's words stay."""
    reasons = bars.reasons(actor, question.dossier)
    if not (actor.is_lead and (actor.is_handler or actor.is_reviewer or actor.is_signer)):
        reasons.append(_("只有省科技厅可以撤销询问。"))
    if not reason.strip():
        reasons.append(_("请写明撤销的原因，申报单位会看到。"))
    locked = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if not locked.is_open:
        reasons.append(_("这个问题已经答复或者撤销。"))
    if reasons:
        raise Refused(reasons)
    locked.cancelled_at, locked.cancelled_person, locked.cancel_reason = timezone.now(), actor.person, reason.strip()
    locked.save(update_fields=["cancelled_at", "cancelled_person", "cancel_reason"])
    event = ledger.append(
        locked, "cancel_question", recorded("撤销询问"), actor, dossier=locked.dossier, reason=reason.strip()
    )
    todo.close(locked, actor)
    _go_on(locked, event)
    filing = locked.case.filing
    title = recorded("询问已撤销，不需答复：%(park)s") % {"park": filing.park_name}
    notify(event, filing.tenant, title, reverse("reviews:answer", args=[locked.pk]), reason.strip())
