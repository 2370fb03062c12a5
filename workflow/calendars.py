"""Changing the working calendar (工作日历): what would move, the change itself, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.scope import system
from workflow import clocks, deadlines, instants, ledger, outbox
from workflow.calendar_lines import Line
from workflow.deadlines import SHIPPED, OfficeCalendar
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import CalendarChange, CalendarDay, CalendarYear, Chain, Clock

CHANGED, RECOUNT, MESSAGE = "workflow.calendar_changed", "workflow.recount", "notifications.message"
WARN_FROM_MONTH = 10
CHINESE = "zh-hans"


@dataclass(frozen=True)
class Move:
    """A running clock whose due date the calendar would move."""

    clock: Clock
    before: dt.date
    after: dt.date


def is_keeper(actor: Actor) -> bool:
    """Whether the actor keeps the calendar: the operator's administrator (R20)."""
    return actor.organisation.kind == OrganisationKind.OPERATOR and actor.is_admin


def with_days(table: OfficeCalendar, days: Mapping[dt.date, tuple[bool, str] | None]) -> OfficeCalendar:
    """The calendar as it would be with these days; None takes an entry back."""
    entries = {day: entry for day, entry in ({**table.entries, **days}).items() if entry is not None}
    return OfficeCalendar(entries, table.entered)


def with_year(table: OfficeCalendar, year: int, lines: Iterable[Line]) -> OfficeCalendar:
    """The calendar as it would be with a year entered in full: its lines alone differ from the weekdays."""
    entries = {day: entry for day, entry in table.entries.items() if day.year != year}
    return OfficeCalendar(entries | entries_of_year(year, lines), table.entered | {year})


def entries_of_year(year: int, lines: Iterable[Line]) -> dict[dt.date, tuple[bool, str]]:
    """What has to be entered so that exactly these lines hold, also over a year that is shipped."""
    said = {line.day: (line.is_workday, line.name) for line in lines}
    if year not in SHIPPED:
        return said
    shipped = OfficeCalendar()
    day, entries = dt.date(year, 1, 1), {}
    while day.year == year:
        wanted = said.get(day, (day.weekday() < 5, ""))
        if wanted[0] != shipped.is_workday(day) or (day in said and said[day][1] not in shipped.reason(day)):
            entries[day] = wanted
        day += instants.ONE_DAY
    return entries


def moves(after: OfficeCalendar, days: Iterable[dt.date] | None = None) -> list[Move]:
    """The running clocks of all dossiers whose due date the calendar would move.

    `days` are the ones that change; a clock that reaches none of them cannot move. The keeper of the calendar is
    shown office, kind and dates of these, never which matter it is.
    """
    found = []
    with system():
        for clock in _reaching(days).select_related("organisation").prefetch_related("stops").order_by("due_on", "pk"):
            reached = deadlines.due(clock.days, clock.started, clocks.pauses_of(clock.stops.all()), after).date
            if reached != clock.due_on:
                found.append(Move(clock, clock.due_on, reached))
    return found


def _reaching(days: Iterable[dt.date] | None) -> Any:
    rows = Clock.objects.filter(finished_at=None, paused=False)
    known = sorted(days or ())
    return rows.filter(started__lt=known[-1], due_on__gte=known[0]) if known else rows


@transaction.atomic
def change_day(day: dt.date, is_workday: bool, name: str, source: str, actor: Actor) -> CalendarChange:
    """Change one day on the ground of a notice; the running clocks follow through the outbox. Raises Refused."""
    _check(actor, source)
    table = deadlines.calendar()
    if table.is_workday(day) == is_workday:
        word = _("上班") if is_workday else _("休息")
        raise Refused([_("%(day)s在日历中已经是%(word)s，没有修改。") % {"day": date_format(day), "word": word}])
    CalendarDay.objects.update_or_create(
        day=day, defaults={"is_workday": is_workday, "name": name.strip(), "note": source.strip()}
    )
    return _record(day.year, [_as_json(day, table, is_workday, name)], source, actor)


@transaction.atomic
def enter_year(year: int, lines: list[Line], source: str, actor: Actor) -> CalendarChange:
    """Enter a whole year on the ground of its notice; what was entered for it before gives way. Raises Refused."""
    _check(actor, source)
    if not lines:
        raise Refused([_("没有可录入的日期。")])
    table, entries = deadlines.calendar(), entries_of_year(year, lines)
    CalendarDay.objects.filter(day__year=year).exclude(day__in=entries).delete()
    for day, (is_workday, name) in entries.items():
        CalendarDay.objects.update_or_create(
            day=day, defaults={"is_workday": is_workday, "name": name, "note": source.strip()}
        )
    CalendarYear.objects.update_or_create(
        year=year,
        defaults={"source": source.strip(), "entered_at": instants.now(), "entered_by": actor.person},
    )
    days = [_as_json(line.day, table, line.is_workday, line.name) for line in lines]
    return _record(year, days, source, actor, whole_year=True)


