"""Reads a year's holidays as they are pasted or imported: one day or span per line; every bad line is named."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workflow.deadlines import FIXED_HOLIDAYS

OFF = {"休", "放假", "休息", "holiday", "off", "0"}
ON = {"班", "上班", "调休上班", "补班", "workday", "work", "1"}
SPAN = re.compile(r"\s*(?:至|到|—|–|~|～)\s*")
DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
FRIDAY, NAME_LENGTH, LONGEST_SPAN, MOST = 4, 40, 31, 400
HEADS = {"日期", "date", "day"}


@dataclass(frozen=True)
class Line:
    """One day that is off, or worked although it is a weekend, with the holiday's name."""

    day: dt.date
    is_workday: bool
    name: str


@dataclass(frozen=True)
class Problem:
    """A line that cannot be taken: where, what, why and what would be right."""

    number: int
    text: str
    why: str


def read(text: str, year: int) -> tuple[list[Line], list[Problem]]:
    """The days of a year from lines `日期（或 起 至 止），休|班，节日`; CSV with or without a head, comma or tab.

    Either all lines are right, or the problems say which are not.
    """
    found: dict[dt.date, tuple[int, Line]] = {}
    problems: list[Problem] = []
    rows = text.lstrip("\ufeff").splitlines()
    if len(rows) > MOST:
        return [], [Problem(MOST + 1, "", _("行数超过 %(most)d 行，一年的安排不会这么多。") % {"most": MOST})]
    for number, raw in enumerate(rows, start=1):
        cells = _cells(raw)
        if not any(cells) or (number == 1 and cells[0].lower() in HEADS):
            continue
        try:
            lines = _lines(cells, year)
        except ValueError as error:
            problems.append(Problem(number, raw.strip()[:80], str(error)))
            continue
        for line in lines:
            before = found.get(line.day)
            if before and before[1] != line:
                why = _("%(day)s与第 %(n)d 行的安排不一致，一天只能有一种安排。")
                problems.append(Problem(number, raw.strip()[:80], why % {"day": line.day, "n": before[0]}))
                break
            found[line.day] = (number, line)
    if not found and not problems:
        problems.append(Problem(1, "", _("没有内容。每行写一天或一段，如“2027-01-01，休，元旦”。")))
    return ([] if problems else [line for _day, (_number, line) in sorted(found.items())]), problems


def missing_fixed(lines: list[Line], year: int) -> list[dt.date]:
    """Statutory holidays on fixed dates that the lines do not name: likely forgotten."""
    off = {line.day for line in lines if not line.is_workday}
    return [day for month, number in FIXED_HOLIDAYS if (day := dt.date(year, month, number)) not in off]


def _cells(raw: str) -> list[str]:
    plain = raw.replace("，", ",").replace("\t", ",").replace("、", ",").replace("；", ",")
    cells = next(csv.reader(io.StringIO(plain)), [])
    return [cell.strip() for cell in cells] or [""]


def _lines(cells: list[str], year: int) -> list[Line]:
    if len(cells) < 2:
        raise ValueError(_("应有两到三项：日期，休或班，节日名称；项与项之间用逗号或制表符分开。"))
    is_workday = _kind(cells[1])
    name = cells[2] if len(cells) > 2 else ""
    if len(name) > NAME_LENGTH:
        raise ValueError(_("节日名称超过 %(n)d 个字。") % {"n": NAME_LENGTH})
    return [Line(day, is_workday, name) for day in _days(cells[0], year, is_workday)]


def _kind(word: str) -> bool:
    if word.lower() in OFF:
        return False
    if word.lower() in ON:
        return True
    raise ValueError(_("“%(word)s”不能识别，第二项应为“休”或“班”。") % {"word": word})


def _days(cell: str, year: int, is_workday: bool) -> list[dt.date]:
    ends = SPAN.split(cell)
    if len(ends) > 2:
        raise ValueError(_("“%(text)s”不是一天，也不是一段，应写成“2027-02-05 至 2027-02-11”。") % {"text": cell})
    first, last = _day(ends[0]), _day(ends[-1])
    if last < first:
        raise ValueError(_("结束日 %(last)s 早于开始日 %(first)s。") % {"first": first, "last": last})
    if (last - first).days >= LONGEST_SPAN:
        raise ValueError(_("一段超过 %(n)d 天，请核对日期。") % {"n": LONGEST_SPAN})
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    for day in days:
        if day.year != year:
            raise ValueError(_("%(day)s不在 %(year)d 年内。") % {"day": day, "year": year})
        if is_workday and day.weekday() <= FRIDAY:
            raise ValueError(_("%(day)s不是周末，本来就上班，不需要写“班”；请核对日期。") % {"day": day})
    return days


def _day(text: str) -> dt.date:
    match = DAY.match(text.strip())
    try:
        return dt.date(*map(int, match.groups())) if match else dt.date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(_("日期“%(text)s”无法识别，应写成 2027-02-05 的形式。") % {"text": text}) from None
