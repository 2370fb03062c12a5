"""Tasks on the desk: assigned by each room, closed when the act is done."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import models
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Organisation
from workflow.ledger import subject_type
from workflow.models import Task


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
) -> Task:
    """Put a task on the desk of a post in an office; an open one for the same subject is kept."""
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
        due_on=due_on,
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
