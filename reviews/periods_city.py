"""The periods in which the city meets what was asked of it, and in which a department confirms that."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from accounts.queries import the_lead
from reviews import parameters, parameters_conclusion
from reviews.models import ChangeRequest, Inquiry, Requirement
from workflow import clocks
from workflow.clocks import ClockKind
from workflow.models import Clock


def _lead(clock: Clock) -> list[Organisation]:
    return [the_lead()]


def _follow(model: type[models.Model]) -> Any:
    def moved(clock: Clock) -> None:
        """The row's own column follows its clock."""
        model._default_manager.filter(pk=clock.subject_id).update(due_on=clock.due_on if clock.is_running else None)

    return moved


REQUIREMENT = clocks.declare(
    ClockKind(
        "requirement",
        gettext_lazy("落实条件"),
        parameters.REQUIREMENT_DAYS.name,
        "P-II.1.8c",
        reminders=(2, 0),
        copy_to=_lead,
        moved=_follow(Requirement),
    )
)
SETTLING = clocks.declare(
    ClockKind(
        "settling",
        gettext_lazy("确认条件落实"),
        parameters.SETTLING_DAYS.name,
        "P-II.1.8c",
        reminders=(2, 0),
        copy_to=_lead,
    )
)
INQUIRY = clocks.declare(
    ClockKind(
        "inquiry",
        gettext_lazy("说明公示异议"),
        parameters_conclusion.INQUIRY_DAYS.name,
        "T11",
        reminders=(2, 0),
        copy_to=_lead,
        moved=_follow(Inquiry),
    )
)
CHANGE = clocks.declare(
    ClockKind(
        "change",
        gettext_lazy("补充修改"),
        parameters.CHANGE_DAYS.name,
        "P-II.1.8c",
        reminders=(2, 0),
        copy_to=_lead,
        moved=_follow(ChangeRequest),
    )
)
# What the city still owes after the conclusion: its conditions are met until the report goes up.
OUTLIVING = (REQUIREMENT, SETTLING)
