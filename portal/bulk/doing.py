"""What the worker does for one row of a bulk act, and what it tells when the last row is done."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Person
from applications.enums import FilingStatus
from applications.kinds import topic_of
from applications.models import Filing
from notifications import signoff
from notifications.enums import Topic
from workflow import instants, ledger, outbox, todo
from workflow.enums import Audience, JobOutcome
from workflow.jobs import JobKind, Told, register
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Chain, Event, Job, JobItem, Task

LISTED = 20


def reminded_today(tasks: Collection[UUID], actor: Actor) -> set[UUID]:
    """Those of the tasks that the office has reminded of today."""
    start = instants.end_of(instants.today() - instants.ONE_DAY)
    events = Event.objects.filter(
        subject_type="workflow.task", subject_id__in=list(tasks), name="remind", at__gte=start
    )
    return set(events.filter(actor_organisation=actor.organisation).values_list("subject_id", flat=True))


def _open_task(pk: UUID) -> Task:
    task = Task.objects.select_related("organisation", "assignee").filter(pk=pk).first()
    if task is None:
        raise Refused([_("这件事项已不在本单位可见范围内。")])
    if task.done_at:
        raise Refused([_("这件事项已经办结。")])
    return task


def remind(row: JobItem, job: Job, actor: Actor) -> Told:
    """催办: one event in the dossier; who is reminded gets one message for all rows together."""
    task = _open_task(row.subject_id)
    chain = Chain.objects.select_for_update(no_key=True).filter(dossier=task.dossier).first()
    if chain is None:
        raise Refused([_("这件事项已不在本单位可见范围内。")])
    if reminded_today([task.pk], actor):
        raise Refused([_("本单位今天已经催办过。")])
    ledger.append(
        task,
        "remind",
        recorded("催办"),
        actor,
        dossier=task.dossier,
        reason=job.parameters.get("note", ""),
        data={"task": task.title, "to": task.organisation.name, "reminded": str(task.organisation_id)},
        audience=_audience(task, chain, actor),
    )
    told = {"organisation": str(task.organisation_id), "title": task.title, "address": task.address}
    return recorded("已催办%s") % task.organisation.short_name, told


def _audience(task: Task, chain: Chain, actor: Actor) -> str:
    """A reminder to a department is not the city's to read; one inside the office stays there."""
    if task.organisation_id == actor.organisation.pk:
        return Audience.OFFICE
    return Audience.DOSSIER if task.organisation_id == chain.tenant_id else Audience.AUTHORITY


def tell_reminded(job: Job, actor: Actor) -> None:
    """One message to each office, however many rows it was reminded of."""
    offices: dict[str, list[dict[str, Any]]] = {}
    for row in job.items.filter(outcome=JobOutcome.DONE).order_by("serial"):
        offices.setdefault(row.told["organisation"], []).append(row.told)
    for office, rows in offices.items():
        lines = [f"· {row['title']}" for row in rows[:LISTED]]
        if len(rows) > LISTED:
            lines.append(recorded("……共 %s 件") % len(rows))
        if note := job.parameters.get("note"):
            lines.append(recorded("附言：%s") % note)
        payload = {
            "organisation_id": office,
            "dossier": None,
            "topic": str(Topic.REMINDER),
            "title": (recorded("%s催办 %d 件事项") % (actor.organisation.short_name, len(rows)))[:200],
            "body": "\n".join(lines),
            "address": rows[0]["address"] if len(rows) == 1 else reverse("portal:desk") + "?queue=office",
        }
        outbox.follow(None, "notifications.message", f"{job.pk}:{office}", payload, actor.organisation)


def assign(row: JobItem, job: Job, actor: Actor) -> Told:
    """指派: the task goes to one person of the post."""
    task, person = _open_task(row.subject_id), Person.objects.get(pk=job.parameters["person"])
    todo.take(task, person, actor)
    return recorded("已指派给%s") % person.name, {}


def consult(row: JobItem, job: Job, actor: Actor) -> Told:
    """征求意见: a letter is drafted for each filing; checking and signing it stay as they are."""
    filing = Filing.objects.filter(pk=row.subject_id).first()
    if filing is None or filing.status != FilingStatus.ACCEPTED:
        raise Refused([_("申报不在“已受理”状态，没有起草。")])
    if signoff.open_draft_of("consultation", filing, actor.organisation.pk):
        raise Refused([_("征求意见函正在办理。")])
    fields = {"departments": job.parameters["departments"]}
    title = f"关于征求{topic_of(filing)}意见的函"
    draft = signoff.start("consultation", filing, filing.dossier, title, actor, fields)
    return recorded("已起草征求意见函"), {"address": draft.get_absolute_url()}


register(JobKind("desk.remind", perform=remind, finished=tell_reminded))
register(JobKind("desk.assign", perform=assign))
register(JobKind("desk.consult", perform=consult))
