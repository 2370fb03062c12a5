"""C-V.3a of places: published with the year, listed before, and told to whom it concerns (U9, N22)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import scope_of
from accounts.enums import GrantLevel
from accounts.scope import enter, system
from indicators.enums import FigureLevel, SubjectKind
from indicators.models import Figure, Return
from indicators.services import fiscal, fiscal_reminding
from indicators.services.asking import open_to
from notifications.models import Message
from policy.outcomes import Outcome
from tests.indicators.cities import YEAR, Cities, released_cities
from tests.indicators.released import client_of
from workflow import outbox

pytestmark = pytest.mark.django_db
PAGE = reverse("indicators:fiscal", args=[YEAR])


@pytest.fixture
def scene() -> Cities:
    """Spending grew by 12, 11 and 10 per cent in the cities, by 11 and 10 in the counties; revenue by 10 everywhere."""
    return released_cities()


def test_published_findings_tell_the_difference_exactly(scene: Cities) -> None:
    with enter(scope_of(None)):
        found = fiscal.fiscal_findings(YEAR)
        assert fiscal.fiscal_findings(YEAR - 1) == []
    assert [(one.place, one.outcome, one.observed, one.own_shown, one.other_shown) for one in found] == [
        ("339701", Outcome.MET, "2", "+12.00", "+10.00"),
        ("339702", Outcome.MET, "1", "+11.00", "+10.00"),
        ("339703", Outcome.NOT_MET, "0", "+10.00", "+10.00"),
        ("339711", Outcome.MET, "1", "+11.00", "+10.00"),
        ("339712", Outcome.NOT_MET, "0", "+10.00", "+10.00"),
    ]
    response = Client().get(PAGE)
    assert [row["one"].place for row in response.context["missed"]] == ["339703", "339712"]
    assert [row["city"] for row in response.context["missed"]] == ["", "示例甲市"]
    assert reverse("rankings:subject", args=["cities", YEAR, "339703"]) in response.content.decode()
    assert Client().get(reverse("indicators:fiscal", args=[YEAR - 1])).status_code == 404
    assert Client().get(reverse("indicators:fiscal_latest"))["Location"] == PAGE


def test_list_before_release_follows_the_figures_and_is_the_offices_own(scene: Cities) -> None:
    address = reverse("indicators:fiscal_list") + f"?year={YEAR}"
    with system():
        for report in Return.objects.filter(kind=SubjectKind.CITY).select_related("tenant"):
            open_to(report, scene.world.offices["lead"], GrantLevel.READ, report.tenant)
    page = client_of(scene.world.actor("lead")).get(address)
    assert [row["one"].place for row in page.context["missed"]] == ["339703", "339712"]
    assert client_of(scene.world.actor("city")).get(address).status_code == 404
    with system():
        before = Figure.objects.get(subject="339703", code=fiscal.SPENDING, year=YEAR)
        Figure.follow(before.report, before.code, before, level=FigureLevel.CORRECTED, value="111").save()
        now = {one.place: one for one in fiscal.fiscal_list(YEAR)}
        assert (now["339703"].outcome, now["339703"].observed) == (Outcome.MET, "1")
        assert [one.outcome for one in fiscal.fiscal_list(YEAR - 1)] == [Outcome.NOT_ASSESSABLE] * 5


def test_government_is_told_of_its_gap_once_and_the_office_of_the_list_on_30_june(scene: Cities) -> None:
    with system():
        early, due = dt.date(YEAR + 1, 6, 29), dt.date(YEAR + 1, 6, 30)
        assert [fiscal_reminding.remind(day) for day in (early, early, due, due)] == [2, 0, 1, 0]
        while outbox.deliver_all():
            pass
        rows = Message.objects.filter(title__contains="财政科技经费增幅")
        told = {(row.organisation.name, row.title) for row in rows.select_related("organisation")}
    assert ("示例丙市人民政府", f"示例丙市{YEAR}年度财政科技经费增幅没有达到要求") in told
    assert ("省科技厅", f"{YEAR}年度财政科技经费增幅：5个地方中2个未达到") in told
    assert not [name for name, _title in told if name == "示例甲市人民政府"]
