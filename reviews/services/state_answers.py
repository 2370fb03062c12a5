"""CT-56: 省科技厅 registers what the state's department answered; an approval makes the place a national pilot."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from applications.enums import KindCode
from files import services as files
from files.models import Incoming
from files.purposes import Purpose, declare
from notifications.enums import Topic
from notifications.notices import notify
from notifications.rendering.matters import MINISTRY
from registry.enums import CityTitleKind
from registry.services import record_title
from reviews.enums import CaseStatus
from reviews.models import Case, StateAnswer
from reviews.services.asking import owner_address
from workflow import instants, ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused

TASK = "state_answer"
MIB = 1 << 20
Sent = UploadedFile | Incoming


def is_awaited(case: Case) -> bool:
    """Whether the place was recommended to the state and its answer is not registered yet."""
    return (
        case.filing.kind == KindCode.NATIONAL
        and case.status == CaseStatus.LISTED
        and not StateAnswer.objects.filter(case=case).exists()
    )


def may_keep(actor: Actor, case: Case) -> bool:
    """Whether the actor registers the answer now: a handler of 省科技厅."""
    return actor.is_lead and actor.is_handler and is_awaited(case)


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
    """Register the answer, once: number and day of its document, its scan. Raises Refused."""
    # Locked, as two handlers may register the same answer at once.
    case = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("filing", "tenant").get(pk=case.pk)
    number, explanation = number.strip(), explanation.strip()
    if against := _against(case, actor, approved, number, day, explanation):
        raise Refused(against)
    try:
        scan = files.accept_upload(actor, case.dossier, sent, SCAN) if sent is not None else None
    except files.UploadRefused as refusal:
        raise Refused([str(refusal)]) from refusal
    title = None
    if approved:
        title = record_title(
            case.filing.of_place, CityTitleKind.NATIONAL_PILOT, held=True, since=day, citation=f"{MINISTRY} {number}",
            actor=actor,
        )  # fmt: skip
    answer = StateAnswer.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, approved=approved, number=number, answered_on=day,
        explanation=explanation, scan=scan, title=title, recorded_by=actor.person,
    )  # fmt: skip
    event = ledger.append(
        case, "state_answer", recorded("登记科学技术部批准") if approved else recorded("登记科学技术部未批准"), actor,
        dossier=case.dossier, basis="C-V.3e; CT-56", reason=explanation,
        data={"number": number, "day": day.isoformat(), "approved": approved},
    )  # fmt: skip
    todo.close(case, actor, TASK)
    place = case.filing.of_place.name
    words = {"place": place, "title": CityTitleKind.NATIONAL_PILOT.of(place)}
    said = recorded("%(place)s已列为%(title)s") if approved else recorded("%(place)s申报%(title)s未获批准")
    notify(event, case.tenant, said % words, owner_address(case), topic=Topic.LEGAL)
    return answer


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
