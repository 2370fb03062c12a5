"""Working days: golden dates, the path that explains them, and laws that hold for any period."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workflow.workdays import (
    CalendarEnds,
    DayKind,
    StateCalendar,
    Unusable,
    add_workdays,
    workdays_between,
)

STARTS = st.dates(date(2005, 1, 1), date(2024, 12, 31))
COUNTS = st.integers(0, 80)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2013, 2, 7), 5, date(2013, 2, 19)),
        (date(2012, 9, 28), 5, date(2012, 10, 11)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
        (date(2012, 9, 28), 1, date(2012, 9, 29)),
    ],
)
def test_due_date_over_long_holidays(start: date, days: int, due: date) -> None:
    assert add_workdays(start, days).date == due


def test_due_date_of_zero_days_is_the_day_itself_even_on_a_sunday() -> None:
    sunday = date(2013, 2, 24)
    assert add_workdays(sunday, 0).date == sunday
    assert add_workdays(sunday, 0).path == ()


def test_path_names_each_day_and_its_reason() -> None:
    path = add_workdays(date(2013, 2, 8), 1).path
    assert [(step.day.day, step.counted, step.why) for step in path] == [
        (9, False, "春节放假"),
        (10, False, "春节放假"),
        (11, False, "春节放假"),
        (12, False, "春节放假"),
        (13, False, "春节放假"),
        (14, False, "春节放假"),
        (15, False, "春节放假"),
        (16, True, "春节调休上班"),
    ]


def test_path_tells_plain_weekends_apart() -> None:
    path = add_workdays(date(2013, 3, 1), 1).path
    assert [(step.day.day, step.why) for step in path] == [(2, "周六"), (3, "周日"), (4, "工作日")]


def test_pause_days_do_not_count_and_both_ends_belong_to_it() -> None:
    due = add_workdays(date(2013, 3, 4), 3, pauses=[(date(2013, 3, 6), date(2013, 3, 7))])
    assert due.date == date(2013, 3, 11)
    assert [step.day.day for step in due.path if step.why == "暂停计时"] == [6, 7]


def test_pauses_that_overlap_stop_a_day_once() -> None:
    pause = (date(2013, 3, 6), date(2013, 3, 7))
    once = add_workdays(date(2013, 3, 4), 3, pauses=[pause])
    assert add_workdays(date(2013, 3, 4), 3, pauses=[pause, pause]) == once


@pytest.mark.parametrize("days", [-1, True, 1.5])
def test_days_that_are_no_count_are_refused(days: object) -> None:
    with pytest.raises(Unusable):
        add_workdays(date(2013, 3, 4), days)  # type: ignore[arg-type]


def test_pause_reversed_is_refused() -> None:
    with pytest.raises(Unusable, match="早于"):
        add_workdays(date(2013, 3, 4), 3, pauses=[(date(2013, 3, 7), date(2013, 3, 6))])


def test_calendar_that_does_not_reach_names_the_year() -> None:
    with pytest.raises(CalendarEnds) as refusal:
        add_workdays(date(2026, 12, 30), 5)
    assert refusal.value.year == 2027
    assert "2027" in str(refusal.value)


def test_calendar_before_its_first_year_is_refused() -> None:
    with pytest.raises(CalendarEnds) as refusal:
        workdays_between(date(2003, 12, 25), date(2004, 1, 9))
    assert refusal.value.year == 2003


def test_last_day_of_time_is_refused_rather_than_a_crash() -> None:
    with pytest.raises(CalendarEnds):
        add_workdays(date.max, 1, StateCalendar(years=frozenset({9999})))


def test_override_decides_single_days() -> None:
    table = StateCalendar({date(2013, 3, 5): DayKind.HOLIDAY, date(2013, 3, 9): "workday"})
    due = add_workdays(date(2013, 3, 4), 4, table)
    assert due.date == date(2013, 3, 9)
    assert [due.path[0].why, due.path[-1].why] == ["日历表：放假", "日历表：工作日"]


def test_year_entered_in_full_extends_the_calendar() -> None:
    table = StateCalendar({date(2027, 1, 1): DayKind.HOLIDAY}, years=frozenset({2027}))
    assert add_workdays(date(2026, 12, 31), 1, table).date == date(2027, 1, 4)


def test_datetime_counts_like_its_date() -> None:
    table = StateCalendar({date(2013, 3, 5): DayKind.HOLIDAY})
    assert add_workdays(datetime(2013, 3, 4, 17, 30), 1, table).date == date(2013, 3, 6)


def test_overdue_days_are_negative() -> None:
    assert workdays_between(date(2013, 3, 8), date(2013, 3, 4)) == -4


@given(STARTS, COUNTS)
def test_counting_back_gives_the_days_asked_for(start: date, n: int) -> None:
    due = add_workdays(start, n)
    assert workdays_between(start, due.date) == n
    assert due.counted == n


@given(STARTS, st.integers(1, 80))
def test_due_date_is_a_workday_and_grows_with_the_days(start: date, n: int) -> None:
    due = add_workdays(start, n).date
    assert StateCalendar().is_workday(due)
    assert due > add_workdays(start, n - 1).date


@given(STARTS, st.integers(0, 30), COUNTS)
def test_due_date_never_moves_back_when_the_start_moves_on(start: date, later: int, n: int) -> None:
    assert add_workdays(start + timedelta(days=later), n).date >= add_workdays(start, n).date


@given(STARTS, st.integers(1, 60), st.integers(1, 20), st.integers(0, 15))
def test_pause_inside_the_period_gives_its_workdays_back(start: date, n: int, offset: int, length: int) -> None:
    plain = add_workdays(start, n).date
    first = start + timedelta(days=offset)
    assume(first <= plain)
    last = first + timedelta(days=length)
    lost = workdays_between(first - timedelta(days=1), last)
    paused = add_workdays(start, n, pauses=[(first, last)]).date
    within = workdays_between(first - timedelta(days=1), min(last, plain))
    assert paused == add_workdays(plain, within, pauses=[(first, last)]).date
    assert paused >= plain
    assert (paused > plain) == (lost > 0 and within > 0)


@given(STARTS, st.integers(1, 60), st.integers(1, 30))
def test_pause_after_the_due_date_changes_nothing(start: date, n: int, offset: int) -> None:
    due = add_workdays(start, n)
    pause = (due.date + timedelta(days=offset), due.date + timedelta(days=offset + 5))
    assert add_workdays(start, n, pauses=[pause]) == due
