"""The days on which a running clock reminds: so many working days before its due date, and once it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from workflow import instants
from workflow.models import Clock
from workflow.workdays import Calendar

OVER = -1


def mark_days(due_on: dt.date, reminders: Iterable[int], table: Calendar) -> dict[int, dt.date]:
    """The day of each mark: the due date itself for 0, the n-th working day before it for n, the day after for −1."""
    return {mark: _before(due_on, mark, table) for mark in sorted({*reminders}, reverse=True)} | {
        OVER: due_on + instants.ONE_DAY
    }


def _before(due_on: dt.date, count: int, table: Calendar) -> dt.date:
    day = due_on
    while count:
        day -= instants.ONE_DAY
        count -= table.is_workday(day)
    return day


def next_mark_on(clock: Clock, reminders: Iterable[int], table: Calendar) -> dt.date | None:
    """The earliest day on which a mark of this due date comes that was not sent; None when all were."""
    sent = set(clock.sent_reminders.filter(due_on=clock.due_on).values_list("mark", flat=True)) if clock.pk else set()
    latest_sent = min(sent, default=None)
    days = mark_days(clock.due_on, reminders, table)
    waiting = [day for mark, day in days.items() if latest_sent is None or mark < latest_sent]
    return min(waiting, default=None)


def latest_due(due_on: dt.date, reminders: Iterable[int], today: dt.date, table: Calendar) -> int | None:
    """The last mark whose day has come: only this one is still worth sending. None when none has."""
    come = [mark for mark, day in mark_days(due_on, reminders, table).items() if day <= today]
    return min(come, default=None)
