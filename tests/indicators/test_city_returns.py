"""Cities and counties that take part in the second programme report their figures as the parks do (C.4)."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import DivisionLevel, OrganisationKind, PostRole
from accounts.models import Division
from accounts.scope import enter, system
from indicators import checking, queries, services, subjects, tables
from indicators.enums import RankingList, ReturnStatus, SubjectKind
from indicators.models import Return, VerifyingOffice
from registry.enums import CityTitleKind as Title
from registry.services import keep_title
from tests.factories import make_actor, make_organisation
from tests.indicators.released import client_of
from tests.indicators.returns import LABELS, YEAR, Year
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Year:
    """A county whose government works here and one whose does not, both pilots; the return is the former's."""
    with system():
        city_place = Division.objects.create(code="339900", name="示例市", level=DivisionLevel.PREFECTURE)
        own, other, idle = (
            Division.objects.create(code=f"33990{n}", name=f"示例{n}县", level=DivisionLevel.COUNTY, parent=city_place)
            for n in (1, 2, 3)
        )
        offices = {
            "city": make_organisation(division=city_place),
            "county": make_organisation(OrganisationKind.COUNTY_GOV, division=own),
            "lead": make_organisation(OrganisationKind.LEAD),
            "stat": make_organisation(OrganisationKind.DEPARTMENT, "省统计局"),
            "neighbour": make_organisation(),
        }
        people = {
            (name, str(role)): make_actor(office, role)
            for name, office in offices.items()
            for role in (PostRole.HANDLER, PostRole.SIGNER)
        }
        for label, office in zip(LABELS, ("stat", "lead"), strict=True):
            VerifyingOffice.objects.create(label=label, organisation=offices[office])
        held = {"held": True, "since": dt.date(YEAR - 1, 7, 1), "citation": "示例", "office": offices["lead"]}
        for place, title in ((city_place, Title.NATIONAL_PILOT), (own, Title.PILOT), (other, Title.PILOT)):
            keep_title(place, title, **held)
        keep_title(idle, Title.ST_STRONG, **held)
        reports = {report.subject: report for report in services.open_year(YEAR)}
        assert services.open_year(YEAR) == [], "opened once"
    assert {code: (report.kind, report.reporter) for code, report in reports.items()} == {
        "339900": (SubjectKind.CITY, None),
        "339901": (SubjectKind.CITY, offices["county"]),
        "339902": (SubjectKind.CITY, None),
    }
    return Year(reports["339901"], offices, people)


def test_county_reports_and_its_figures_become_those_of_the_ranking(scene: Year) -> None:
    offices = scene.offices
    offices["committee"] = offices["county"]
    for role in (PostRole.HANDLER, PostRole.SIGNER):
        scene.people["committee", str(role)] = scene.people["county", str(role)]
    scene.fill()
    page = client_of(scene.actor("committee")).get(scene.report.get_absolute_url()).content.decode()
    assert ("示例1县" in page, "本级财政科学技术支出" in page) == (True, True)
    assert client_of(scene.actor("neighbour")).get(scene.report.get_absolute_url()).status_code == 404
    scene.act("hand_up", "committee")
    scene.act("submit", "city")
    scene.verify_all()
    scene.act("lock", "stat")
    assert scene.report.status == ReturnStatus.LOCKED
    with system():
        [subject] = subjects.cities_of(YEAR)
    assert (subject.code, subject.list, subject.reporter) == ("339901", RankingList.COUNTY, offices["county"].pk)


def test_handler_puts_the_return_before_the_signer_who_hands_it_on(scene: Year) -> None:
    handler, signer = client_of(scene.actor("county")), client_of(scene.actor("county", PostRole.SIGNER))
    page, ask = scene.report.get_absolute_url(), f"{scene.report.get_absolute_url()}act/ask_to_sign/"
    scene.offices["committee"] = scene.offices["county"]
    for role in (PostRole.HANDLER, PostRole.SIGNER):
        scene.people["committee", str(role)] = scene.people["county", str(role)]
    early = handler.post(ask)
    assert (early.status_code, "项数据没有填写" in early.content.decode()) == (422, True)
    scene.fill()
    blank = len(tables.codes_of(SubjectKind.CITY)) - len(queries.needed(scene.report))
    assert f"空白 {blank} 项" in handler.get(page).content.decode()
    assert handler.post(ask).status_code == 302
    assert handler.post(ask).status_code == 422, "once is enough"
    assert client_of(scene.actor("city")).post(ask).status_code == 422
    assert f"签发并报送{YEAR}年度统计报表：示例1县" in signer.get("/desk/").content.decode()
    assert signer.post(f"{page}act/hand_to_city/").status_code == 302
    assert f"签发并报送{YEAR}年度统计报表" not in signer.get("/desk/").content.decode()


def test_city_returns_what_its_county_reports_and_never_rewrites_it(scene: Year) -> None:
    scene.write("C.gdp", "60", "county")
    with pytest.raises(Refused, match="只有填报单位的经办人可以填写"):
        scene.write("C.gdp", "61", "city")
    page = client_of(scene.actor("city")).get(scene.report.get_absolute_url()).content.decode()
    assert ('name="C.gdp-value"' in page, "退回修改" in page) == (False, False)


def test_city_is_asked_why_it_differs_from_its_counties(scene: Year) -> None:
    with system():
        city = Return.objects.get(subject="339900")
        Division.objects.filter(pk="339903").update(valid_to="2013-01-01")
    scene.write("C.gdp", "60", "county")
    other = Year(city, scene.offices, scene.people)
    other.write("C.gdp", "100", "city")
    with enter(scene.actor("city").scope):
        assert checking.outstanding(city) == [], "one county is still unknown"
        second = Year(Return.objects.get(subject="339902"), scene.offices, scene.people)
    second.write("C.gdp", "39", "city")
    with enter(scene.actor("city").scope):
        assert checking.outstanding(city) == [], "1 % apart is near enough"
    second.write("C.gdp", "38.99", "city")
    page = client_of(scene.actor("city")).get(city.get_absolute_url()).content.decode()
    assert "与所辖县（市、区）之和 98.99 亿元 相差超过 1%" in page
    with enter(scene.actor("city").scope):
        [flaw] = checking.outstanding(city)
        assert (flaw.rule, flaw.code, flaw.is_refusal) == ("V5", "C.gdp", False)
    other.write("C.gdp", "100", "city", explanation="市本级单列")
    with enter(scene.actor("city").scope):
        assert checking.outstanding(city) == []
