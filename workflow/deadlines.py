"""Due dates in Chinese working days from the shipped calendar and its editable entries."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from workflow.models import CalendarDay
from workflow.workdays import CalendarEnds, DayKind, DueDate, StateCalendar, add_workdays, workdays_between

# Statutory holidays on fixed dates (全国年节及纪念日放假办法), off in any year before its notice is published.
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


def calendar(years: frozenset[int] = frozenset()) -> StateCalendar:
    """The working calendar under the entries of the table.

    `years` beyond the shipped calendar follow their weekdays, but for the holidays on fixed dates.
    """
    fixed = {dt.date(year, month, day): DayKind.HOLIDAY for year in years for month, day in FIXED_HOLIDAYS}
    entries = {row.day: DayKind.WORKDAY if row.is_workday else DayKind.HOLIDAY for row in CalendarDay.objects.all()}
    return StateCalendar(overrides={**fixed, **entries}, years=years)


def due(days: int, start: dt.date | None = None) -> DueDate:
    """The due date `days` working days after `start` (default today, Beijing time), with how it was reached.

    A year whose holidays are not announced yet counts by its weekdays and fixed holidays until they are entered.
    """
    start = start or timezone.localdate()
    years: frozenset[int] = frozenset()
    while True:
        try:
            return add_workdays(start, days, calendar(years))
        except CalendarEnds as end:
            years |= {end.year}


def passed(start: dt.date, until: dt.date) -> int:
    """Working days after `start` up to and including `until` (0 when it lies before), counted as `due` counts."""
    years: frozenset[int] = frozenset()
    while True:
        try:
            return max(workdays_between(start, until, calendar(years)), 0)
        except CalendarEnds as end:
            years |= {end.year}


SOON_DAYS = 3


def light(due_on: dt.date, today: dt.date) -> str:
    """The traffic light (红黄绿灯) of a due date: `late` after it, `soon` within three days of it, else `ok`."""
    if today > due_on:
        return "late"
    return "soon" if (due_on - today).days <= SOON_DAYS else "ok"
