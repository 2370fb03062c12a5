"""Returned and corrected: a supplement with two remarks, answers, a new version, acceptance."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import city, offices
from tests.journeys.walk import Walk, filing_of, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CITY, PARK = "qz", "衢州绿源高新技术产业园区（示例）"  # the sample's complete filing that nobody has sent yet
SCHEDULE, EXPERTS = "进度安排没有写明起止年月。", "论证报告缺专家名单。"
REMARKS = (
    ("field:base.talent.schedule", SCHEDULE, "补充起止年月和主要节点。"),
    ("material:3", EXPERTS, "附专家名单和签名页。"),
)
ANSWERS = {SCHEDULE: "已补充起止年月。", EXPERTS: "已附专家名单。"}


def test_returned_filing_is_corrected_and_accepted(walk: Walk) -> None:
    address = filing_of(walk, CITY, PARK)
    city.submit(walk, CITY, address)
    offices.route(walk, PARK)
    offices.give_back(walk, PARK, REMARKS)
    city.correct(walk, CITY, address, ANSWERS)
    city.submit(walk, CITY, address)
    _two_versions_and_answers_are_read(walk)
    offices.accept(walk, PARK, "形式审查（补正后）")
    with walk.turn(f"{CITY}-jb") as page:
        page.goto(address)
        says(page, "已受理")
        versions = page.get_by_role("table", name="封存的版本")
        expect(versions.get_by_role("rowheader")).to_have_count(2)
        walk.look(page, "accepted")
    walk.finish()


def _two_versions_and_answers_are_read(walk: Walk) -> None:
    """省科技厅 reads the remarks with the city's answers before it decides."""
    with walk.turn(f"{offices.LEAD}-jb") as page:
        page.goto("/cases/")
        page.get_by_role("link", name=PARK, exact=True).click()
        says(page, "第 2 版")
        page.get_by_role("navigation", name="申报的各部分").get_by_role("link", name="补正意见").click()
        for remark, answer in ANSWERS.items():
            said = page.get_by_role("article").filter(has_text=remark)
            expect(said).to_contain_text(answer)
            said.get_by_role("button", name="核对通过").click()
            expect(page.get_by_role("article").filter(has_text=remark)).to_contain_text("已解决")
        walk.look(page, "check-remarks", phone=True)
