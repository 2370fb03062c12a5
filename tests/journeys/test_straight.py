"""The straight way: from an empty filing to a park on the public list, by all of its offices."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import city, offices
from tests.journeys.walk import Walk, reload_until, says, search_parks

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CITY, ZONE, PARK = "jx", "嘉兴现代服务业集聚区", "嘉兴南湖高端装备高新技术产业园区"
QUESTION = "请说明园区与相邻园区主导产业如何错位发展。"
ANSWER = "本园区主攻整机和关键部件，相邻园区以材料为主，已签订协作协议。"
SECRET = "部门意见原文不给申报单位看"


def test_straight_way_from_creation_to_the_public_list(walk: Walk) -> None:
    address = city.create(walk, CITY, ZONE, PARK)
    city.fill_in(walk, CITY, "330400", address, ZONE)
    city.upload_materials(walk, CITY, address)
    city.check_oneself(walk, CITY, address)
    city.submit(walk, CITY, address)
    offices.route(walk, PARK)
    offices.accept(walk, PARK)
    offices.open_review(walk, PARK)
    for number, office in enumerate(offices.DEPARTMENTS):
        stance, conditions = ("有条件同意", f"{SECRET}：三个月内完成规划环评。") if number == 5 else ("同意", "")
        offices.opine(walk, office, PARK, stance, f"{SECRET}：符合本部门职责范围内的条件。", conditions)
    offices.ask(walk, PARK, QUESTION)
    city.answer_question(walk, CITY, address, QUESTION, ANSWER)
    offices.look_around_the_case(walk, PARK, SECRET)
    offices.conclude(walk, PARK, "建议列入", "示例：经联审联评，建议列入创建名单。")
    notice = offices.publish(walk, PARK)
    offices.end_publicity(walk, notice)
    offices.publish_result(walk, PARK)
    offices.meet_condition(walk, CITY, offices.DEPARTMENTS[5], PARK, "请补充规划环境影响评价审查意见。")
    offices.report(walk, PARK, offices.DEPARTMENTS)
    _is_public(walk, listed=False)
    offices.approve(walk, PARK)
    _is_public(walk, listed=True)
    _park_page_tells_all(walk)
    _approval_checks_as_valid(walk, address)
    _city_never_reads_an_opinion(walk, address)
    walk.finish()


def _is_public(walk: Walk, *, listed: bool) -> None:
    with walk.turn() as page:
        search_parks(page, PARK)
        expect(page.get_by_role("main").get_by_role("link", name=PARK)).to_have_count(int(listed))


def _park_page_tells_all(walk: Walk) -> None:
    """Status, date, area, industries, boundary and paper of the new park, read by anybody."""
    with walk.turn() as page:
        page.goto("/parks/")
        walk.look(page, "parks", phone=True)
        search_parks(page, PARK)
        page.get_by_role("main").get_by_role("link", name=PARK).click()
        expect(page.get_by_role("heading", level=1, name=PARK)).to_be_visible()
        for text in ("创建", "高端装备制造", "平方公里", "滨江路（示例）"):
            says(page, text)
        expect(page.get_by_role("figure").locator("canvas").first).to_be_visible()
        walk.look(page, "park", phone=True)


def _approval_checks_as_valid(walk: Walk, address: str) -> None:
    """The worker has made the PDF of the approval; its check page says so to anybody."""
    with walk.turn(f"{CITY}-jb") as page:
        page.goto(address)
        walk.look(page, "listed", phone=True)
        page.get_by_role("table", name="公文").get_by_role("row", name=re.compile("批复")).get_by_role(
            "link"
        ).first.click()
        reload_until(page, page.get_by_role("link", name="下载 PDF"))
        code = page.locator("a[href^='/papers/']:not([href*='view'])").filter(has_text=re.compile("^[0-9A-Z]{16}$"))
        check = code.get_attribute("href")
    with walk.turn() as page:
        assert check
        page.goto(check)
        expect(page.get_by_role("status").filter(has_text="有效")).to_be_visible()
        expect(page.get_by_role("link", name="下载 PDF")).to_be_visible()
        walk.look(page, "paper-check", phone=True)
        with page.expect_download() as download:
            page.get_by_role("link", name="下载 PDF").click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")


def _city_never_reads_an_opinion(walk: Walk, address: str) -> None:
    with walk.turn(f"{CITY}-jb") as page:
        for place in (address, "/desk/", "/desk/?queue=done", "/papers/list/", "/applications/"):
            page.goto(place)
            assert SECRET not in page.content()
