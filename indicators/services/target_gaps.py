"""N21: at each quarter of a target year 省科技厅 gets the gaps to the province's targets, as a task with the table."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators.services import province_targets, target_values
from notifications.enums import Topic
from notifications.notices import notify
from policy.judge import Finding
from policy.outcomes import Outcome
from workflow import instants, ledger, todo
from workflow.ledger import recorded
from workflow.models import Chain, Event, Task

REMINDED, TASK = "target_gaps", "target_gaps"


def remind(today: dt.date | None = None) -> int:
    """Tell of the quarter that has begun, once, in a year for which targets are set. Under the system scope."""
    today = today or instants.today()
    if today.year not in {target_values.AIMED, *target_values.later_years()}:
        return 0
    if not Organisation.objects.filter(kind=OrganisationKind.LEAD).exists():
        return 0
    return _tell(today.year, (today.month + 2) // 3)


@transaction.atomic
def _tell(year: int, quarter: int) -> int:
    key = f"{year}Q{quarter}"
    if Event.objects.filter(dossier=target_values.RECORDS, name=REMINDED, data__key=key).exists():
        return 0
    lead = the_lead()
    if not Chain.objects.filter(dossier=target_values.RECORDS).exists():
        ledger.open_chain(target_values.RECORDS, lead)
    found = province_targets.targets_of(year)
    findings = found.findings if year == target_values.AIMED else found.later[year]
    missed = [one for one in findings if one.outcome is Outcome.NOT_MET]
    words = {"year": year, "quarter": quarter, "n": len(missed)}
    title = recorded("%(year)d年第%(quarter)d季度全省目标差距：%(n)d项未达到") % words
    data = {"key": key, "missed": [one.clause for one in missed]}
    event = ledger.append(lead, REMINDED, title, None, dossier=target_values.RECORDS, basis="C-III.3; N21", data=data)
    body = "；".join(_gap(one) for one in missed) or recorded("没有未达到的目标。")
    notify(event, lead, title, f"{reverse('indicators:targets')}?year={year}", body, Topic.REMINDER)
    todo.assign(
        lead, TASK, title, reverse("indicators:target_values"), dossier=target_values.RECORDS, organisation=lead,
        role=PostRole.HANDLER, by=lead,
    )  # fmt: skip
    return 1


def _gap(one: Finding) -> str:
    return f"{one.label}：{one.reason}"


def waits(actor: Actor) -> bool:
    """Whether the gaps of a quarter wait to be read."""
    return Task.objects.filter(organisation=actor.organisation, kind=TASK, done_at=None).exists()


def seen(actor: Actor) -> None:
    """The gaps were read: the task ends."""
    todo.close(actor.organisation, actor, TASK)
