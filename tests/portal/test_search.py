"""Search: two characters find, each finds what is theirs, and neither counts nor passages tell of others."""

from __future__ import annotations

import datetime as dt
import re
from importlib import import_module
from typing import Any

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.scope import enter, system
from applications.models import Filing
from indicators.enums import Listing
from portal.search import excerpt, fold, index_changed, terms
from tests.factories import (
    make_actor,
    make_division,
    make_filing,
    make_grant,
    make_host_zone,
    make_organisation,
    make_paper,
    make_park,
)
from tests.indicators.released import client_of, computed_year, released
from tests.indicators.years import YEAR
from workflow.models import SearchEntry

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def index() -> int:
    with system():
        return index_changed()


def totals(client: Client, q: str, **more: str) -> dict[str, int]:
    """How many were found in each group."""
    page = client.get("/desk/search/", {"q": q, **more}).content.decode()
    return {
        label.strip(): int(number)
        for label, number in re.findall(r'id="found-\w+">([^<]*)<span class="cy-count">(\d+)</span>', page)
    }


@pytest.fixture
def scene() -> dict[str, Any]:
    """A filing of one city, opened to the lead; its neighbour; a paper of each kind of visibility."""
    city = make_organisation(name="丽水市人民政府", division=make_division("331199", "丽水市"))
    owner, neighbour = make_actor(city), make_actor()
    lead = make_actor(make_organisation("kjt"))
    reader, stranger = make_actor(make_organisation("department")), make_actor(make_organisation("department"))
    filing = make_filing(
        owner, park_name="缙云竹海高新园区", number="CY-331199-2026-007", host_zone=make_host_zone(name="壶镇集聚区")
    )
    make_grant(filing.dossier, city, lead.organisation, city, "act")
    make_grant(filing.dossier, city, reader.organisation, city, "read")
    papers = {
        "own": make_paper(city, dossier=filing.dossier, published=False, title="缙云请示", number="丽政〔2026〕9号"),
        "inner": make_paper(lead.organisation, dossier=filing.dossier, published=False, title="缙云内部纪要"),
    }
    index()
    return locals()


@pytest.mark.parametrize("q", ["竹海", "缙云 壶镇", "丽水", "331199-2026", "cy-331199", "ＣＹ－３３１１９９", "壶镇"])
def test_case_is_found_by_two_characters_of_any_of_its_names(scene: dict[str, Any], q: str) -> None:
    assert totals(browser(scene["owner"]), q).get("案件") == 1


@pytest.mark.parametrize(
    ("who", "cases", "papers"),
    [("owner", 1, 1), ("lead", 1, 2), ("reader", 1, 1), ("neighbour", 0, 0), ("stranger", 0, 0)],
)
def test_search_finds_what_the_scope_opens(scene: dict[str, Any], who: str, cases: int, papers: int) -> None:
    client = browser(scene[who])
    found = totals(client, "缙云")
    assert (found.get("案件", 0), found.get("文书", 0)) == (cases, papers)
    page = client.get("/desk/search/", {"q": "缙云"}).content.decode()
    assert ("内部纪要" in page) == (who == "lead")
    if not cases:
        assert "竹海" not in page
        assert "没有查到" in page
    with enter(scene[who].scope):
        assert SearchEntry.objects.filter(kind__in=["case", "paper"]).count() == cases + papers


def test_paper_is_found_by_number_and_by_who_got_a_copy(scene: dict[str, Any]) -> None:
    from notifications.models import PaperCopy

    assert totals(browser(scene["lead"]), "〔2026〕9号")["文书"] == 1
    inner, stranger = scene["papers"]["inner"], scene["stranger"]
    with system():
        PaperCopy.objects.create(paper=inner, tenant_id=inner.tenant_id, organisation=stranger.organisation)
        SearchEntry.objects.update(chain_length=99)
    index()
    assert totals(browser(stranger), "内部") == {"文书": 1}
    assert "内部" not in str(totals(browser(scene["owner"]), "内部"))


def test_renamed_filing_is_found_by_its_new_name(scene: dict[str, Any]) -> None:
    with system():
        Filing.objects.filter(pk=scene["filing"].pk).update(park_name="景宁高新园区")
    assert index() == 1
    assert index() == 0
    assert totals(browser(scene["owner"]), "景宁") == {"案件": 1}
    assert totals(browser(scene["owner"]), "竹海") == {}


def test_public_park_is_found_by_everybody() -> None:
    park = make_park(name="遂昌高新技术产业园区")
    assert totals(browser(make_actor()), "遂昌")["园区"] == 1
    assert f"/parks/{park.slug}/" in browser(make_actor()).get("/desk/search/?q=遂昌").content.decode()


def test_everybody_finds_what_is_public_and_nothing_else(scene: dict[str, Any]) -> None:
    city = scene["city"]
    make_park(name="缙云示例高新技术产业园区")
    make_paper(city, title="关于缙云的通知", number="丽政〔2026〕10号")
    client = Client()
    page = client.get("/search/", {"q": "缙云"})
    told = {group.label: group.total for group, _hits in page.context["lists"]}
    assert told == {"园区": 1, "文书": 1}
    text = page.content.decode()
    assert "关于<mark>缙云</mark>的通知" in text
    for hidden in ("竹海", "缙云请示", "内部纪要"):
        assert hidden not in text.replace("<mark>缙云</mark>", "缙云")
    assert client.get("/search/", {"q": "缙云", "kind": "case"}).context["kind"] == ""
    assert client.get("/search/", {"q": "丽政〔2026〕", "kind": "paper"}).context["total"] == "1"
    assert "请至少输入两个字" in client.get("/search/", {"q": "缙"}).content.decode()


