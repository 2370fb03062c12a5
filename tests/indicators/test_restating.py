"""A boundary changed: last year's figures are restated as a base, and what was found of that year stands (AMB-08)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from accounts.enums import PostRole
from accounts.scope import enter, system
from indicators import circular_content, gathering, queries_public, services
from indicators.enums import FigureLevel
from indicators.models import Assessment, Figure
from indicators.services import restating
from indicators.services.restating import restate
from notifications.enums import LegalEffect
from notifications.rendering.wording_circular import Year as WordedYear
from notifications.rendering.wording_circular import circular
from registry.services import redraw_park
from tests import factories
from tests.indicators.returns import YEAR, Year, begin
from tests.indicators.test_filling import browser
from tests.registry.test_dated import WIDER, Office
from workflow import outbox
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
GDP = "P.gdp"


@pytest.fixture
def year() -> Year:
    """The locked return of a park whose boundary was widened in the year after."""
    office = Office()
    listed = factories.make_paper(
        office.organisation, confers=LegalEffect.CREATING, issued_on=dt.date(YEAR - 3, 1, 31), year=YEAR - 3
    )
    park = factories.make_park(paper=listed)
    made = begin(subject=park.slug).fill().hand_in().verify_all()
    made.act("lock", "stat")
    paper = office.paper(park, f"{YEAR + 1}-02-01")
    with enter(office.actor.scope):
        redraw_park(
            park, geojson=WIDER, area_km2=Decimal(19), four_sides={}, **office.under(paper, since=paper.issued_on)
        )
    with system():
        outbox.deliver_all()
    return made


def known(year: Year, of: int) -> str | None:
    """Last year's GDP as the facts of a year have it."""
    with system():
        return gathering._vintages([year.report.subject], of)[year.report.subject][GDP, YEAR].value


def test_restated_base_serves_the_next_year_alone(year: Year) -> None:
    stat = year.actor("stat", PostRole.SIGNER)
    shown = [Assessment(subject=year.report.subject, name="示例园")]
    since = dt.date(YEAR + 1, 2, 1)
    with system():
        assert circular_content.redrawn(YEAR, shown) == []
        assert circular_content.redrawn(YEAR + 1, shown) == [("示例园", since, False)]
        assert Task.objects.get(kind=restating.TASK).organisation == stat.organisation
        values = {code: figure.value or "" for code, figure in restating.stated(year.report).items()}
    with enter(stat.scope):
        with pytest.raises(Refused, match="还没有重报"):
            restate(year.report, {GDP: "140"}, "批复", stat)
        with pytest.raises(Refused, match="依据"):
            restate(year.report, values, " ", stat)
        restate(year.report, {**values, GDP: "140"}, "按批复附图重新汇总", stat)
    assert (known(year, YEAR), known(year, YEAR + 1)) == ("100", "140")
    with system():
        told = circular_content.redrawn(YEAR + 1, shown)
    annexes = circular("省科技厅", WordedYear(YEAR + 1, [], creating_rows=[["1"]], redrawn=told), summary=[], duties=[])
    assert f"示例园的范围自{YEAR + 1}年2月1日起调整，增长类指标的基期数据（{YEAR}年度）已按调整后的范围重报" in str(
        annexes
    )
    with system():
        assert Task.objects.get(kind=restating.TASK).done_at is not None
        vintages = Figure.objects.filter(report=year.report, code=GDP).order_by("vintage")
        assert [(row.level, row.value) for row in vintages][-2:] == [("verified", "100"), ("restated", "140")]
    with enter(stat.scope):
        services.correct(year.report, GDP, "101", "原数有误", stat)
    assert (known(year, YEAR), known(year, YEAR + 1)) == ("101", "140")
    with system():
        assert Figure.objects.filter(report=year.report, level=FigureLevel.RESTATED, code=GDP).count() == 1


def test_page_shows_both_vintages_and_only_the_statistics_office_restates(year: Year) -> None:
    address = f"/figures/{year.report.pk}/restate/"
    stat = browser(year, "stat", PostRole.SIGNER)
    with system():
        codes = list(restating.stated(year.report))
    assert "确认重报" in stat.get(address).content.decode()
    assert address in stat.get(f"/figures/{year.report.pk}/").content.decode()
    sent = {**dict.fromkeys(codes, "100"), GDP: "12a"}
    refused = stat.post(address, {**sent, "reason": "批复"})
    assert refused.status_code == 422
    assert 'value="12a"' in refused.content.decode()
    assert stat.post(address, {**sent, GDP: "123.4", "reason": "批复"}).status_code == 302
    city: Client = browser(year, "city")
    page = city.get(address).content.decode()
    assert "123.4" in page
    assert "确认重报" not in page
    assert city.post(address, {**sent, "reason": "批复"}).status_code == 422
    assert browser(year, "neighbour").get(address).status_code == 404
    assert known(year, YEAR + 1) == "123.4"


def test_ranking_names_the_parks_whose_boundary_changed_in_its_year(year: Year) -> None:
    slug = year.report.subject
    with system():
        assert queries_public.redrawn([slug], YEAR + 1) == {slug: dt.date(YEAR + 1, 2, 1)}
        assert [queries_public.redrawn([slug], at) for at in (YEAR - 3, YEAR, YEAR + 2)] == [{}, {}, {}]
