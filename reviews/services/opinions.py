"""T7: a department's signed opinion."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from notifications.models import Paper
from reviews.enums import Stance
from reviews.models import Opinion
from reviews.transitions import opinion as opinion_machine
from workflow import outbox, todo
from workflow.models import Event


@transaction.atomic
def give_opinion(
    opinion: Opinion, stance: Stance, reasons: str, conditions: list[str], paper: Paper, actor: Actor
) -> Event:
    """T7: the department's signed opinion; the applicant never sees it."""
    event = opinion_machine.perform(
        opinion,
        "sign",
        actor,
        data={"stance": stance, "paper": paper.number},
        changes={
            "stance": stance,
            "reasons": reasons,
            "conditions": conditions,
            "paper": paper,
            "signed_at": timezone.now(),
        },
    )
    todo.close(opinion, actor)
    outbox.follow(event, "reviews.opinion_signed", str(opinion.pk), {"opinion": str(opinion.pk)}, opinion.case.tenant)
    return event
