"""The editable calendar: who changes it, what would move, what is counted anew and who is told, missing years."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, of_organisation, system
from notifications.models import Message
from tests.factories import make_actor, make_organisation
from tests.workflow.conftest import Dossier, again
from workflow import calendars, clocks, deadlines, ledger, outbox, parameters
from workflow.calendar_lines import read
from workflow.machine import Refused
from workflow.models import CalendarDay, CalendarYear, Clock

pytestmark = pytest.mark.django_db
parameters.declare(parameters.Parameter("test_calendar_days", "测试期限", "days", 5, "T0"))
clocks.declare(
    clocks.ClockKind("test_calendar", "测试期限", "test_calendar_days", "T0", pauses_with=frozenset({"question"}))
)
NEW_YEAR = "2027-01-01 至 2027-01-03，休，元旦\n2027-01-09，班，元旦\n2027-01-04，休，元旦"
SOURCE = "国办发明电〔2026〕7号"


@pytest.fixture
def keeper() -> Actor:
    return make_actor(make_organisation(OrganisationKind.OPERATOR), PostRole.ADMIN)


def enter_2027(keeper: Actor, text: str = NEW_YEAR) -> None:
    with enter(keeper.scope):
        calendars.enter_year(2027, read(text, 2027)[0], SOURCE, keeper)


def test_changed_day_moves_the_clocks_that_pass_it(dossier: Dossier, keeper: Actor) -> None:
    clock = dossier.start(dt.date(2026, 3, 2), "test_calendar")
    elsewhere = dossier.start(dt.date(2026, 4, 13), "test_calendar", title="不受影响")
    with system():
        first = Clock.objects.get(pk=clock.pk)
        assert (first.finished_at is not None, elsewhere.due_on) == (True, dt.date(2026, 4, 20))
    with enter(keeper.scope):
        calendars.change_day(dt.date(2026, 4, 15), False, "测试节", SOURCE, keeper)
    outbox.deliver_all()
    assert again(elsewhere).due_on == dt.date(2026, 4, 21)
    assert again(clock).due_on == first.due_on


def test_recount_is_recorded_in_the_case_and_told_once(dossier: Dossier, keeper: Actor) -> None:
    clock = dossier.start(dt.date(2026, 4, 13), "test_calendar")
    with enter(keeper.scope):
        day = dt.date(2026, 4, 15)
        found = calendars.moves(calendars.with_days(deadlines.calendar(), {day: (False, "")}), [day])
        assert [(move.before, move.after) for move in found] == [(dt.date(2026, 4, 20), dt.date(2026, 4, 21))]
        calendars.change_day(day, False, "测试节", SOURCE, keeper)
    outbox.deliver_all()
    outbox.deliver_all()
    with of_organisation(dossier.city.organisation.pk):
        (event,) = ledger.history(dossier.filing.dossier).filter(name="recount")
        assert (event.before, event.after, event.basis) == ("2026-04-20", "2026-04-21", SOURCE)
    with system():
        (message,) = Message.objects.filter(organisation=dossier.lead.organisation)
        assert message.title == "工作日历调整，本单位1项期限有变化"
        assert "审查：由2026年4月20日改为2026年4月21日" in message.body
        why = {step["day"]: step["why"] for step in Clock.objects.get(pk=clock.pk).path}
        assert why["2026-04-15"] == "测试节放假"


def test_finished_clock_keeps_its_due_date(dossier: Dossier, keeper: Actor) -> None:
    clock = dossier.start(dt.date(2026, 4, 13), "test_calendar")
    clocks.finish(dossier.filing, dossier.event(dossier.lead, dt.date(2026, 4, 14)), "test_calendar")
    with enter(keeper.scope):
        calendars.change_day(dt.date(2026, 4, 15), False, "", SOURCE, keeper)
    outbox.deliver_all()
    assert again(clock).due_on == dt.date(2026, 4, 20)


def test_year_that_is_entered_counts_exactly_as_its_lines_say(dossier: Dossier, keeper: Actor) -> None:
    clock = dossier.start(dt.date(2026, 12, 30), "test_calendar")
    assert (clock.due_on, clock.provisional) == (dt.date(2027, 1, 7), [2027])
    enter_2027(keeper)
    outbox.deliver_all()
    counted = again(clock)
    # 31 December, 5, 6, 7, 8 January: the 4th is off.
    assert (counted.due_on, counted.provisional) == (dt.date(2027, 1, 8), [])
    with system():
        table = deadlines.calendar()
        assert (table.is_workday(dt.date(2027, 1, 9)), table.is_workday(dt.date(2027, 5, 3))) == (True, True)
        assert table.is_workday(dt.date(2027, 10, 1)) is True  # not among the lines, though fixed by law
        assert CalendarYear.objects.get(year=2027).source == SOURCE


def test_year_entered_again_replaces_what_was_entered(keeper: Actor) -> None:
    enter_2027(keeper)
    enter_2027(keeper, "2027-01-01，休，元旦")
    with system():
        assert list(CalendarDay.objects.values_list("day", flat=True)) == [dt.date(2027, 1, 1)]


def test_shipped_year_entered_as_it_is_needs_hardly_an_entry(keeper: Actor) -> None:
    text = "\n".join(["2026-01-01 至 2026-01-03，休，元旦", "2026-01-04，班，元旦"])
    entries = calendars.entries_of_year(2026, read(text, 2026)[0])
    assert dt.date(2026, 1, 1) not in entries
    assert entries[dt.date(2026, 10, 1)] == (True, "")  # the notice that was pasted does not name it


def test_day_as_it_is_already_is_refused(keeper: Actor) -> None:
    with enter(keeper.scope), pytest.raises(Refused, match="已经是"):
        calendars.change_day(dt.date(2026, 10, 1), False, "", SOURCE, keeper)


@pytest.mark.parametrize(
    ("kind", "role"), [(OrganisationKind.OPERATOR, PostRole.AUDITOR), (OrganisationKind.LEAD, PostRole.ADMIN)]
)
def test_others_do_not_change_the_calendar(kind: str, role: str) -> None:
    actor = make_actor(make_organisation(kind), role)
    with enter(actor.scope), pytest.raises(Refused, match="管理员"):
        calendars.change_day(dt.date(2026, 4, 15), False, "", SOURCE, actor)


def test_database_keeps_the_calendar_from_other_offices() -> None:
    city = make_actor()
    with enter(city.scope), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        CalendarDay.objects.create(day=dt.date(2026, 4, 15), is_workday=False, note="x")


@pytest.mark.parametrize(
    ("today", "years"),
    [(dt.date(2026, 9, 30), []), (dt.date(2026, 10, 1), [2027]), (dt.date(2027, 1, 1), [2027])],
)
def test_missing_year_is_warned_of_from_october_on(today: dt.date, years: list[int]) -> None:
    with system():
        assert calendars.unknown_years(today) == years


def test_clock_that_reaches_into_an_unknown_year_is_warned_of(dossier: Dossier, keeper: Actor) -> None:
    dossier.start(dt.date(2026, 12, 30), "test_calendar")
    for actor in (keeper, dossier.lead):
        with enter(actor.scope):
            (line,) = calendars.warnings(dt.date(2026, 3, 1))
            assert line.startswith("2027年的工作日历还没有录入。已有 1 项在办期限")
    enter_2027(keeper)
    outbox.deliver_all()
    with enter(keeper.scope):
        assert calendars.warnings(dt.date(2026, 3, 1)) == []
