"""Conditions passed on to the city: it answers, the department that set them confirms, 省科技厅 may waive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel
from accounts.models import Grant
from accounts.queries import the_lead
from notifications.enums import Topic
from notifications.notices import notify
from reviews import periods, periods_city
from reviews.enums import CaseStatus
from reviews.models import Condition, Requirement, RequirementAnswer
from reviews.services.asking import ask_office
from reviews.services.enclosing import enclose
from reviews.transitions_departments import requirement as machine
from reviews.words import basis_of, said
from workflow import bars, clocks, instants, ledger, outbox, todo
from workflow.deadlines import due
from workflow.ledger import digest, recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

OPEN_CASES = (CaseStatus.REVIEWING, CaseStatus.CONCLUDED, CaseStatus.PUBLICITY)


def requirement_address(requirement: Requirement) -> str:
    """Where the city answers a requirement."""
    return reverse("reviews:requirement", args=[requirement.pk])


def settling_address(requirement: Requirement) -> str:
    """Where a department confirms that its condition is met."""
    return f"{reverse('reviews:case', args=[requirement.case_id])}?tab=conditions#requirement-{requirement.pk}"


@transaction.atomic
def pass_on(
    condition: Condition, text: str, actor: Actor, due_on: dt.date | None = None, named: bool = False
) -> Requirement:
    """Pass a condition on to the city in the words of 省科技厅; the department is named only where that is said."""
    case = condition.case
    reasons = bars.reasons(actor, case.dossier)
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以转达条件。"))
    if case.status not in OPEN_CASES:
        reasons.append(said(case, "conditions.closed"))
    if not text.strip():
        reasons.append(_("请写明需要申报单位落实的事项。"))
    if Requirement.objects.filter(condition=condition).exists():
        reasons.append(_("这个条件已经转达。"))
    if due_on is not None and due_on <= instants.today():
        reasons.append(_("落实期限应在今天之后。"))
    if reasons:
        raise Refused(reasons)
    today = instants.today()
    wished = condition.due_on if condition.due_on and condition.due_on > today else None
    requirement = Requirement.objects.create(
        dossier=case.dossier,
        tenant_id=case.tenant_id,
        case=case,
        condition=condition,
        text=text.strip(),
        section=condition.section,
        attribution=condition.tenant.name if named else "",
        mandatory=condition.mandatory,
        due_on=due_on or wished or due(value("requirement_days")).date,
        passed_person=actor.person,
    )
    event = ledger.append(
        requirement,
        "pass_on",
        recorded("转达需落实的事项"),
        actor,
        dossier=case.dossier,
        basis=basis_of(case, "P-II.1.8c"),
        data={"digest": digest(requirement.text)},
    )
    _hold(requirement, event)
    address = requirement_address(requirement)
    title = recorded("落实并答复：%(park)s") % {"park": case.filing.park_name}
    ask_office(requirement, "requirement", title, address, case, case.tenant, actor, requirement.due_on)
    periods.begin_until(periods_city.REQUIREMENT, requirement, event, address)
    notify(event, case.tenant, title, address, topic=Topic.TASK)
    return requirement


@transaction.atomic
def answer_requirement(
    requirement: Requirement, text: str, actor: Actor, files: Iterable[UploadedFile] = ()
) -> RequirementAnswer:
    """The city says how it met a requirement; 省科技厅 and the department that set it are told."""
    if not text.strip():
        raise Refused([_("请写明落实情况。")])
    event = machine.perform(requirement, "answer", actor, data={"digest": digest(text.strip())})
    answer = RequirementAnswer.objects.create(
        dossier=requirement.dossier,
        tenant_id=requirement.tenant_id,
        requirement=requirement,
        text=text.strip(),
        person=actor.person,
    )
    enclose(answer, files, actor)
    clocks.finish(requirement, event)
    clocks.go_on(requirement.dossier, "question", event)
    todo.close(requirement, actor)
    lead = the_lead()
    title = recorded("申报单位已答复落实情况：%(park)s") % {"park": requirement.case.filing.park_name}
    notify(event, lead, title, settling_address(requirement))
    _tell_the_other_side(event, requirement)
    return answer


def _hold(requirement: Requirement, event: Event) -> None:
    """The authorities' periods stand still while the city owes an answer that bars the next step."""
    if requirement.mandatory:
        clocks.stop(requirement.dossier, "question", event)


def _tell_the_other_side(event: Event, requirement: Requirement, reason: str = "") -> None:
    """City and department do not know of each other: the worker, who sees both, writes their tasks and messages."""
    payload = {"requirement": str(requirement.pk), "reason": reason, "event": str(event.pk)}
    outbox.follow(event, "reviews.requirement_moved", str(event.pk), payload, requirement.tenant)


@transaction.atomic
def judge_requirement(requirement: Requirement, settled: bool, reason: str, actor: Actor) -> Event:
    """The department confirms that its condition is met, or gives the answer back with a reason the city reads."""
    if not settled and not reason.strip():
        raise Refused([_("请写明还缺什么，申报单位会看到。")])
    event = machine.perform(requirement, "settle" if settled else "give_back", actor, reason=reason)
    answer = requirement.answers.select_for_update(no_key=True).filter(settled=None).latest("at")
    answer.settled, answer.verdict, answer.judged_at = settled, reason.strip(), timezone.now()
    answer.save(update_fields=["settled", "verdict", "judged_at"])
    todo.close(requirement, actor)
    clocks.finish(requirement, event)
    if not settled:
        _hold(requirement, event)
        _tell_the_other_side(event, requirement, reason.strip())
    return event


@transaction.atomic
def waive_requirement(requirement: Requirement, reason: str, actor: Actor) -> Event:
    """省科技厅 does not ask for it any more; the reason is read by the city and by the department."""
    if not reason.strip():
        raise Refused([_("请写明不再要求的原因。")])
    event = machine.perform(requirement, "waive", actor, reason=reason)
    clocks.finish(requirement, event)
    clocks.go_on(requirement.dossier, "question", event)
    todo.close(requirement, actor)
    title = recorded("不再要求落实：%(park)s") % {"park": requirement.case.filing.park_name}
    notify(event, requirement.tenant, title, requirement_address(requirement), reason)
    department = requirement.condition.tenant
    if Grant.objects.filter(dossier=requirement.dossier, organisation=department, level=GrantLevel.READ).exists():
        notify(event, department, title, settling_address(requirement), reason)
    return event