def test_cities_and_counties_are_found_by_name_and_code() -> None:
    make_division("339911", "云和示例县")
    client = browser(make_actor())
    for q in ("云和示例", "339911"):
        assert totals(client, q) == {"市、县（市、区）": 1}, q
    assert "/cities/339911/" in client.get("/desk/search/", {"q": "云和示例"}).content.decode()
    assert totals(client, "云和示例", kind="place") == {"市、县（市、区）": 1}


def test_published_years_are_found_by_year_and_by_name_as_far_as_they_are_public() -> None:
    year = computed_year()
    client = client_of(year.lead())
    assert totals(client, f"{YEAR} 排名") == {}
    released(year, Listing.TOP, 1)
    assert totals(client, f"{YEAR} 排名") == totals(client, f"{YEAR}年排名", kind="ranking") == {"年度评价": 1}
    assert totals(client, f"{YEAR - 1} 排名") == {}
    assert f"/rankings/parks/{YEAR}/" in client.get("/desk/search/", {"q": f"{YEAR}年度"}).content.decode()
    assert totals(client, f"best {YEAR}") == {"年度评价": 1}
    page = client.get("/desk/search/", {"q": "best高新"}).content.decode()
    assert f"/rankings/parks/{YEAR}/best/" in page
    assert totals(client, "best高新")["年度评价"] == 1
    assert "年度评价" not in totals(client, "miss高新")


def test_words_are_marked_and_escaped(scene: dict[str, Any]) -> None:
    page = browser(scene["owner"]).get("/desk/search/", {"q": "竹海"}).content.decode()
    assert "缙云<mark>竹海</mark>高新园区" in page
    page = browser(scene["owner"]).get("/desk/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("q", ["", "竹", "%_", "\x00\x00", "100%", "a" * 500])
def test_odd_queries_are_answered(scene: dict[str, Any], q: str) -> None:
    assert totals(browser(scene["lead"]), q) == {}


@pytest.mark.parametrize("number", [1, 30])
def test_search_asks_the_same_number_of_queries(number: int, django_assert_num_queries: Any) -> None:
    owner = make_actor()
    for serial in range(number):
        filing = make_filing(owner, park_name=f"松阳{serial}园区")
        make_paper(owner.organisation, dossier=filing.dossier, published=False, title=f"松阳{serial}请示")
    index()
    client = browser(owner)
    with django_assert_num_queries(18):
        client.get("/desk/search/", {"q": "松阳"})


@pytest.mark.parametrize(("few", "most", "told"), [(300, 999, "9"), (4, 999, "9"), (4, 8, "8+")])
def test_what_is_found_often_shows_its_newest_and_is_counted_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch, few: int, most: int, told: str
) -> None:
    module = import_module("portal.search.find")
    monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(module, "MOST", most)
    owner, neighbour = make_actor(), make_actor()
    for serial in range(9):
        filing = make_filing(owner, park_name=f"龙泉{serial}园区", submitted_at=MOMENT + dt.timedelta(days=serial))
        make_filing(neighbour, park_name=f"龙泉{serial}外")
    make_paper(owner.organisation, dossier=filing.dossier, published=False, title="龙泉100%请示")
    index()
    client = browser(owner)
    page = client.get("/desk/search/", {"q": "龙泉"}).content.decode()
    assert re.findall(r"<mark>龙泉</mark>(\d)园区</a>", page) == list("87654321")
    assert f'<span class="cy-count">{told}</span>' in page
    assert "</mark>7外" not in page
    assert totals(client, "龙泉", kind="case") == {"案件": 9}
    assert totals(client, "00%请") == {"文书": 1}
    assert totals(client, "0_%请") == {}


def test_one_group_is_paged(scene: dict[str, Any]) -> None:
    owner = make_actor()
    for serial in range(33):
        make_filing(owner, park_name=f"云和{serial:02}园区")
    index()
    client = browser(owner)
    first = client.get("/desk/search/", {"q": "云和", "kind": "case"}).content.decode()
    second = client.get("/desk/search/", {"q": "云和", "kind": "case", "page": "2"}).content.decode()
    names = re.findall(r"<mark>云和</mark>(\d\d)园区", first + second)
    assert sorted(set(names)) == [f"{n:02}" for n in range(33)]
    assert "第 2 / 2 页" in second


def test_terms_are_folded_and_few() -> None:
    assert terms("Ｃｙ　１２") == ["cy", "12"]
    assert terms("一") == []
    assert terms("一 二 三 四 五 六 七") == ["一", "二", "三", "四", "五"]
    assert fold("〔２０２６〕") == "〔2026〕"


def test_excerpt_marks_the_place() -> None:
    assert excerpt("前面的话 竹海 后面", ["竹海"]) == [("前面的话 ", False), ("竹海", True), (" 后面", False)]
    assert excerpt("没有", ["竹海"]) == []
