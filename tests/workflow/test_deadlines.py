"""Due dates of the portal: the shipped calendar, its editable entries, and a year that is not announced yet."""

import datetime as dt

import pytest

from workflow.deadlines import due, light
from workflow.models import CalendarDay

pytestmark = pytest.mark.django_db


def test_due_before_spring_festival_of_2013() -> None:
    assert due(5, dt.date(2013, 2, 7)).date == dt.date(2013, 2, 19)


def test_due_follows_an_entry_of_the_table() -> None:
    CalendarDay.objects.create(day=dt.date(2013, 2, 19), is_workday=False, note="测试")
    assert due(5, dt.date(2013, 2, 7)).date == dt.date(2013, 2, 20)


def test_due_in_a_year_without_notice_skips_fixed_holidays_and_weekends() -> None:
    # 2027-01-01 is a Friday and 元旦 whatever the notice will say.
    assert due(1, dt.date(2026, 12, 31)).date == dt.date(2027, 1, 4)


def test_due_in_a_year_without_notice_follows_entries_once_they_are_made() -> None:
    CalendarDay.objects.create(day=dt.date(2027, 1, 4), is_workday=False, note="测试")
    assert due(1, dt.date(2026, 12, 31)).date == dt.date(2027, 1, 5)


@pytest.mark.parametrize(
    ("due_on", "state"),
    [
        (dt.date(2026, 11, 21), "late"),
        (dt.date(2026, 11, 22), "soon"),
        (dt.date(2026, 11, 25), "soon"),
        (dt.date(2026, 11, 26), "ok"),
    ],
)
def test_light_of_a_due_date(due_on: dt.date, state: str) -> None:
    assert light(due_on, dt.date(2026, 11, 22)) == state
