"""Which days of an application window are worked, and what speaks against its days, for who records it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflow import deadlines, instants
from workflow.deadlines import OfficeCalendar

# Below it a letter that three posts prepare is hardly ready in time.
SHORT = 10
LONGEST = dt.timedelta(days=3 * 366)


@dataclass(frozen=True)
class WindowDays:
    """How many days of a window are worked, how many are plain weekends, and its holidays in words."""

    worked: int
    weekends: int
    holidays: tuple[str, ...]

    @property
    def off(self) -> str:
        """The days that are not worked, in words; empty where there are none."""
        told = [_("周末%(n)d天") % {"n": self.weekends}] if self.weekends else []
        return "；".join([*told, *self.holidays])


def days_of(since: dt.date, until: dt.date, table: OfficeCalendar | None = None) -> WindowDays:
    """The days from the first to the last, both included, by the working calendar."""
    table = table or deadlines.calendar()
    weekends, spans = 0, list[tuple[str, list[dt.date]]]()
    off = [day for day in _each(since, until) if not table.is_workday(day)]
    for day in off:
        why = table.reason(day)
        if why in _weekend():
            weekends += 1
        elif spans and spans[-1][0] == why and day - spans[-1][1][-1] == instants.ONE_DAY:
            spans[-1][1].append(day)
        else:
            spans.append((why, [day]))
    held = tuple(_("%(days)s%(why)s") % {"days": _span(days), "why": why} for why, days in spans)
    return WindowDays((until - since).days + 1 - len(off), weekends, held)


def _weekend() -> tuple[str, str]:
    """What the calendar says of a weekend that is no holiday."""
    return _("周六"), _("周日")


def _span(days: list[dt.date]) -> str:
    first, last = date_format(days[0]), date_format(days[-1])
    return first if first == last else _("%(first)s至%(last)s") % {"first": first, "last": last}


def cautions(since: dt.date, until: dt.date, today: dt.date | None = None) -> list[str]:
    """What speaks against the days of a window without making it impossible."""
    today, table = today or instants.today(), deadlines.calendar()
    if until < today:
        return [_("截止日期已经过去，没有地方能在这个窗口内申报。")]
    told = [_("开始日期已经过去，此前的日子不能再申报。")] if since < today else []
    told += [
        _("%(which)s%(day)s不是工作日（%(why)s），下一个工作日是%(next)s。")
        % {
            "which": which, "day": date_format(day), "why": table.reason(day),
            "next": date_format(deadlines.due(1, day, table=table).date),
        }
        for which, day in ((_("开始日期"), since), (_("截止日期"), until))
        if not table.is_workday(day)
    ]  # fmt: skip
    left = days_of(max(since, today), until, table).worked
    if left < SHORT:
        told.append(
            _("自%(since)s至截止只有%(n)d个工作日，地方来不及走完起草、审核、签发。")
            % {"since": date_format(max(since, today)), "n": left}
        )
    years = deadlines.provisional_years(list(_each(since, until)), table)
    told += [_("%(year)d年的节假日安排还没有录入，暂按周末和固定日期的节假日计算。") % {"year": one} for one in years]
    return told


def _each(since: dt.date, until: dt.date) -> Iterator[dt.date]:
    for place in range((until - since).days + 1):
        yield since + dt.timedelta(days=place)
