"""Due dates in Chinese working days from the shipped calendar, its editable entries and the years entered in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import chinese_calendar
from django.utils.translation import gettext as _

from accounts.compiled import Compiled
from accounts.scope import remembered
from workflow import instants
from workflow.models import CalendarDay, CalendarYear
from workflow.workdays import Calendar, DueDate, Pause, StateCalendar, add_workdays, workdays_between

# Statutory holidays on fixed dates (全国年节及纪念日放假办法), off in any year before its notice is published.
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
SHIPPED = frozenset(day.year for day in chinese_calendar.holidays)
SOON_DAYS = 3
DAYS = Compiled(lambda: CalendarDay.objects.values_list("day", "is_workday", "name"))
YEARS = Compiled(lambda: CalendarYear.objects.values_list("year"))


@dataclass(frozen=True)
class OfficeCalendar:
    """The working calendar of the portal: what was entered, over what is shipped; it reaches into every year.

    `entered` are the years whose notice was entered in full; any other year that is not shipped is `provisional`:
    it counts by weekdays and fixed holidays until it is entered.
    """

    entries: Mapping[dt.date, tuple[bool, str]] = field(default_factory=dict)
    entered: frozenset[int] = frozenset()

    def is_workday(self, day: dt.date) -> bool:
        """Whether a day is worked."""
        if entry := self.entries.get(day):
            return entry[0]
        return not self._off_by_law(day) and self._base(day).is_workday(day)

    def reason(self, day: dt.date) -> str:
        """Why a day is worked or not, in the reader's language."""
        if entry := self.entries.get(day):
            is_workday, name = entry
            if not name:
                return _("日历表：工作日") if is_workday else _("日历表：放假")
            return (_("%(name)s调休上班") if is_workday else _("%(name)s放假")) % {"name": name}
        return _("法定节假日") if self._off_by_law(day) else self._base(day).reason(day)

    def is_provisional(self, year: int) -> bool:
        """Whether the holidays of a year are not known yet."""
        return year not in SHIPPED and year not in self.entered

    def _off_by_law(self, day: dt.date) -> bool:
        return self.is_provisional(day.year) and (day.month, day.day) in FIXED_HOLIDAYS

    def _base(self, day: dt.date) -> StateCalendar:
        return StateCalendar(years=frozenset({day.year}))


def calendar() -> OfficeCalendar:
    """The working calendar as it stands now."""
    return remembered("calendar", _calendar)


def _calendar() -> OfficeCalendar:
    entries = {day: (is_workday, name) for day, is_workday, name in DAYS()}
    return OfficeCalendar(entries, frozenset(year for (year,) in YEARS()))


def due(
    days: int, start: dt.date | None = None, pauses: Iterable[Pause] = (), table: Calendar | None = None
) -> DueDate:
    """The due date `days` working days after `start` (default today, Beijing time), with how it was reached.

    Days of a pause do not count, both ends included. A year whose holidays are not announced yet counts by its
    weekdays and fixed holidays until they are entered.
    """
    return add_workdays(start or instants.today(), days, table or calendar(), pauses)


def passed(start: dt.date, until: dt.date, pauses: Iterable[Pause] = (), table: Calendar | None = None) -> int:
    """Working days after `start` up to and including `until` (0 when it lies before), counted as `due` counts."""
    return max(workdays_between(start, until, table or calendar(), pauses), 0)


def left(due_on: dt.date, today: dt.date | None = None, table: Calendar | None = None) -> int:
    """Working days from today to a due date: 0 on the day itself, negative when it is over."""
    return workdays_between(today or instants.today(), due_on, table or calendar())


def light(due_on: dt.date, today: dt.date | None = None, table: Calendar | None = None) -> str:
    """The traffic light (红黄绿灯) of a due date: `late` after it, `soon` within three working days, else `ok`.

    In a list give the `table` (`calendar()`), so that it is read once.
    """
    today = today or instants.today()
    if today > due_on:
        return "late"
    return "soon" if left(due_on, today, table) <= SOON_DAYS else "ok"


def soon_until(today: dt.date | None = None, table: Calendar | None = None) -> dt.date:
    """The last due date that counts as soon: the day before the fourth working day from today."""
    return due(SOON_DAYS + 1, today, table=table).date - instants.ONE_DAY


def provisional_years(days: Collection[dt.date], table: OfficeCalendar) -> list[int]:
    """The years among the days whose holidays are not known yet."""
    return sorted(year for year in {day.year for day in days} if table.is_provisional(year))
