"""The period in which an objection is answered (T11); while it runs the case's own periods stand still."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from reviews import parameters_conclusion as parameters
from reviews.models import Objection
from workflow import clocks
from workflow.clocks import ClockKind
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.models import Clock, Event

OBJECTION = clocks.declare(
    ClockKind("objection", gettext_lazy("答复公示异议"), parameters.OBJECTION_DAYS.name, "T11", reminders=(5, 2, 0))
)


def begin(objection: Objection, event: Event, office: Organisation) -> Clock:
    """The office owes an answer; neither the city nor a department sees this clock."""
    clocks.stop(objection.dossier, "objection", event)
    return clocks.start(
        OBJECTION,
        objection,
        event,
        organisation=office,
        address=objection.get_absolute_url(),
        title=recorded("答复公示异议：%(number)s") % {"number": objection.number},
        audience=Audience.AUTHORITY,
    )


def end(objection: Objection, event: Event) -> None:
    """The answer is signed."""
    clocks.finish(objection, event, OBJECTION)
    clocks.go_on(objection.dossier, "objection", event)
