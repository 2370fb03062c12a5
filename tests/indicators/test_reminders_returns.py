"""A yearly return is asked for when it opens, before it is due and twice afterwards, by all who work on it (N5, N6)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from accounts.scope import enter, system
from indicators import periods_returns
from indicators.enums import VerificationOutcome
from indicators.periods_returns import reminded_twice
from indicators.services import rulings
from notifications.models import Message
from tests.indicators.returns import YEAR, Year, begin
from workflow import instants, ledger, outbox, reminders
from workflow.machine import Refused
from workflow.models import Clock, Task

pytestmark = pytest.mark.django_db
Day = Callable[[int, int], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Day:
    """Set the day of the year in which the return is due."""

    def turn(month: int, day: int) -> None:
        monkeypatch.setattr(instants, "today", lambda: dt.date(YEAR + 1, month, day))
        noon = dt.datetime(YEAR + 1, month, day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
        monkeypatch.setattr(instants, "now", lambda: noon)

    return turn


def told(year: Year) -> Counter[str]:
    """How many messages each office has."""
    with system():
        outbox.deliver_all()
        names = {office.pk: name for name, office in year.offices.items()}
        return Counter(names[pk] for pk in Message.objects.values_list("organisation_id", flat=True))


def history(year: Year, office: str) -> list[str]:
    """The names of the events that an office sees."""
    with enter(year.actor(office).scope):
        return [event.name for event in ledger.history(year.report.dossier)]


def test_return_that_does_not_come_is_asked_for_twice_and_stands_as_omitted(on: Day) -> None:
    on(1, 1)
    year = begin()
    assert told(year) == {"committee": 1, "county": 1, "city": 1}
    with system():
        assert Clock.objects.get().due_on == dt.date(YEAR + 1, 3, 31)
    on(3, 16)
    assert reminders.sweep() == 0
    on(3, 17)
    assert [reminders.sweep(), reminders.sweep()] == [1, 0]
    assert told(year) == {"committee": 2, "county": 2, "city": 2}
    on(4, 1)
    assert [reminders.sweep(), reminders.sweep()] == [1, 0]
    assert told(year) == {"committee": 3, "county": 3, "city": 3, "lead": 1}
    on(4, 16)
    assert reminders.sweep() == 0
    on(4, 17)
    assert [reminders.sweep(), reminders.sweep()] == [1, 0]
    assert told(year) == {"committee": 4, "county": 4, "city": 4, "lead": 2}
    seen = ["open", "reminder", "overdue", "overdue", "reminded_twice"]
    assert {office: history(year, office) for office in ("committee", "county", "city", "lead", "neighbour")} == {
        **dict.fromkeys(("committee", "county", "city", "lead"), seen),
        "neighbour": [],
    }
    with enter(year.actor("lead").scope):
        assert reminded_twice(year.report) == (dt.date(YEAR + 1, 4, 1), dt.date(YEAR + 1, 4, 17))


def test_return_handed_in_is_asked_for_no_more_and_sent_back_late_not_again(on: Day) -> None:
    on(1, 1)
    year = begin(county=False).fill()
    on(4, 1)
    assert reminders.sweep() == 1
    year.hand_in()
    on(5, 20)
    assert reminders.sweep() == 0
    year.act("reopen", "stat", "signer", "示例：漏报")
    assert reminders.sweep() == 0
    assert "reminded_twice" not in history(year, "city")


def test_return_opened_long_after_its_day_has_a_term_of_its_own(on: Day) -> None:
    on(11, 20)
    year = begin()
    # Twenty working days after 20 November; not 31 March, which is over.
    assert year.report.due_on == dt.date(YEAR + 1, 11, 20) + dt.timedelta(days=28)
    assert told(year) == {"committee": 1, "county": 1, "city": 1}
    assert reminders.sweep() == 0
    on(12, 20)
    assert [reminders.sweep(), reminders.sweep()] == [1, 0]


def test_return_asked_for_without_a_period_gets_one_and_is_reminded_of(on: Day) -> None:
    on(1, 1)
    year = begin()
    with system():
        Task.objects.update(clock=None)
        Clock.objects.all().delete()
        assert periods_returns.begin_missing() == [year.report]
        assert periods_returns.begin_missing() == []
        assert Clock.objects.get().due_on == dt.date(YEAR + 1, 3, 31)
    on(4, 1)
    assert reminders.sweep() == 1


def test_ruling_on_an_omission_without_recorded_reminders_asks_for_their_days(on: Day) -> None:
    on(3, 1)
    year = begin()
    lead = year.actor("lead")
    with enter(lead.scope), pytest.raises(Refused, match="请填写两次催报的日期"):
        rulings.draft_on_omission(year.report.subject, YEAR, None, "示例", lead)


def test_difference_with_a_departments_figure_is_told_once_to_those_who_have_it_settled() -> None:
    year = begin(county=False).fill().hand_in()
    before = told(year)
    for _ in range(2):
        year.verify("P.gdp", VerificationOutcome.OWN, own="150", source="年报", reason="示例")
    assert told(year) - before == {"lead": 1, "stat": 1}
    assert history(year, "city").count("conflict") == 1
