"""The clock against a hand-made calendar of five years and a count of days that knows nothing of ours."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.deadlines import OfficeCalendar, due
from workflow.marks import mark_days

# A calendar made for this test alone: years far beyond every shipped one, with invented holidays and make-up days.
YEARS = range(2031, 2036)
HOLIDAYS = {
    dt.date(2031, 1, 1), *(dt.date(2031, 1, day) for day in range(22, 30)), dt.date(2031, 4, 4),
    *(dt.date(2031, 5, day) for day in range(1, 6)), *(dt.date(2031, 10, day) for day in range(1, 9)),
    dt.date(2032, 1, 1), dt.date(2032, 1, 2), *(dt.date(2032, 2, day) for day in range(10, 18)),
    dt.date(2032, 6, 14), *(dt.date(2032, 9, day) for day in range(30, 31)),
    *(dt.date(2032, 10, day) for day in range(1, 8)), dt.date(2033, 1, 3), dt.date(2033, 2, 1),
    *(dt.date(2033, 1, day) for day in range(30, 32)), *(dt.date(2033, 2, day) for day in range(1, 6)),
    dt.date(2034, 4, 5), *(dt.date(2034, 2, day) for day in range(18, 26)), dt.date(2034, 12, 29),
    *(dt.date(2035, 2, day) for day in range(7, 15)), *(dt.date(2035, 10, day) for day in range(1, 8)),
}  # fmt: skip
MAKE_UP = {
    dt.date(2031, 1, 19), dt.date(2031, 2, 2), dt.date(2031, 9, 27), dt.date(2031, 10, 11), dt.date(2032, 2, 8),
    dt.date(2032, 2, 21), dt.date(2033, 2, 6), dt.date(2034, 2, 26), dt.date(2035, 2, 4), dt.date(2035, 10, 13),
}  # fmt: skip
TABLE = OfficeCalendar(dict.fromkeys(HOLIDAYS, (False, "假")) | dict.fromkeys(MAKE_UP, (True, "班")), frozenset(YEARS))
days = st.dates(dt.date(2031, 1, 1), dt.date(2034, 12, 31))
pauses = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 25)), max_size=4)


def counted_naively(start: dt.date, length: int, spans: list[tuple[dt.date, dt.date]]) -> dt.date:
    """One day after the other, as one counts on a wall calendar."""
    day = start
    while length > 0:
        day += dt.timedelta(days=1)
        if any(first <= day <= last for first, last in spans):
            continue
        is_weekend = day.isoweekday() in (6, 7)
        if day in MAKE_UP or (not is_weekend and day not in HOLIDAYS):
            length -= 1
    return day


@given(days, st.integers(0, 40), pauses)
@settings(max_examples=150, deadline=None)
def test_due_date_is_what_one_counts_by_hand(start: dt.date, length: int, given_pauses: list[tuple[int, int]]) -> None:
    spans = [
        (start + dt.timedelta(days=after), start + dt.timedelta(days=after + more)) for after, more in given_pauses
    ]
    reached = due(length, start, spans, TABLE)
    assert reached.date == counted_naively(start, length, spans)
    assert reached.counted == length
    looked_at = [step.day for step in reached.path]
    assert looked_at == [start + dt.timedelta(days=n + 1) for n in range((reached.date - start).days)]


@given(days, st.integers(1, 40), st.integers(0, 6))
@settings(max_examples=80, deadline=None)
def test_reminder_leaves_as_many_working_days_as_it_says(start: dt.date, length: int, mark: int) -> None:
    due_on = due(length, start, (), TABLE).date
    reminded = mark_days(due_on, (mark,), TABLE)[mark]
    assert counted_naively(reminded, mark, []) == due_on if mark else reminded == due_on
    assert TABLE.is_workday(reminded)


GOLDEN = {dt.date(2013, 2, 7): "2013-02-19", dt.date(2012, 9, 28): "2012-10-11", dt.date(2026, 9, 30): "2026-10-13"}


def test_five_working_days_across_the_holidays() -> None:
    table = OfficeCalendar()
    assert {day: due(5, day, (), table).date.isoformat() for day in GOLDEN} == GOLDEN
