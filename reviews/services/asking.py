"""What several acts of the joint review share: tasks, addresses, periods."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from applications.models import Filing
from reviews.models import Case, Opinion
from workflow import todo
from workflow.models import Clock


def accepted_on(filing: Filing) -> dt.date:
    """The day of acceptance, from which the joint review's thirty working days count (T9)."""
    return filing.acceptance_paper.issued_on if filing.acceptance_paper else timezone.localdate()


def opinion_address(opinion: Opinion) -> str:
    """Where a department works on its opinion."""
    return reverse("reviews:opinion", args=[opinion.pk])


def owner_address(case: Case) -> str:
    return reverse("applications:filing", args=[case.filing_id])


def ask_office(
    subject: Any,
    kind: str,
    title: str,
    address: str,
    case: Case,
    organisation: Organisation,
    actor: Actor,
    due_on: dt.date | None,
    clock: Clock | None = None,
) -> None:
    todo.assign(
        subject,
        kind,
        title,
        address,
        dossier=case.dossier,
        organisation=organisation,
        role=PostRole.HANDLER,
        by=actor.organisation,
        due_on=due_on,
        clock=clock,
    )
