"""CT-56: what the state's department answered, registered by one person and confirmed by another."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.queries import the_lead
from applications.enums import KindCode
from files import services as files
from files.models import Incoming
from files.purposes import Purpose, declare
from notifications.enums import Topic
from notifications.notices import notify
from notifications.rendering.matters import MINISTRY
from registry.enums import CityTitleKind
from registry.models import CityTitle
from registry.services import impossible, keep_title
from reviews.enums import CaseStatus
from reviews.enums_state_answer import StateAnswerStatus
from reviews.models import Case, StateAnswer
from reviews.services.asking import ask_office, owner_address
from reviews.transitions_state_answer import state_answers
from workflow import instants, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

TASK, CONFIRM = "state_answer", "confirm_state_answer"
MIB = 1 << 20
Sent = UploadedFile | Incoming


def is_awaited(case: Case) -> bool:
    """Whether the place was recommended to the state and its answer is not registered yet."""
    return case.filing.kind == KindCode.NATIONAL and case.status == CaseStatus.LISTED and case.state_answer is None


def may_keep(actor: Actor, case: Case) -> bool:
    """Whether the actor registers the answer now: a handler of 省科技厅."""
    return actor.is_lead and actor.is_handler and is_awaited(case)


def may_decide(actor: Actor, answer: StateAnswer) -> bool:
    """Whether the actor compares the answer with its document now and confirms or returns it."""
    return answer.status == StateAnswerStatus.REGISTERED and state_answers["confirm"].who(actor, answer)


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    case = Case.objects.select_related("filing").filter(dossier=dossier, filing__kind=KindCode.NATIONAL).first()
    if case is None:
        return None
    return [] if may_keep(actor, case) else [_("科学技术部的答复由省科技厅的经办人登记。")]


SCAN = declare(Purpose("national.answer", gettext_lazy("科学技术部答复"), _obstacles, limit=100 * MIB))


@transaction.atomic
def keep_state_answer(
    case: Case,
    actor: Actor,
    *,
    approved: bool,
    number: str,
    day: dt.date,
    explanation: str = "",
    sent: Sent | None = None,
) -> StateAnswer:
    """Register the answer: number and day of its document, its scan; another person confirms it. Raises Refused."""
    # Locked, as two handlers may register the same answer at once.
    case = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("filing", "tenant").get(pk=case.pk)
    number, explanation = number.strip(), explanation.strip()
    if against := _against(case, actor, approved, number, day, explanation):
        raise Refused(against)
    try:
        scan = files.accept_upload(actor, case.dossier, sent, SCAN) if sent is not None else None
    except files.UploadRefused as refusal:
        raise Refused([str(refusal)]) from refusal
    answer = StateAnswer.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, approved=approved, number=number, answered_on=day,
        explanation=explanation, scan=scan, recorded_by=actor.person,
    )  # fmt: skip
    ledger.append(
        answer, "register", recorded("登记科学技术部批准") if approved else recorded("登记科学技术部未批准"), actor,
        dossier=case.dossier, after=answer.status, basis="C-V.3e; CT-56", reason=explanation,
        data={"number": number, "day": day.isoformat(), "approved": approved}, audience=Audience.OFFICE,
    )  # fmt: skip
    todo.close(case, actor, TASK)
    title = recorded("核对科学技术部的答复：%(park)s") % {"park": case.filing.park_name}
    todo.assign(
        case, CONFIRM, title, case.get_absolute_url(), dossier=case.dossier, organisation=actor.organisation,
        role=PostRole.REVIEWER, by=actor.organisation,
    )  # fmt: skip
    return answer


@transaction.atomic
def confirm_state_answer(answer: StateAnswer, actor: Actor) -> Event:
    """Another person has compared it with the document: an approval is the title from its day on. Raises Refused."""
    if reasons := state_answers.reasons_against(answer, "confirm", actor):
        raise Refused(reasons)
    title = _title(answer, actor) if answer.approved else None
    changes = {"decided_by": actor.person, "decided_at": timezone.now(), "title": title}
    event = state_answers.perform(
        answer, "confirm", actor, changes=changes, basis="C-V.3e; CT-56", data={"number": answer.number}
    )
    case = answer.case
    todo.close(case, actor, CONFIRM)
    place = case.filing.of_place.name
    words = {"place": place, "title": CityTitleKind.NATIONAL_PILOT.of(place)}
    said = recorded("%(place)s已列为%(title)s") if answer.approved else recorded("%(place)s申报%(title)s未获批准")
    notify(event, case.tenant, said % words, owner_address(case), topic=Topic.LEGAL)
    return event


@transaction.atomic
def give_back_state_answer(answer: StateAnswer, reason: str, actor: Actor) -> Event:
    """It is not what the document says: a handler registers it anew; what was registered stays. Raises Refused."""
    if not reason.strip():
        raise Refused([_("请写明退回的理由。")])
    changes = {"decided_by": actor.person, "decided_at": timezone.now(), "remark": reason.strip()}
    event = state_answers.perform(answer, "give_back", actor, changes=changes, reason=reason.strip())
    todo.close(answer.case, actor, CONFIRM)
    await_answer(answer.case, actor)
    return event


def await_answer(case: Case, actor: Actor) -> None:
    """The handlers of 省科技厅 are to register what the state answers."""
    title = recorded("登记科学技术部的答复：%(park)s") % {"park": case.filing.park_name}
    ask_office(case, TASK, title, case.get_absolute_url(), case, the_lead(), actor, None)


def _title(answer: StateAnswer, actor: Actor) -> CityTitle:
    place, title, cited = answer.case.filing.of_place, CityTitleKind.NATIONAL_PILOT, f"{MINISTRY} {answer.number}"
    if against := impossible(place, title, held=True, since=answer.answered_on, citation=cited):
        raise Refused(against)
    return keep_title(
        place, title, held=True, since=answer.answered_on, citation=cited, office=actor.organisation, actor=actor
    )


def _against(case: Case, actor: Actor, approved: bool, number: str, day: dt.date, explanation: str) -> list[str]:
    reasons = [] if actor.is_lead and actor.is_handler else [_("科学技术部的答复由省科技厅的经办人登记。")]
    if not is_awaited(case):
        reasons.append(_("只有已推荐、还没有登记答复的才能登记科学技术部的答复。"))
    if approved and not number:
        reasons.append(_("批准的，请填写批复的文号。"))
    if not approved and not number and not explanation:
        reasons.append(_("未批准的，请填写文号或者写明科学技术部的说明。"))
    if day > instants.today():
        reasons.append(_("答复日期不能晚于今天。"))
    paper = case.decision_paper
    if paper is not None and paper.issued_on is not None and day < paper.issued_on:
        reasons.append(_("答复日期不能早于推荐函的日期。"))
    return reasons
