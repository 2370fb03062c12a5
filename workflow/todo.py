"""Tasks on the desk: assigned by each room, closed when the act is done."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation, Person, Post
from workflow import ledger
from workflow.enums import Audience
from workflow.ledger import recorded, subject_type
from workflow.machine import Refused
from workflow.models import Clock, Task


def assign(
    subject: models.Model,
    kind: str,
    title: str,
    address: str,
    *,
    dossier: UUID,
    organisation: Organisation,
    role: str,
    by: Organisation,
    due_on: dt.date | None = None,
    clock: Clock | None = None,
    assignee: Person | None = None,
) -> Task:
    """Put a task on the desk of a post in an office, or of one `assignee` there; an open one for the subject is kept.

    With a `clock` the task's due date is that of the period, also when it stops or moves.
    """
    open_one = Task.objects.filter(
        organisation=organisation, role=role, kind=kind, subject_id=subject.pk, done_at=None
    ).first()
    return open_one or Task.objects.create(
        dossier=dossier,
        organisation=organisation,
        role=role,
        created_by=by,
        kind=kind,
        subject_type=subject_type(subject),
        subject_id=subject.pk,
        title=title[:200],
        address=address,
        due_on=due_on if clock is None else None if clock.paused else clock.due_on,
        clock=clock,
        assignee=assignee,
    )


def close(subject: models.Model, actor: Actor, *kinds: str) -> None:
    """Close the open tasks of a subject (of these kinds, or all) that the actor's scope lets one see."""
    rows = Task.objects.filter(subject_id=subject.pk, done_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    rows.update(done_at=timezone.now(), done_by=actor.person)


def waiting_for(actor: Actor) -> models.QuerySet[Task]:
    """What waits for the actor's post now, the earliest due first."""
    return Task.objects.filter(organisation=actor.organisation, role=actor.role, done_at=None)


@transaction.atomic
def take(task: Task, person: Person, actor: Actor) -> Task:
    """Put one person of the post in charge of an open task (指派); colleagues still see it. Raises Refused."""
    locked = Task.objects.select_for_update(no_key=True, of=("self",)).get(pk=task.pk)
    if locked.organisation_id != actor.organisation.pk:
        raise Refused([_("只能指派本单位的待办事项。")])
    if locked.done_at:
        raise Refused([_("这件事项已经办结，不能再指派。")])
    if not _holds(person, locked.organisation, locked.role):
        raise Refused([_("%(person)s现在不在这个岗位上，不能办理这件事项。") % {"person": person}])
    if locked.assignee_id != person.pk:
        _assign_to(locked, person, actor)
    task.refresh_from_db()
    return task


@transaction.atomic
def hand_over(person: Person, to: Person | None, actor: Actor, organisation: Organisation) -> int:
    """Give what a person has in hand in an office to another, or back to the post; how many tasks went over.

    What the other person's posts do not allow goes back to the post.
    """
    if actor.organisation.pk != organisation.pk or not (actor.is_admin or actor.person.pk == person.pk):
        raise Refused([_("只有本人或单位管理员可以移交待办事项。")])
    return _hand_over(Task.objects.filter(organisation=organisation), person, to, actor, organisation)


@transaction.atomic
def hand_over_in(dossier: UUID, person: Person, to: Person | None, actor: Actor, organisation: Organisation) -> int:
    """Give what a person has in hand of one dossier to another, or back to the post; how many tasks went over.

    For the act of a head of the office by which the person leaves the dossier, who may decide that is asked there.
    """
    if actor.organisation.pk != organisation.pk or not (actor.is_reviewer or actor.is_signer):
        raise Refused([_("只有本单位审核人或签发人可以移交本案的待办事项。")])
    rows = Task.objects.filter(organisation=organisation, dossier=dossier)
    return _hand_over(rows, person, to, actor, organisation)


def _hand_over(
    rows: models.QuerySet[Task], person: Person, to: Person | None, actor: Actor, organisation: Organisation
) -> int:
    rows = rows.select_for_update(no_key=True, of=("self",)).filter(assignee=person, done_at=None)
    tasks = list(rows.order_by("created_at"))
    for task in tasks:
        _assign_to(task, to if to and _holds(to, organisation, task.role) else None, actor)
    return len(tasks)


def _holds(person: Person, organisation: Organisation, role: str) -> bool:
    return Post.objects.in_force().filter(person=person, organisation=organisation, role=role).exists()


def _assign_to(task: Task, person: Person | None, actor: Actor) -> None:
    before, task.assignee = task.assignee, person
    task.save(update_fields=["assignee"])
    ledger.append(
        task,
        "assign",
        recorded("指派办理人") if person else recorded("退回岗位待办"),
        actor,
        dossier=task.dossier,
        before=before.name[:30] if before else "",
        after=person.name[:30] if person else "",
        data={"task": task.title},
        audience=Audience.OFFICE,
    )
