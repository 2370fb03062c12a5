"""Due dates of the portal: the shipped calendar, its editable entries, and a year that is not announced yet."""

import datetime as dt
from collections.abc import Iterator

import pytest

from accounts.scope import system
from workflow.deadlines import calendar, due, light, provisional_years, soon_until
from workflow.models import CalendarDay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_system() -> Iterator[None]:
    with system():
        yield


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
        (dt.date(2026, 9, 29), "late"),
        (dt.date(2026, 9, 30), "soon"),
        (dt.date(2026, 10, 10), "soon"),  # 8, 9 and 10 October are the next three working days
        (dt.date(2026, 10, 11), "soon"),
        (dt.date(2026, 10, 12), "ok"),
    ],
)
def test_light_counts_working_days(due_on: dt.date, state: str) -> None:
    today = dt.date(2026, 9, 30)
    assert light(due_on, today) == state
    assert (due_on <= soon_until(today)) is (state != "ok")


def test_path_through_an_unknown_year_says_so() -> None:
    steps = due(3, dt.date(2026, 12, 30)).path
    assert provisional_years([step.day for step in steps], calendar()) == [2027]
    assert [step.why for step in steps if step.day == dt.date(2027, 1, 1)] == ["法定节假日"]
