"""Counts Chinese working days (法定工作日) so that every due date shows how it was reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

import chinese_calendar
from django.utils.translation import gettext as _

ONE_DAY = timedelta(days=1)
FRIDAY = 4

Pause = tuple[date, date]


class DayKind(StrEnum):
    """What an entry of the editable calendar table says of one day."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


class Unusable(ValueError):
    """The question itself cannot be answered: negative days, a pause that ends before it begins."""


class CalendarEnds(Exception):
    """The calendar does not reach into `year`; an operator has to enter that year's holidays."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(_("工作日历不包含 %(year)s 年，请先录入该年的节假日安排。") % {"year": year})


class Calendar(Protocol):
    """A table of working days; both methods raise `CalendarEnds` outside of it."""

    def is_workday(self, day: date) -> bool: ...

    def reason(self, day: date) -> str: ...


@dataclass(frozen=True)
class StateCalendar:
    """The State Council's calendar (2004 to 2026 as shipped), under entries made by an operator.

    `overrides` decide single days anywhere. `years` are years beyond the shipped table whose
    holidays are entered in full: a day there without an entry follows its weekday.
    """

    overrides: Mapping[date, DayKind | str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """True when `day` is worked. Raises `CalendarEnds` outside the table."""
        kind = self.overrides.get(day)
        if kind is not None:
            return DayKind(kind) is DayKind.WORKDAY
        return self._shipped(day)[0]

    def reason(self, day: date) -> str:
        """Why `day` is worked or not, in Chinese. Raises `CalendarEnds` outside the table."""
        kind = self.overrides.get(day)
        if kind is not None:
            return _("日历表：工作日") if DayKind(kind) is DayKind.WORKDAY else _("日历表：放假")
        worked, holiday = self._shipped(day)
        weekend = day.weekday() > FRIDAY
        if worked:
            return _("%(name)s调休上班") % {"name": holiday} if weekend else _("工作日")
        if holiday:
            return _("%(name)s放假") % {"name": holiday}
        return _("周六") if day.weekday() == FRIDAY + 1 else _("周日")

    def _shipped(self, day: date) -> tuple[bool, str]:
        try:
            off, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            if day.year not in self.years:
                raise CalendarEnds(day.year) from None
            return day.weekday() <= FRIDAY, ""
        return not off, chinese_calendar.Holiday(name).chinese if name else ""


@dataclass(frozen=True)
class Step:
    """One day on the way to a due date: was it counted, and why (or why not)."""

    day: date
    counted: bool
    why: str


@dataclass(frozen=True)
class DueDate:
    """The last day of a period, and every day that was looked at to find it."""

    date: date
    path: tuple[Step, ...]

    @property
    def counted(self) -> int:
        """Number of working days on the path."""
        return sum(step.counted for step in self.path)


def add_workdays(start: date, n: int, calendar: Calendar | None = None, pauses: Iterable[Pause] = ()) -> DueDate:
    """The `n`-th working day after `start`: the day after `start` is the first that can count.

    Days inside a pause (暂停计时, both ends inclusive) do not count. `n` = 0 gives `start` itself,
    whether or not it is a working day. Raises `Unusable` and `CalendarEnds`.
    """
    start, stops = _day(start), _checked(pauses)
    if isinstance(n, bool) or not isinstance(n, int):
        raise Unusable(_("工作日数必须是整数。"))
    if n < 0:
        raise Unusable(_("工作日数不能为负数：%(n)s。") % {"n": n})
    table = calendar or StateCalendar()
    path: list[Step] = []
    day, left = start, n
    while left:
        day = _next(day)
        step = _look(day, table, stops)
        path.append(step)
        left -= step.counted
    return DueDate(day, tuple(path))


def workdays_between(start: date, end: date, calendar: Calendar | None = None, pauses: Iterable[Pause] = ()) -> int:
    """Working days after `start` up to and including `end`, pauses left out.

    Negative when `end` lies before `start` (days overdue). Raises `Unusable` and `CalendarEnds`.
    """
    start, end, stops = _day(start), _day(end), _checked(pauses)
    if end < start:
        return -workdays_between(end, start, calendar, stops)
    table = calendar or StateCalendar()
    days = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
    return sum(_look(day, table, stops).counted for day in days)


def _look(day: date, calendar: Calendar, pauses: Sequence[Pause]) -> Step:
    for first, last in pauses:
        if first <= day <= last:
            return Step(day, False, _("暂停计时"))
    return Step(day, calendar.is_workday(day), calendar.reason(day))


def _checked(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    checked = tuple((_day(first), _day(last)) for first, last in pauses)
    for first, last in checked:
        if last < first:
            raise Unusable(_("暂停的结束日 %(last)s 早于开始日 %(first)s。") % {"first": first, "last": last})
    return checked


def _day(value: date) -> date:
    # A datetime is a date to Python but never equals one, so look-ups in the table would fail.
    return value.date() if isinstance(value, datetime) else value


def _next(day: date) -> date:
    try:
        return day + ONE_DAY
    except OverflowError:
        raise CalendarEnds(day.year + 1) from None
