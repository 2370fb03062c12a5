"""The register's public pages: the same for everybody, nothing unpublished, steady numbers of queries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoAssertNumQueries

from accounts.enums import OrganisationKind
from accounts.models import Organisation, Person
from accounts.scope import system
from notifications.enums import LegalEffect
from notifications.models import Draft
from registry.models import HostZone, LegalStatus, Park, ParkName
from registry.services import import_park
from tests import factories
from tests.registry.test_services import fact_of

pytestmark = pytest.mark.django_db

MARKER = "未公开标记"
ADDRESSES = {
    "park_list": [
        "/parks/",
        "/parks/?view=map",
        "/parks/?view=cards",
        f"/parks/?q={MARKER}",
        "/parks/?status=creating",
    ],
    "park_export": ["/parks.csv", "/parks.csv?encoding=gb18030"],
    "park_map": ["/parks.geojson"],
    "park": ["/parks/hangzhou-2026-1/"],
    "park_geojson": ["/parks/hangzhou-2026-1/boundary.geojson"],
    "park_versions": ["/parks/hangzhou-2026-1/boundaries.geojson"],
    "city_list": ["/cities/"],
    "city": ["/cities/330100/", "/cities/330105/"],
}
# Where 省科技厅 keeps outlines of host zones and titles; who may open them is tested with all addresses.
BEHIND_SIGN_IN = {"zones", "zone", "titles", "title_proposal"}
ALL = [address for addresses in ADDRESSES.values() for address in addresses]
SHARED = [*ALL, "/", "/open/", "/open/parks.csv", "/open/cities.json", "/open/papers.csv", "/open/papers.json"]
SHARED += ["/api/v1/parks/", "/api/v1/parks/?format=csv", "/api/v1/parks/hangzhou-2026-1/", "/api/v1/cities/"]
SHARED += ["/api/v1/datasets/"]


@pytest.fixture
def owner() -> Organisation:
    """杭州市政府 with a park listed by a published paper, and unpublished rows that bear the marker."""
    city = factories.make_division("330100", "杭州市")
    county = factories.make_division("330105", "拱墅区", "county")
    county.parent = city
    county.save()
    owner = factories.make_organisation(division=city, name="杭州市人民政府")
    factories.make_park(owner, name="城西示例高新技术产业园区", county=county)
    zone = factories.make_host_zone(city, "城西产业集聚区")
    filing = factories.make_filing(owner, host_zone=zone, park_name=f"{MARKER}高新技术产业园区")
    government = factories.make_government()
    with system():
        HostZone.objects.filter(pk=zone.pk).update(facts=[{"text": "考评优秀", "year": 2012, "source": "公开报道"}])
        for tenant in (owner, government):
            Draft.objects.create(
                tenant=tenant,
                dossier=filing.dossier,
                kind="test",
                subject_type="applications.filing",
                subject_id=filing.pk,
                title=f"关于{MARKER}的请示",
                fields={"text": MARKER},
            )
    for tenant in (owner, government):
        factories.make_paper(
            tenant, published=False, number=f"{MARKER}〔2026〕{tenant.code}号", title=f"{MARKER}的批复"
        )
    hidden = factories.make_paper(
        government,
        confers=LegalEffect.RECOGNISED,
        published=False,
        number=f"{MARKER}〔2026〕9号",
        title=f"{MARKER}认定",
    )
    with system():
        LegalStatus.objects.create(
            park=Park.objects.get(), status="recognised", since=dt.date(2026, 9, 1), paper=hidden
        )
    return owner


def person_of(viewer: str, owner: Organisation) -> Person | None:
    """Who looks: nobody, the owner, a neighbour with data of its own, the lead, the government office."""
    if viewer == "public":
        return None
    if viewer == "owner":
        return factories.make_person(owner)
    if viewer == "government":
        return factories.make_person(factories.make_government())
    if viewer == "lead":
        return factories.make_person(factories.make_organisation(OrganisationKind.LEAD))
    neighbour = factories.make_organisation(division=factories.make_division("330200", "宁波市"))
    factories.make_filing(neighbour, park_name=f"邻市{MARKER}")
    return factories.make_person(neighbour)


def client_of(viewer: str, owner: Organisation) -> Client:
    client, person = Client(), person_of(viewer, owner)
    if person:
        client.force_login(person)
    return client


def text_of(response: Any) -> str:
    encoding = "gb18030" if "gb18030" in response["Content-Type"] else "utf-8"
    return response.content.decode(encoding)


def main_of(text: str) -> str:
    """The page without head and navigation, which name who is signed in; data is returned whole."""
    found = re.search(r"<main.*</main>", text, re.S)
    return found.group() if found else text


def test_addresses_name_every_route_of_the_register() -> None:
    patterns = get_resolver("registry.urls").url_patterns
    assert set(ADDRESSES) | BEHIND_SIGN_IN == {pattern.name for pattern in patterns}


@pytest.mark.parametrize("viewer", ["public", "owner", "neighbour", "lead", "government"])
def test_pages_show_nothing_unpublished_to_anybody(viewer: str, owner: Organisation) -> None:
    client = client_of(viewer, owner)
    for address in SHARED:
        response = client.get(address)
        assert response.status_code == 200, address
        text = text_of(response).replace(f'value="{MARKER}"', "").replace(f"q={MARKER}", "").replace(quote(MARKER), "")
        assert MARKER not in text, address


@pytest.mark.parametrize("viewer", ["owner", "neighbour", "lead", "government"])
def test_pages_say_the_same_to_everybody(viewer: str, owner: Organisation) -> None:
    client, public = client_of(viewer, owner), Client()
    for address in SHARED:
        assert main_of(text_of(client.get(address))) == main_of(text_of(public.get(address))), address


def test_search_for_an_unpublished_name_finds_nothing(owner: Organisation) -> None:
    response = client_of("owner", owner).get("/parks/", {"q": MARKER})
    assert response.context["total"] == 0
    assert "没有符合条件的园区" in text_of(response)


def test_status_by_an_unpublished_paper_names_no_number(owner: Organisation) -> None:
    assert "批准文件未公开" in text_of(Client().get("/parks/hangzhou-2026-1/"))


def test_status_without_a_date_stands_before_a_later_renaming() -> None:
    factories.make_organisation(division=factories.make_division("330100", "杭州市"), code="gov-330100")
    with system():
        park = import_park(fact_of("hangzhou-zijingang"))
        assert park is not None
        ParkName.objects.create(park=park, name="新名园区", valid_from="2026-11-20", valid_to="2026-11-21")
    told = text_of(Client().get(f"/parks/{park.slug}/"))
    assert 0 < told.index("日期未载明", told.index("历程")) < told.index("定名为新名园区")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 3),
        ({"city": "330100"}, 2),
        ({"city": "330105"}, 1),
        ({"city": "330200"}, 1),
        ({"city": "999999"}, 0),
        ({"status": "creating"}, 3),
        ({"status": "national"}, 0),
        ({"industry": "数字安防"}, 2),
        ({"industry": "海洋装备"}, 1),
        ({"year": "2026"}, 3),
        ({"year": "2025"}, 0),
        ({"q": "滨江"}, 1),
        ({"q": "旧名"}, 1),
        ({"q": "海洋"}, 1),
        ({"q": "宁波"}, 1),
        ({"q": "ningbo-2026"}, 1),
        ({"q": "滨江", "city": "330200"}, 0),
    ],
)
def test_list_filtered_gives_the_same_parks_everywhere(query: dict[str, str], expected: int) -> None:
    hangzhou = factories.make_organisation(division=factories.make_division("330100", "杭州市"))
    ningbo = factories.make_organisation(division=factories.make_division("330200", "宁波市"))
    county = factories.make_division("330105", "拱墅区", "county")
    factories.make_park(hangzhou, name="滨江高新技术产业园区", county=county)
    park = factories.make_park(hangzhou, name="城西高新技术产业园区")
    factories.make_park(ningbo, name="北仑高新技术产业园区", industries=[("海洋装备", "3731")])
    with system():
        ParkName.objects.create(park=park, name="旧名开发区", valid_to="2020")
    client = Client()
    assert client.get("/parks/", query).context["total"] == expected
    assert client.get("/api/v1/parks/", query).json()["count"] == expected
    assert len(text_of(client.get("/parks.csv", query)).splitlines()) == expected + 1
    assert len(client.get("/parks.geojson", query).json()["features"]) == expected


def test_list_choices_carry_the_counts_under_the_other_filters() -> None:
    hangzhou = factories.make_organisation(division=factories.make_division("330100", "杭州市"))
    ningbo = factories.make_organisation(division=factories.make_division("330200", "宁波市"))
    factories.make_park(hangzhou)
    factories.make_park(ningbo, industries=[("海洋装备", "3731")])
    form = Client().get("/parks/", {"city": "330200"}).context["form"]
    choices = {name: dict(form.fields[name].choices) for name in ("city", "status", "industry", "year")}
    assert choices["city"] == {"": "全部", "330100": "杭州市（1）", "330200": "宁波市（1）"}
    assert choices["status"]["creating"] == "创建中（1）"
    assert choices["industry"] == {"": "全部", "海洋装备": "海洋装备（1）"}
    assert choices["year"] == {"": "全部", "2026": "2026年（1）"}


@pytest.mark.parametrize(
    "query",
    [
        {"year": "去年"},
        {"year": "9" * 40},
        {"status": "拟建"},
        {"q": "a\x00b"},
        {"q": "长" * 61},
        {"city": "\x00"},
    ],
)
def test_list_with_an_unreadable_filter_says_so_and_finds_nothing(query: dict[str, str]) -> None:
    factories.make_park()
    response = Client().get("/parks/", query)
    assert (response.status_code, response.context["total"]) == (200, 0)
    assert "govuk-error-message" in text_of(response)
    assert Client().get("/api/v1/parks/", query).status_code == 400


def test_list_in_pages_keeps_the_filters() -> None:
    tenant = factories.make_organisation()
    for _ in range(21):
        factories.make_park(tenant)
    response = Client().get("/parks/", {"status": "creating"})
    assert (len(response.context["rows"]), response.context["total"]) == (20, 21)
    assert "status=creating&amp;page=2" in text_of(response)
    assert len(Client().get("/parks/", {"status": "creating", "page": 2}).context["rows"]) == 1


def count_queries(address: str, number: int, assert_num: DjangoAssertNumQueries) -> Callable[[int], None]:
    """Open an address and hold its queries against one number, once for each row that is added."""
    tenant = factories.make_organisation(division=factories.make_division("330100", "杭州市"))
    Client().get(address)

    def grown(rows: int) -> None:
        for _ in range(rows):
            factories.make_park(tenant)
        with assert_num(number):
            assert Client().get(address).status_code == 200

    return grown


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/parks/", 16),
        ("/parks/?view=map", 12),
        ("/parks.csv", 8),
        ("/parks.geojson", 9),
        ("/cities/", 10),
        ("/cities/330100/", 20),
        ("/", 20),
        ("/api/v1/parks/", 9),
        ("/api/v1/cities/", 8),
        ("/open/parks.json", 8),
    ],
)
def test_page_asks_as_often_for_many_parks_as_for_one(
    address: str, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grown = count_queries(address, number, django_assert_num_queries)
    grown(1)
    grown(29)


def test_park_page_shows_what_is_known_and_says_what_is_not(owner: Organisation) -> None:
    text = text_of(Client().get("/parks/hangzhou-2026-1/"))
    for expected in (
        "创建中",
        "杭州市拱墅区",
        "12.79 平方公里",
        "数字安防、生物医药",
        "2026年3月2日",
        "东大河",
        "J4",
        "120°02′24",
    ):
        assert expected in text
    assert "未载明" not in text


def test_park_page_of_a_real_park_cites_its_sources() -> None:
    place = factories.make_division("330500", "湖州市")
    county = factories.make_division("330521", "德清县", "county")
    county.parent = place
    county.save()
    factories.make_organisation(division=place, code="gov-330500")
    with system():
        import_park(fact_of("moganshan"))
    text = text_of(Client().get("/parks/moganshan/"))
    for expected in ("2015年9月", "浙江德清经济开发区", "出处：", "营业总收入1322亿元", "未载明", "边界与四至未载明"):
        assert expected in text
    assert "2015年9月1日" not in text
    assert "示例数据" not in text


def test_park_page_of_a_sample_park_says_so() -> None:
    paper = factories.make_paper(factories.make_government(), confers=LegalEffect.CREATING, sample=True)
    park = factories.make_park(paper=paper)
    assert "虚构记录" in text_of(Client().get(park.get_absolute_url()))


def test_park_page_does_not_say_the_side_twice() -> None:
    park = factories.make_park(four_sides={"east": "东至滨江路", "south": "南环路"})
    assert Client().get(park.get_absolute_url()).context["sides"] == [
        {"key": "东至", "value": "滨江路"},
        {"key": "南至", "value": "南环路"},
    ]


def test_park_page_of_an_unknown_code_is_not_found() -> None:
    assert Client().get("/parks/nowhere-2026-1/").status_code == 404
    assert Client().get("/parks/nowhere-2026-1/boundary.geojson").status_code == 404


def test_boundary_is_given_as_stored(owner: Organisation) -> None:
    found = Client().get("/parks/hangzhou-2026-1/boundary.geojson").json()
    assert found["features"][0]["geometry"] == factories.SQUARE
    assert found["features"][0]["properties"]["url"] == "/parks/hangzhou-2026-1/"


def test_map_of_parks_without_boundary_counts_them_by_city_and_status() -> None:
    place = factories.make_division("330300", "温州市")
    factories.make_organisation(division=place, code="gov-330300")
    with system():
        import_park(fact_of("wenzhou-gaoxin"))
    (feature,) = Client().get("/parks.geojson").json()["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"]["url"] == "/parks/?city=330300&status=national"
    assert "1 个" in feature["properties"]["text"]


def test_export_marks_utf8_and_offers_gb18030(owner: Organisation) -> None:
    assert Client().get("/parks.csv").content.startswith(b"\xef\xbb\xbfslug,name,")
    response = Client().get("/parks.csv", {"encoding": "gb18030"})
    assert response["Content-Type"] == "text/csv; charset=gb18030"
    assert "城西示例高新技术产业园区" in response.content.decode("gb18030")


def test_export_quotes_what_a_spreadsheet_would_run() -> None:
    factories.make_park(name="=cmd|'/c calc'!A1")
    assert ",'=cmd|" in text_of(Client().get("/parks.csv"))


def test_city_page_shows_divisions_that_ended() -> None:
    city = factories.make_division("330100", "杭州市")
    ended = factories.make_division("330103", "下城区", "county")
    ended.parent, ended.valid_to = city, "2021-03-11"
    ended.save()
    ended.names.create(name="下城区", source="国函〔2021〕29号")
    text = text_of(Client().get("/cities/330100/"))
    for expected in ("下城区", "已撤销", "至 2021年3月11日", "国函〔2021〕29号"):
        assert expected in text
    assert Client().get("/cities/330103/").status_code == 200


def test_city_page_of_the_province_or_an_unknown_code_is_not_found() -> None:
    factories.make_division("330000", "浙江省", "province")
    assert Client().get("/cities/330000/").status_code == 404
    assert Client().get("/cities/999999/").status_code == 404


def test_pages_refuse_to_be_posted_to(owner: Organisation) -> None:
    assert {Client().post(address).status_code for address in ALL} == {405}
