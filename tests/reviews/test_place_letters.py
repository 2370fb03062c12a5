"""How a county and a district speak of themselves in the letters of the second programme."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from accounts.scope import enter
from applications import services
from applications.enums import KindCode
from notifications.kinds import kind_of
from notifications.rendering.wording import we_of
from registry.enums import CityTitleKind, Precision
from registry.services import keep_title
from tests.leaving import Scene
from tests.places import fill, lodge

pytestmark = pytest.mark.django_db
LETTER = {"reasons": "示例：方案需要重新论证。", "contact": "联系人：示例"}


@pytest.mark.parametrize(
    ("place", "said"), [("绍兴市", "我市"), ("新昌县", "我县"), ("柯桥区", "我区"), ("景宁畲族自治县", "我县")]
)
def test_place_calls_itself_by_its_level(place: str, said: str) -> None:
    assert we_of(place) == said


@pytest.mark.parametrize(
    ("kind", "asks", "title"),
    [
        (KindCode.NATIONAL, "申请推荐示例县申报国家创新型试点", "国家创新型试点申请"),
        (KindCode.EXIT, "申请退出创新型城市（县、区）建设", "退出申请"),
    ],
)
def test_county_takes_its_filing_back_in_its_own_name_from_the_lead(kind: KindCode, asks: str, title: str) -> None:
    scene = Scene(CityTitleKind.PILOT)
    with enter(scene.county.handler.scope):
        filing = services.create_for_place(scene.county.handler, kind)
    fill(filing, scene.county.handler)
    request = lodge(filing, scene.county)
    paper = scene.county.issue("withdrawal", filing, filing.dossier, "撤回", LETTER)
    first, _reason, after, _close = (block["text"] for block in paper.data["body"])
    assert first == f"我县以《{request.title}》（{request.number}）{asks}。经研究，现决定撤回该项申请，理由如下："
    assert after == "我县今后拟再次申请的，将另行来函。"
    assert paper.title == f"{scene.county.organisation.name}关于撤回示例县{title}的函"
    assert paper.data["addressees"] == [scene.lead.organisation.name]


def test_year_of_a_title_is_told_as_far_as_it_is_known() -> None:
    scene = Scene(CityTitleKind.PILOT)
    with enter(scene.lead.handler.scope):
        keep_title(
            scene.place, CityTitleKind.ST_STRONG, held=True, since=dt.date(2011, 1, 1), precision=Precision.YEAR,
            citation="示例文件", office=scene.lead.organisation, actor=scene.lead.handler,
        )  # fmt: skip
    with enter(scene.county.handler.scope):
        filing = services.create_for_place(scene.county.handler, KindCode.NATIONAL)
    page = scene.client(scene.county).get(filing.get_absolute_url()).content.decode()
    assert ("科技强县 · 自2011年<" in page, "2011年1月1日" in page) == (True, False)
    fill(filing, scene.county.handler)
    with enter(scene.county.handler.scope):
        assert kind_of("creation_request").label_for(filing) == "申报函"
    letter = lodge(filing, scene.county)
    assert "科技强县（自2011年，示例文件）" in str(letter.data)
    assert "signer" not in letter.data, "a letter goes to an office that is not above the county"


@pytest.mark.parametrize("kind", [KindCode.NATIONAL, KindCode.EXIT])
def test_letter_of_a_place_has_the_head_and_the_number_of_a_letter(kind: KindCode) -> None:
    scene = Scene(CityTitleKind.PILOT)
    county = scene.county.organisation
    county.series = {"request": "示政", "letter": "示政函"}
    county.save(update_fields=["series"])
    with enter(scene.county.handler.scope):
        filing = services.create_for_place(scene.county.handler, kind)
    fill(filing, scene.county.handler)
    letter = lodge(filing, scene.county)
    assert (letter.data["format"], letter.data["issuer_mark"]) == ("letter", county.name)
    assert re.fullmatch(r"示政函〔\d{4}〕1号", letter.number)