def _check(actor: Actor, source: str) -> None:
    if not is_keeper(actor):
        raise Refused([_("只有平台运维单位的管理员可以修改工作日历。")])
    if not source.strip():
        raise Refused([_("请写明依据，如“国务院办公厅关于2027年部分节假日安排的通知”及文号。")])


def _as_json(day: dt.date, table: OfficeCalendar, is_workday: bool, name: str) -> dict[str, Any]:
    before = table.is_workday(day)
    return {"day": day.isoformat(), "before": before, "after": is_workday, "name": name}


def _record(
    year: int, days: list[dict[str, Any]], source: str, actor: Actor, whole_year: bool = False
) -> CalendarChange:
    change = CalendarChange.objects.create(
        year=year,
        whole_year=whole_year,
        source=source.strip(),
        days=days,
        person=actor.person,
        organisation=actor.organisation,
    )
    outbox.follow(None, CHANGED, str(change.pk), {"change": str(change.pk)}, actor.organisation)
    return change


@outbox.effect(CHANGED)
def calendar_changed(payload: dict[str, Any]) -> None:
    """Tell every office once which of its due dates move, and have each clock that may be touched counted anew."""
    change = CalendarChange.objects.get(pk=payload["change"])
    table = deadlines.calendar()
    by_office: dict[Organisation, list[Move]] = defaultdict(list)
    for move in moves(table):
        by_office[move.clock.organisation].append(move)
    touched = Q(pk__in=[move.clock.pk for found in by_office.values() for move in found])
    if change.whole_year:
        touched |= Q(provisional__contains=[change.year])
    for clock in Clock.objects.filter(touched, finished_at=None).select_related("tenant").order_by("dossier", "pk"):
        outbox.follow(None, RECOUNT, f"{change.pk}:{clock.pk}", payload | {"clock": str(clock.pk)}, clock.tenant)
    for office, found in by_office.items():
        _tell(office, found, change)


def _tell(office: Organisation, found: list[Move], change: CalendarChange) -> None:
    with override(CHINESE):
        words = "；".join(
            f"{move.clock.title}：由{date_format(move.before)}改为{date_format(move.after)}" for move in found
        )
    payload = {
        "organisation_id": str(office.pk),
        "dossier": None,
        "title": recorded("工作日历调整，本单位%(n)d项期限有变化") % {"n": len(found)},
        "body": recorded("依据：%(source)s。%(words)s。") % {"source": change.source, "words": words},
        "address": "/desk/",
        "topic": "reminder",
    }
    outbox.follow(None, MESSAGE, f"calendar:{change.pk}:{office.pk}", payload, office)


@outbox.effect(RECOUNT)
def recount(payload: dict[str, Any]) -> None:
    """Count one clock anew with the calendar as it stands, and say in the case from when to when it moved."""
    change = CalendarChange.objects.get(pk=payload["change"])
    clock = Clock.objects.get(pk=payload["clock"])
    Chain.objects.select_for_update(no_key=True).get(dossier=clock.dossier)
    clock.refresh_from_db()
    if clock.finished_at is not None:
        return
    before = clock.due_on
    clocks.keep(clock, deadlines.calendar())
    if clock.due_on == before or clock.paused:
        return
    event = ledger.append(
        clock,
        "recount",
        recorded("期限随工作日历调整：%(title)s") % {"title": clock.title},
        None,
        dossier=clock.dossier,
        before=before.isoformat(),
        after=clock.due_on.isoformat(),
        basis=change.source,
        data={"clock": str(clock.pk), "change": str(change.pk)},
        audience=clock.audience,
    )
    clocks.tell_moved(clock, event)


def unknown_years(today: dt.date | None = None) -> list[int]:
    """The years that are missing now: next year's from October on, this year's at any time (N23)."""
    today, table = today or instants.today(), deadlines.calendar()
    years = [today.year] + ([today.year + 1] if today.month >= WARN_FROM_MONTH else [])
    return [year for year in years if table.is_provisional(year)]


def reaching_unknown() -> dict[int, int]:
    """How many running clocks reach into each year that is not known yet; numbers only."""
    found: dict[int, int] = defaultdict(int)
    table = deadlines.calendar()
    with system():
        running = Clock.objects.filter(finished_at=None).exclude(provisional=[])
        spans = list(running.values_list("provisional", flat=True))
    for years in spans:
        for year in years:
            if table.is_provisional(year):
                found[year] += 1
    return dict(sorted(found.items()))


def warnings(today: dt.date | None = None) -> list[str]:
    """What the keeper of the calendar and 省科技厅 are told of missing years; empty when nothing is missing."""
    reaching = reaching_unknown()
    lines = []
    for year in sorted({*unknown_years(today), *reaching}):
        line = _("%(year)d年的工作日历还没有录入。") % {"year": year}
        if count := reaching.get(year):
            line += _("已有 %(n)d 项在办期限推算到该年，暂按周末和固定日期的节假日计算。") % {"n": count}
        lines.append(line)
    return lines
