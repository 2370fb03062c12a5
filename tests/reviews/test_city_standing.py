"""建设进展: the stage of each place follows its titles, and what is under way is told as far as the scope opens it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client

from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division
from accounts.scope import enter, system
from portal.sample.acting import Office
from registry.enums import CityTitleKind as Title
from registry.services import keep_title
from reviews import city_standing
from reviews.enums_city_review import CityStage
from tests import factories
from tests.places import a_county, accepted, an_office
from tests.reviews.test_city_review import Scene

pytestmark = pytest.mark.django_db
ADDRESS = "/city-reviews/progress/"


def place(lead: Office, *facts: tuple[Title, bool]) -> Division:
    """A county with facts about its titles, a year apart."""
    with system():
        made = factories.make_division(level=DivisionLevel.COUNTY)
        for year, (title, held) in enumerate(facts, start=2015):
            told = {"held": held, "since": dt.date(year, 1, 1), "citation": "示例", "office": lead.organisation}
            keep_title(made, title, **told)
    return made


def standing(office: Office, *places: Division) -> list[city_standing.Standing]:
    with enter(office.handler.scope):
        return city_standing.stand(office.handler, places)


def client_of(office: Office) -> Client:
    client = Client()
    client.force_login(office.handler.person)
    return client


@pytest.mark.parametrize(
    ("facts", "stage", "rests_on"),
    [
        ((), CityStage.NOT_YET, None),
        (((Title.ST_STRONG, True),), CityStage.ELIGIBLE, 2015),
        (((Title.ST_STRONG, True), (Title.PILOT, True)), CityStage.PILOT, 2016),
        (((Title.PILOT, True), (Title.INNOVATIVE, True)), CityStage.INNOVATIVE, 2016),
        (((Title.INNOVATIVE, True), (Title.NATIONAL_PILOT, True), (Title.PILOT, True)), CityStage.NATIONAL, 2016),
        (((Title.ST_STRONG, True), (Title.PILOT, True), (Title.PILOT, False)), CityStage.LEFT, 2017),
        (((Title.PILOT, True), (Title.INNOVATIVE, True), (Title.PILOT, False)), CityStage.INNOVATIVE, 2016),
        (((Title.PILOT, True), (Title.NATIONAL_PILOT, True), (Title.PILOT, False)), CityStage.NATIONAL, 2016),
        (((Title.PILOT, True), (Title.PILOT, False), (Title.PILOT, True)), CityStage.PILOT, 2017),
    ],
)
def test_stage_follows_the_titles(facts: Any, stage: CityStage, rests_on: int | None) -> None:
    lead = an_office(OrganisationKind.LEAD)
    (found,) = standing(lead, place(lead, *facts))
    assert (found.stage, found.fact and found.fact.since.year) == (stage, rests_on)


def test_application_is_told_to_the_province_and_its_county_alone() -> None:
    lead, county, stranger = an_office(OrganisationKind.LEAD), a_county(), a_county()
    filing = accepted(county, lead)
    told = {}
    for name, office in (("lead", lead), ("county", county), ("stranger", stranger)):
        (found,) = standing(office, county.organisation.division)
        told[name] = [(affair.text, affair.href) for affair in found.affairs]
        assert found.stage == CityStage.ELIGIBLE
    said = "创新型城市（县、区）试点：已受理"
    assert [text for text, _href in told["lead"]] == [text for text, _href in told["county"]] == [said]
    assert told["county"][0][1] == filing.get_absolute_url()
    assert told["stranger"] == []
    page = client_of(stranger).get(ADDRESS).content.decode()
    assert "示例县" in page, "its own, of the same name"
    assert county.organisation.division.code not in page


def test_round_before_the_departments_is_told_until_it_is_circulated() -> None:
    scene = Scene()
    before = standing(scene.lead, *scene.places.values())
    assert [[affair.text for affair in one.affairs] for one in before] == [["测评结果审核中"]] * 3
    assert [one.evaluated and one.evaluated.score for one in before] == ["80", "79.995", "88.4"]
    scene.circulated()
    told = standing(scene.lead, *scene.places.values())
    assert [[affair.text for affair in one.affairs] for one in told] == [["已通报，拟报请省政府认定"], [], []]
    scene.nominate({"示例甲县"}, {})
    scene.issue(scene.lead, "city_recognition_request", grounds="示例：成效明显。")
    after = standing(scene.lead, *scene.places.values())
    assert [[affair.text for affair in one.affairs] for one in after] == [["已报请省政府认定"], [], []]


def test_list_is_filtered_downloaded_and_asks_as_often_for_many(django_assert_num_queries: Any) -> None:
    lead = an_office(OrganisationKind.LEAD)
    pilot, other = place(lead, (Title.PILOT, True)), place(lead, (Title.ST_STRONG, True))
    client = client_of(lead)
    page = client.get(ADDRESS, {"stage": "pilot"}).content.decode()
    assert pilot.code in page
    assert other.code not in page
    text = client.get(ADDRESS, {"stage": "eligible", "format": "csv"}).content.decode("utf-8-sig")
    assert [row["代码"] for row in csv.DictReader(io.StringIO(text))] == [other.code]
    assert client.get(ADDRESS, {"stage": "nothing"}).status_code == 200
    for number in (0, 20):
        for _more in range(number):
            place(lead, (Title.PILOT, True))
        with django_assert_num_queries(22):
            client.get(ADDRESS)
    assert client_of(an_office(OrganisationKind.THIRD_PARTY)).get(ADDRESS).status_code == 404
