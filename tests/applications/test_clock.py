"""The clocks on a filing's pages: of its formal part or its case, constant in queries, with words where none runs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.actors import Actor
from accounts.scope import enter, system
from applications import dossier, periods
from applications.models import Filing
from tests.factories import make_actor, make_filing
from workflow import instants, ledger
from workflow.clock_face import plain, shown
from workflow.clocks import start

pytestmark = pytest.mark.django_db
BEFORE_NATIONAL_DAY = dt.date(2026, 9, 30)


def started(city: Actor, day: dt.date | None = None, **more: Any) -> Filing:
    """A filing whose routing is due."""
    filing = make_filing(city)
    with enter(city.scope):
        event = ledger.append(filing, "test", "测试", city, dossier=filing.dossier)
        words = {"organisation": city.organisation, "address": "/", "title": "交办", "since": day} | more
        start(periods.ROUTING, filing, event, **words)
    return filing


def test_nothing_is_due_without_a_date() -> None:
    assert plain(None) is None


def test_due_date_without_a_clock_has_its_light() -> None:
    with system():
        face = plain(instants.today())
    assert face is not None
    assert (face["state"], face["text"], face["total"]) == ("soon", "今天到期", 0)


def test_clock_explains_the_days_that_do_not_count() -> None:
    city = make_actor()
    filing = started(city, BEFORE_NATIONAL_DAY, days=3)
    with enter(city.scope):
        face = dossier.clock_of(filing)
    assert face is not None
    assert (face["due"], face["total"]) == (dt.date(2026, 10, 10), 3)
    start_line, left_out, holidays, made_up = face["explain"]
    assert start_line == "2026年9月30日的次日为第 1 日，共 3 个工作日，到2026年10月10日24时止。"
    assert left_out == "其间有 7 个休息日、节假日和暂停日，不计入期限。"
    assert holidays.startswith("节假日：10月1日（国庆节放假）、")
    assert made_up == "调休上班，计入期限：10月10日（国庆节调休上班）。"


def test_clock_into_a_year_without_a_calendar_says_so() -> None:
    city = make_actor()
    filing = started(city, dt.date(2026, 12, 30), days=2)
    with enter(city.scope):
        face = dossier.clock_of(filing)
    assert face is not None
    assert face["due"] == dt.date(2027, 1, 4)
    assert face["explain"][-1].startswith("2027年的节假日安排尚未录入")


def test_used_days_count_to_today() -> None:
    city = make_actor()
    filing = started(city, instants.today(), days=10)
    with enter(city.scope):
        clock = periods.clocks.running(filing, periods.ROUTING)
        assert clock is not None
        face = shown(clock)
    assert (face["used"], face["total"], face["state"]) == (0, 10, "ok")


@pytest.mark.parametrize("count", [1, 30])
def test_faces_of_many_filings_take_four_queries(count: int, django_assert_num_queries: Any) -> None:
    city = make_actor()
    filings = [started(city) for _n in range(count)]
    with enter(city.scope), django_assert_num_queries(4):
        faces = dossier.clocks_of(filings)
        assert all(faces(filing.dossier) for filing in filings)


def test_stopped_clock_says_how_much_is_used_and_has_no_due_date() -> None:
    city = make_actor()
    filing = make_filing(city)
    with enter(city.scope):
        event = ledger.append(filing, "test", "测试", city, dossier=filing.dossier)
        start(periods.FORMAL_CHECK, filing, event, organisation=city.organisation, address="/", title="审查")
        periods.clocks.stop(filing.dossier, "supplement", event)
        face = dossier.clock_of(filing)
    assert face is not None
    assert (face["state"], face["due"], face["text"]) == ("paused", None, "暂停计时，已用 0 / 5 个工作日")
    assert face["explain"][1].startswith("因补正，自")


def test_day_of_the_supplement_stays_on_the_filing_while_the_check_stands_still() -> None:
    city = make_actor()
    filing = make_filing(city)
    with enter(city.scope):
        event = ledger.append(filing, "test", "测试", city, dossier=filing.dossier)
        words: dict[str, Any] = {"organisation": city.organisation, "address": "/", "title": "审查"}
        check = start(periods.FORMAL_CHECK, filing, event, **words)
        periods.clocks.stop(filing.dossier, "supplement", event)
        supplement = start(periods.SUPPLEMENT, filing, event, **words)
    with system():
        check.refresh_from_db()
        periods.follow(check)
        filing.refresh_from_db()
    assert filing.due_on == supplement.due_on
