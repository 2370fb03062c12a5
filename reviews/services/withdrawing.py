"""T31: a case ends in the same moment as the filing that its city takes back."""

from __future__ import annotations

from accounts.actors import Actor
from applications.models import Filing
from applications.services import when_withdrawn
from notifications.models import Paper
from reviews.models import Case
from reviews.transitions import case as case_machine


@when_withdrawn
def end_case(filing: Filing, paper: Paper | None, actor: Actor) -> None:
    """The case of a filing that was taken back, where there is one, is withdrawn with the same paper."""
    case = Case.objects.filter(filing=filing).first()
    if case is not None:
        data = {"paper": paper.number} if paper else {}
        case_machine.perform(case, "withdraw", actor, data=data, changes={"due_on": None})
