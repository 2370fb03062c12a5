"""The pages of the index: the public reads what is signed, 省科技厅 edits and nothing typed is lost, three sign."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.enums import PostRole
from accounts.scope import enter, system
from indicators.enums import RankingList
from indicators.models import IndexVersion
from indicators.services import index_signing as signing
from indicators.services import index_versions as drafting
from tests.factories import PASSWORD
from tests.indicators.indices import Departments, departments

pytestmark = pytest.mark.django_db
LIST = reverse("index_versions:list")


@pytest.fixture
def world() -> Departments:
    return departments()


def client_of(world: Departments, office: str, role: str = PostRole.HANDLER) -> Client:
    client = Client()
    client.force_login(world.actor(office, role).person)
    return client


def address(name: str, version: IndexVersion, *more: str) -> str:
    return reverse(f"index_versions:{name}", args=[version.pk, *more])


def drafted(world: Departments) -> IndexVersion:
    with enter(world.actor("lead").scope):
        return drafting.draft(RankingList.CREATING, world.actor("lead"))


def test_handler_drafts_edits_and_sends_and_the_three_sign(world: Departments) -> None:
    handler = client_of(world, "lead")
    assert handler.post(reverse("index_versions:draft"), {"ranking": "creating"}).status_code == 302
    with system():
        version = IndexVersion.objects.get()
    shown = handler.get(address("version", version)).content.decode()
    assert "高新技术产业产值增长25%以上" in shown
    weights = {part.code: part.weight for part in version.parts if part.kind} | {"edition": "1"}
    wrong = handler.post(address("weights", version), {**weights, "patents": "4"})
    assert wrong.status_code == 302
    assert "各指标权重之和为 99，应为 100。" in handler.get(address("version", version)).content.decode()
    refused = handler.post(address("act", version, "check"))
    assert (refused.status_code, "99，应为 100" in refused.content.decode()) == (422, True)
    stale = handler.post(address("weights", version), {**weights, "patents": "3.5"})
    assert stale.status_code == 422
    assert "另一位同事" in stale.content.decode()
    assert 'value="3.5"' in stale.content.decode()
    assert 'name="edition" value="2"' in stale.content.decode()
    assert handler.post(address("weights", version), {**weights, "edition": "2"}).status_code == 302
    assert handler.post(address("act", version, "check")).status_code == 302
    assert handler.get(address("weights", version)).status_code == 404
    assert client_of(world, "lead", PostRole.REVIEWER).post(address("act", version, "pass_on")).status_code == 302
    with system():
        version.refresh_from_db()
    sent = {"digest": version.digest, "password": PASSWORD}
    for office in ("lead", "development", "statistics"):
        signer = client_of(world, office, PostRole.SIGNER)
        assert version.digest in signer.get(address("version", version)).content.decode()
        assert signer.post(address("act", version, "sign"), {**sent, "password": "wrong"}).status_code == 422
        assert signer.post(address("act", version, "sign"), sent).status_code == 302
    with system():
        version.refresh_from_db()
    assert version.status == "signed"


def test_node_is_added_changed_moved_and_removed_without_script(world: Departments) -> None:
    version, handler = drafted(world), client_of(world, "lead")
    typed = {"edition": "1", "label": "技术合同", "code": "contracts", "parent": "standing", "kind": "figure",
             "weight": "2", "clause": "P-II.3.3b", "numerator": "P.tech_contract_value\n", "denominator": "P.gdp",
             "direction": "1", "normalise": "minmax", "quote": "", "unit": "", "formula": "",
             "card": "责任单位：省科技厅\n更新频率:每年"}  # fmt: skip
    unusable = handler.post(address("add", version), {**typed, "code": "rank!", "weight": ""})
    assert (unusable.status_code, 'value="技术合同"' in unusable.content.decode()) == (422, True)
    assert handler.post(address("add", version), typed).status_code == 302
    twice = handler.post(address("add", version), {**typed, "edition": "2"})
    assert (twice.status_code, "已经用过" in twice.content.decode()) == (422, True)
    changed = {**typed, "edition": "2", "code": "trade", "weight": "2.50"}
    assert handler.post(address("node", version, "contracts"), changed).status_code == 302
    assert handler.post(address("arrange", version, "trade", "up"), {"edition": "3"}).status_code == 302
    with system():
        version.refresh_from_db()
    below = [(part.code, part.weight) for part in version.parts if part.parent == "standing"]
    assert below[-2:] == [("trade", "2.5"), ("energy", "4")]
    card = next(part.card for part in version.parts if part.code == "trade")
    assert card == {"责任单位": "省科技厅", "更新频率": "每年"}
    assert "责任单位：省科技厅" in handler.get(address("version", version)).content.decode()
    lacking = handler.post(address("node", version, "trade"), {**changed, "edition": "4", "card": "省科技厅"})
    assert (lacking.status_code, "名称：内容" in lacking.content.decode()) == (422, True)
    assert handler.post(address("arrange", version, "trade", "remove"), {"edition": "3"}).status_code == 422
    assert handler.post(address("arrange", version, "trade", "remove"), {"edition": "4"}).status_code == 302
    head = {"edition": "5", "title": "示例指标体系", "valid_from": "2014", "basis": "甲文件\n乙文件\n"}
    assert handler.post(address("head", version), head).status_code == 302
    with system():
        version.refresh_from_db()
    assert (version.title, version.valid_from, version.basis) == ("示例指标体系", 2014, ["甲文件", "乙文件"])
    assert "trade" not in {part.code for part in version.parts}


def test_public_reads_compares_and_takes_away_signed_versions_alone(world: Departments) -> None:
    first = signing.sign_default(RankingList.CREATING, world.signing)
    handler = world.actor("lead")
    with enter(handler.scope):
        second = drafting.draft(RankingList.CREATING, handler, first)
        drafting.set_weights(second, 1, {"patents": "6", "energy": "3"}, handler)
    public = Client()
    assert "第 1 版" in (listed := public.get(LIST).content.decode())
    assert "第 2 版" not in listed
    assert public.get(address("version", first)).status_code == 200
    for name in ("version", "json", "meta"):
        assert public.get(address(name, second)).status_code == 404
    both = {"a": str(first.pk), "b": str(second.pk)}
    assert public.get(reverse("index_versions:compare"), both).status_code == 404
    compared = client_of(world, "lead").get(reverse("index_versions:compare"), both).content.decode()
    assert "<strong>万人发明专利拥有量</strong>" in compared
    assert "<strong>研发强度</strong>" not in compared
    told = public.get(address("json", first)).json()
    assert (told["digest"], len(told["signatures"])) == (first.digest, 3)
    rows = {
        row["code"]: row for row in csv.DictReader(io.StringIO(public.get(address("meta", first)).content.decode()))
    }
    assert (rows["hitech_growth"]["target"], rows["hitech_growth"]["weight"]) == ("25", "10")
    assert "修改全部权重" not in public.get(address("version", first)).content.decode()


def test_list_asks_as_often_for_many_versions_as_for_one(
    world: Departments, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(world, "city")
    signing.sign_default(RankingList.CREATING, world.signing)
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    for ranking in (RankingList.CREATING, RankingList.CREATING, RankingList.CITY):
        signing.sign_default(ranking, world.signing)
    with django_assert_num_queries(len(asked)):
        assert client.get(LIST).content.decode().count("第 3 版") == 1


def test_who_is_not_asked_cannot_act(world: Departments) -> None:
    version = drafted(world)
    for office in ("city", "other", "development"):
        client = client_of(world, office)
        assert client.get(address("version", version)).status_code == 404
        assert client.post(address("weights", version), {}).status_code == 404
        assert client.post(address("act", version, "check")).status_code == 404
        assert client.post(reverse("index_versions:draft"), {"ranking": "creating"}).status_code == 404
