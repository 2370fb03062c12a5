"""The period in which 省科技厅 decides what lies before it alone (CT-55, CT-90)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reviews import parameters
from reviews.periods import follow_case
from workflow import clocks
from workflow.clocks import ClockKind

DECIDING = clocks.declare(
    ClockKind(
        "deciding_alone",
        gettext_lazy("省科技厅审核"),
        parameters.CITY_REVIEW_DAYS.name,
        "CT-55; CT-90",
        reminders=(5, 2, 0),
        pauses_with=frozenset({"question"}),
        moved=follow_case,
    )
)
