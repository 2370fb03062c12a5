"""What the worker does between the city and the department whose condition was passed on."""

from __future__ import annotations

from typing import Any

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from notifications import notices
from notifications.enums import Topic
from reviews import periods
from reviews.enums import RequirementStatus
from reviews.models import Requirement
from reviews.periods_city import REQUIREMENT, SETTLING
from reviews.services.conditions import requirement_address, settling_address
from workflow import todo
from workflow.clocks import ClockKind
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.models import Event
from workflow.outbox import effect
from workflow.parameters import value


@effect("reviews.requirement_moved")
def requirement_moved(payload: dict[str, Any]) -> None:
    """Ask the department to confirm what was answered, or the city to answer what was given back."""
    rows = Requirement.objects.select_related("case__filing", "condition__tenant", "tenant")
    requirement = rows.get(pk=payload["requirement"])
    if requirement.status == RequirementStatus.ANSWERED:
        title = recorded("确认条件是否落实：%(park)s")
        address = settling_address(requirement)
        _ask(requirement, requirement.condition.tenant, "settle", title, address, SETTLING, payload)
    elif requirement.status == RequirementStatus.OPEN:
        title = recorded("继续落实并答复：%(park)s")
        address = requirement_address(requirement)
        _ask(requirement, requirement.tenant, "requirement", title, address, REQUIREMENT, payload)


def _ask(
    requirement: Requirement,
    organisation: Organisation,
    kind: str,
    title: str,
    address: str,
    clock: ClockKind,
    payload: dict[str, Any],
) -> None:
    words = title % {"park": requirement.case.filing.park_name}
    todo.assign(
        requirement,
        kind,
        words,
        address,
        dossier=requirement.dossier,
        organisation=organisation,
        role=PostRole.HANDLER,
        by=the_lead(),
        due_on=due(value(clock.days)).date,
    )
    event = Event.objects.get(pk=payload["event"])
    audience = Audience.AUTHORITY if clock is SETTLING else Audience.DOSSIER
    periods.begin(clock, requirement, event, organisation, address, audience=audience)
    if clock is REQUIREMENT:
        Requirement.objects.filter(pk=requirement.pk).update(due_on=due(value(clock.days)).date)
    notices.write(
        organisation=organisation,
        dossier=requirement.dossier,
        title=words,
        body=payload["reason"],
        address=address,
        topic=Topic.TASK,
    )
