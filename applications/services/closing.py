"""T6, T13, T14: what the joint review does to the filing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.actors import Actor
from applications.kinds import word
from applications.models import Filing
from applications.transitions import filing as machine
from notifications.models import Paper
from workflow import clocks, todo
from workflow.models import Event


@transaction.atomic
def open_review(filing: Filing, actor: Actor, **told: Any) -> Event:
    """T6: the filing's formal part ends, the case has a life of its own; `told` are words of the act for its record."""
    todo.close(filing, actor, "open_review")
    event = machine.perform(filing, "open_review", actor, changes={"due_on": None}, **told)
    clocks.finish(filing, event)
    return event


@transaction.atomic
def close(filing: Filing, listed: bool, paper: Paper, actor: Actor) -> Event:
    """T13, T14, U4, CT-55 or CT-90: the case's decision closes the filing."""
    names = ("determine", "turn_down") if filing.case.direct else ("list", "decline")
    name = names[0] if listed else names[1]
    event = machine.perform(
        filing,
        name,
        actor,
        data={"paper": paper.number},
        changes={"decision_paper": paper, "due_on": None},
        label=word(filing.kind, f"arrow.{name}", ""),
        basis=str(word(filing.kind, f"basis.{name}", "")),
    )
    clocks.finish_all(filing.dossier, event)
    return event
