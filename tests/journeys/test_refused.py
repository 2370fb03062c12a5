"""Refused: the departments disagree, the decision is 不予列入, the city reads why and the public sees no park."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import city, offices
from tests.journeys.walk import Walk, filing_of, says, search_parks

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CITY, PARK = "hz", "杭州江东高新技术产业园区（示例）"  # the sample's case under review, with answers outstanding
# 发展改革委 is asked a second time there, and 财政厅 was invited besides the nine.
ASKED = ("fgw", *offices.DEPARTMENTS[5:])
INVITED = "财政厅"
QUESTION, ANSWER = "示例：请说明园区与相邻园区主导产业如何错位发展。", "本园区主攻整机，暂无书面分工。"
SECRET = "只供研究的反对理由"
REASONS = "主导产业与相邻园区雷同。\n差异化竞争论证不足。"


def test_refused_park_is_not_public_and_the_city_reads_why(walk: Walk) -> None:
    address = filing_of(walk, CITY, PARK)
    city.answer_question(walk, CITY, address, QUESTION, ANSWER)
    offices.withdraw_invitation(walk, PARK, INVITED)
    for office in ASKED:
        offices.opine(walk, office, PARK, "不同意", f"{SECRET}：范围未论证清楚。")
    offices.conclude(walk, PARK, "不建议列入", "示例：经联审联评，差异化竞争论证不足，不建议列入。")
    offices.report(walk, PARK)
    offices.refuse(walk, PARK, "不予列入", REASONS)
    with walk.turn(f"{CITY}-jb") as page:
        page.goto(address)
        says(page, "不予列入")
        for reason in REASONS.splitlines():
            says(page, reason)
        assert SECRET not in page.content()
        walk.look(page, "refused", phone=True)
    with walk.turn() as page:
        search_parks(page, PARK)
        says(page, "没有符合条件的园区")
        expect(page.get_by_role("main").get_by_role("link", name=PARK)).to_have_count(0)
        walk.look(page, "parks-without", phone=True)
    walk.finish()
