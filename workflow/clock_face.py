"""A clock as pages show it: traffic light, working days used and left, and how the due date was reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow import deadlines, instants
from workflow.clock_kinds import kind_of
from workflow.models import Clock, ClockStop

CAUSES = {
    "supplement": gettext_lazy("补正"),
    "question": gettext_lazy("申报单位答复"),
    "publicity": gettext_lazy("公示"),
    "panel": gettext_lazy("专家评审"),
    "objection": gettext_lazy("异议处理"),
    "hearing": gettext_lazy("听证"),
}
SATURDAY = 5


def shown(clock: Clock, table: deadlines.OfficeCalendar | None = None) -> dict[str, Any]:
    """What components/clock.html needs: state, due, text, used, total, paused, explain.

    In a list give the `table` (`deadlines.calendar()`), so that it is read once.
    """
    table = table or deadlines.calendar()
    stops = list(clock.stops.all())
    until = instants.day_of(clock.finished_at) if clock.finished_at else instants.today()
    used = deadlines.passed(clock.started, until, _spans(stops, until), table)
    face: dict[str, Any] = {
        "state": "done",
        "due": clock.due_on,
        "text": "",
        "used": min(used, clock.days),
        "total": clock.days,
        "paused": _days_paused(stops, until, table),
        "explain": explained(clock, stops),
    }
    if clock.paused:
        words = {"used": face["used"], "total": clock.days}
        text = _("暂停计时，已用 %(used)d / %(total)d 个工作日") % words
        return face | {"state": "paused", "due": None, "text": text}
    if kind_of(clock).ended and instants.is_over(clock.due_on):
        return face | {"text": _("已届满")}
    if clock.finished_at is None:
        face["state"] = deadlines.light(clock.due_on, instants.today(), table)
        face["text"] = left_in_words(clock.due_on, table)
    return face


class Faces:
    """The running clocks of many subjects or dossiers, read at once: call it with the id of one for its face.

    Where no clock runs, a due date that stands on the row itself is shown with its traffic light.
    """

    def __init__(self, clocks: models.QuerySet[Clock], key: str) -> None:
        self.table = deadlines.calendar()
        rows = clocks.filter(finished_at=None).prefetch_related("stops").order_by("-due_on", "pk")
        self.clocks = {getattr(row, key): row for row in rows if not kind_of(row).side}

    @classmethod
    def of_subjects(cls, subjects: Iterable[UUID]) -> Faces:
        """By the id of what each clock is about."""
        return cls(Clock.objects.filter(subject_id__in=list(subjects)), "subject_id")

    @classmethod
    def of_dossiers(cls, dossiers: Iterable[UUID], *subject_types: str) -> Faces:
        """By dossier, of these kinds of subjects (`applications.filing`)."""
        return cls(Clock.objects.filter(dossier__in=list(dossiers), subject_type__in=subject_types), "dossier")

    def __call__(self, key: UUID, due_on: dt.date | None = None) -> dict[str, Any] | None:
        """The face of one, or None where nothing is due."""
        if clock := self.clocks.get(key):
            return shown(clock, self.table)
        return plain(due_on, self.table)


def plain(due_on: dt.date | None, table: deadlines.OfficeCalendar | None = None) -> dict[str, Any] | None:
    """A due date without a clock of its own: traffic light and the working days left."""
    if due_on is None:
        return None
    table = table or deadlines.calendar()
    state = deadlines.light(due_on, instants.today(), table)
    text = left_in_words(due_on, table)
    return {"due": due_on, "state": state, "text": text, "used": 0, "total": 0, "paused": 0, "explain": []}


def left_in_words(due_on: dt.date, table: deadlines.OfficeCalendar | None = None) -> str:
    """How many working days are left, or over."""
    today = instants.today()
    if due_on == today:
        return _("今天到期")
    number = deadlines.left(due_on, today, table)
    if due_on < today:
        return _("逾期 %(n)s 个工作日") % {"n": -number} if number else _("已过期限")
    return _("剩 %(n)s 个工作日") % {"n": number}


def _spans(stops: list[ClockStop], until: dt.date) -> list[tuple[dt.date, dt.date]]:
    return [(row.since, max(row.until or until, row.since)) for row in stops]


def _days_paused(stops: list[ClockStop], until: dt.date, table: deadlines.OfficeCalendar) -> int:
    """Working days on which the clock stood still."""
    days = {
        row_since + dt.timedelta(days=n)
        for row_since, row_until in _spans(stops, until)
        for n in range((row_until - row_since).days + 1)
    }
    return sum(table.is_workday(day) for day in days)


def explained(clock: Clock, stops: list[ClockStop]) -> list[str]:
    """How the due date was counted, as lines to read: each day that was left out and why."""
    words = {"start": date_format(clock.started), "days": clock.days, "end": date_format(clock.due_on)}
    if clock.fixed_on:
        lines = [_("期限固定为%(end)s24时。") % words]
    elif clock.paused:
        lines = [_("%(start)s的次日为第 1 日，共 %(days)d 个工作日；暂停期间不计，恢复后重新推算。") % words]
    else:
        lines = [_("%(start)s的次日为第 1 日，共 %(days)d 个工作日，到%(end)s24时止。") % words]
    lines += [_stop_in_words(row) for row in stops]
    left_out = [(dt.date.fromisoformat(step["day"]), step["why"]) for step in clock.path if not step["counted"]]
    if left_out:
        lines.append(_("其间有 %(n)d 个休息日、节假日和暂停日，不计入期限。") % {"n": len(left_out)})
    named = [(day, why) for day, why in left_out if day.weekday() < SATURDAY and not _is_stopped(day, stops)]
    if named:
        days = "、".join(f"{date_format(day, 'MONTH_DAY_FORMAT')}（{why}）" for day, why in named)
        lines.append(_("节假日：%(days)s。") % {"days": days})
    if made_up := [step for step in clock.path if step["counted"] and _is_weekend(step["day"])]:
        days = "、".join(
            f"{date_format(dt.date.fromisoformat(step['day']), 'MONTH_DAY_FORMAT')}（{step['why']}）"
            for step in made_up
        )
        lines.append(_("调休上班，计入期限：%(days)s。") % {"days": days})
    if clock.provisional:
        years = "、".join(str(year) for year in clock.provisional)
        lines.append(
            _("%(years)s年的节假日安排尚未录入，暂按周末和固定日期的节假日推算；录入后重新计算。") % {"years": years}
        )
    return lines


def _is_weekend(iso: str) -> bool:
    return dt.date.fromisoformat(iso).weekday() >= SATURDAY


def _is_stopped(day: dt.date, stops: list[ClockStop]) -> bool:
    return any(row.since <= day and (row.until is None or day <= row.until) for row in stops)


def _stop_in_words(row: ClockStop) -> str:
    words = {"cause": CAUSES.get(row.cause, row.cause), "since": date_format(row.since)}
    if row.until is None:
        return _("因%(cause)s，自%(since)s起暂停计时。") % words
    return _("因%(cause)s，%(since)s至%(until)s暂停计时。") % (words | {"until": date_format(row.until)})
