"""The sample's time: some periods began earlier than the act that started them, so that reminders have come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone

from accounts import scope
from accounts.scope import system
from workflow import clocks, deadlines, instants
from workflow.models import Clock


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What is done within lies so many days back, for acts, papers and periods alike."""
    shift, instant = dt.timedelta(days=days), scope.instant

    class Then(dt.datetime):
        """The hour of that day."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.now(tz) - shift

    def then() -> dt.datetime | None:
        """The instant of the scope, also of one that is entered within; a test's own transaction has none."""
        moment = instant()
        return moment - shift if moment else None

    timezone.datetime, scope.instant = Then, then  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime, scope.instant = dt.datetime, instant  # type: ignore[attr-defined]


def age(dossier: UUID, kind: str, left: int, subject: UUID | None = None) -> None:
    """Put the start of a dossier's running periods of a kind back, so that `left` working days remain (0 = today).

    With a `subject` its period alone.
    """
    table = deadlines.calendar()
    with system():
        running = Clock.objects.filter(dossier=dossier, kind=kind, finished_at=None)
        for clock in running.filter(subject_id=subject) if subject else running:
            due_on = instants.today()
            for _day in range(left):
                due_on = deadlines.due(1, due_on, (), table).date
            for _day in range(-left):
                due_on = _workday_before(due_on, table)
            start = due_on if table.is_workday(due_on) else _workday_before(due_on, table)
            for _day in range(clock.days):
                start = _workday_before(start, table)
            clock.started = start
            clock.save(update_fields=["started"])
            clocks.keep(clock, table)
            moved = clocks.kind_of(clock).moved
            if moved is not None:
                moved(clock)


def _workday_before(day: dt.date, table: deadlines.OfficeCalendar) -> dt.date:
    day -= instants.ONE_DAY
    while not table.is_workday(day):
        day -= instants.ONE_DAY
    return day
