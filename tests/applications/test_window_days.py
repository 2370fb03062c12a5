"""What 省科技厅 is told of the days of an application window before it is recorded."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from accounts.enums import OrganisationKind
from accounts.scope import enter, system
from applications import window_days
from applications.models import PlaceOpening
from applications.services import place_openings
from tests.places import an_office
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
ADDRESS = "/applications/place/openings/"
BEFORE = dt.date(2026, 9, 1)
NOON = dt.datetime(2026, 9, 1, 4, tzinfo=dt.UTC)


def test_days_of_a_window_are_told_by_the_working_calendar() -> None:
    found = window_days.days_of(dt.date(2026, 9, 28), dt.date(2026, 10, 12))
    assert (found.worked, found.weekends) == (7, 1)
    assert found.off == "周末1天；2026年10月1日至2026年10月7日国庆节放假"
    assert window_days.days_of(dt.date(2026, 9, 7), dt.date(2026, 9, 11)) == window_days.WindowDays(5, 0, ())


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (dt.date(2026, 9, 7), dt.date(2026, 9, 18), []),
        (dt.date(2026, 8, 3), dt.date(2026, 8, 31), ["截止日期已经过去"]),
        (dt.date(2026, 8, 31), dt.date(2026, 9, 30), ["开始日期已经过去"]),
        (dt.date(2026, 9, 7), dt.date(2026, 9, 17), ["只有9个工作日"]),
        (dt.date(2026, 9, 5), dt.date(2026, 9, 24), ["开始日期2026年9月5日不是工作日（周六）"]),
        (dt.date(2026, 9, 7), dt.date(2026, 10, 3), ["截止日期2026年10月3日不是工作日（国庆节放假）"]),
        (dt.date(2026, 12, 1), dt.date(2027, 1, 4), ["2027年的节假日安排还没有录入"]),
    ],
)
def test_days_that_hardly_serve_are_named(since: dt.date, until: dt.date, told: list[str]) -> None:
    found = window_days.cautions(since, until, BEFORE)
    assert len(found) == len(told)
    assert all(words in text for words, text in zip(told, found, strict=True))


@time_machine.travel(NOON)
def test_window_of_closed_days_is_recorded_after_a_second_look_alone() -> None:
    lead = an_office(OrganisationKind.LEAD)
    client = Client()
    client.force_login(lead.signer.person)
    told = {"since": "2026-10-01", "until": "2026-10-05", "citation": "示例：浙科函〔2026〕9号"}
    with enter(lead.signer.scope), pytest.raises(Refused, match="不是工作日"):
        place_openings.record(dt.date(2026, 10, 1), dt.date(2026, 10, 5), "示例", lead.signer)
    page = client.post(ADDRESS, told)
    shown = page.content.decode()
    assert (page.status_code, "共有0个工作日" in shown, "国庆节放假" in shown) == (422, True, True)
    with system():
        assert not PlaceOpening.objects.exists()
    assert client.post(ADDRESS, {**told, "checked": "on"}).status_code == 302
    listed = client.get(ADDRESS).content.decode()
    assert "不上班：2026年10月1日至2026年10月5日国庆节放假" in listed
    endless = client.post(ADDRESS, {**told, "until": "2999-01-01", "checked": "on"})
    assert (endless.status_code, "不能长于三年" in endless.content.decode()) == (422, True)
