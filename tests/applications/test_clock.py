"""The clock of a filing: how many working days have passed, and in words how the due date was counted."""

from __future__ import annotations

import datetime as dt

import pytest

from applications.dossier import clock
from workflow.deadlines import due, passed

pytestmark = pytest.mark.django_db
BEFORE_NATIONAL_DAY = dt.date(2026, 9, 30)


def test_nothing_is_due_without_a_date() -> None:
    assert clock(None, BEFORE_NATIONAL_DAY) is None


def test_start_unknown_leaves_the_due_date_alone() -> None:
    shown = clock(dt.date(2026, 10, 8))
    assert shown is not None
    assert (shown["total"], shown["explain"]) == (0, [])


@pytest.mark.parametrize(
    ("until", "days"),
    [(dt.date(2026, 9, 29), 0), (BEFORE_NATIONAL_DAY, 0), (dt.date(2026, 10, 7), 0), (dt.date(2026, 10, 8), 1)],
)
def test_holidays_do_not_pass_as_working_days(until: dt.date, days: int) -> None:
    assert passed(BEFORE_NATIONAL_DAY, until) == days


def test_clock_explains_the_days_that_do_not_count() -> None:
    until = due(3, BEFORE_NATIONAL_DAY).date
    shown = clock(until, BEFORE_NATIONAL_DAY)
    assert until == dt.date(2026, 10, 10)  # a Saturday on which everybody works
    assert shown is not None
    assert shown["total"] == 3
    start, left_out, holidays = shown["explain"]
    assert start == "2026年9月30日的次日为第 1 日，共 3 个工作日，到2026年10月10日止。"
    assert left_out == "其间有 7 个休息日和节假日，不计入期限。"
    assert holidays.startswith("节假日：10月1日（国庆节放假）、")


def test_clock_reaches_into_a_year_without_a_calendar() -> None:
    start = dt.date(2026, 12, 30)
    shown = clock(due(2, start).date, start)
    assert shown is not None
    assert (shown["due"], shown["total"]) == (dt.date(2027, 1, 4), 2)
