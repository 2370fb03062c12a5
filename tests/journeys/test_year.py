"""A year: reported, disputed, computed, released; a yellow card, and a revocation after two in a row."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import year
from tests.journeys.offices import CONTACT, GOVERNMENT, LEAD
from tests.journeys.walk import Walk, says, search_parks

pytestmark = [pytest.mark.journey, pytest.mark.slow]

FILLING, DISPUTED, MISSED = (f"{one}高新技术产业园区（示例）" for one in ("杭州云辰", "衢州绿江", "湖州长田"))
REASONS = "示例：两个项目推迟到次年投产。\n示例：统计口径当年调整。"


def test_two_years_lead_from_a_return_to_a_yellow_card_and_a_revocation(walk: Walk) -> None:
    year.fill_by_keyboard(walk, "hzgwh", FILLING, leap="P.new_enterprises")
    year.import_rows(walk, "hzgwh", FILLING)
    year.step(walk, "hzgwh-qf", FILLING, "hand_up", "报表已报送审核。")
    year.step(walk, "yh-qf", FILLING, "pass_on", "审核已通过")
    year.step(walk, "hz-qf", FILLING, "submit", "等待省级部门核定")
    year.settle(walk, DISPUTED, agreed="40000")
    year.object_to(walk, "qz", DISPUTED, "P.gdp", "示例：与联网直报平台不一致。")
    card = year.confirm_proposal(walk, MISSED, year.LAST - 1)
    year.hear(walk, "huz", card, REASONS)
    year.draft(walk, LEAD, card, "起草黄牌警告通知书", "yellow-card", official=year.OFFICIAL, contact=CONTACT)
    year.press(walk, "huz-jb", card, "签收决定", "已签收，申请复核的期限自次日起算。")
    _look_up(walk, f"{year.LAST - 1} 年度黄牌警告有效", "park-with-card")
    year.release(walk, year.compute(walk, year.LAST))
    _read_the_ranking(walk)
    revocation = year.confirm_proposal(walk, MISSED, year.LAST)
    year.hear(walk, "huz", revocation, REASONS)
    year.draft(walk, LEAD, revocation, "起草取消创建资格的请示", "revocation-request", contact=CONTACT)
    year.draft(walk, GOVERNMENT, revocation, "起草取消创建资格的通知", "revocation", official=year.OFFICIAL)
    _look_up(walk, "已取消创建资格", "park-revoked")
    _is_listed_as_revoked_only(walk)
    walk.finish()


def _look_up(walk: Walk, said: str, name: str) -> None:
    """Anybody finds the park and reads on its page how it stands."""
    with walk.turn() as page:
        search_parks(page, MISSED)
        page.get_by_role("main").get_by_role("link", name=MISSED).first.click()
        expect(page.get_by_role("heading", level=1, name=MISSED)).to_be_visible()
        says(page, said)
        walk.look(page, name, phone=True)


def _is_listed_as_revoked_only(walk: Walk) -> None:
    """The list of parks that are being created has lost it; among those that were revoked it stays to be found."""
    with walk.turn() as page:
        for status, count in (("creating", 0), ("revoked", 1)):
            page.goto(f"/parks/?status={status}&q=长田")
            expect(page.locator("[name=status]")).to_have_value(status)
            expect(page.get_by_role("main").get_by_role("link", name=MISSED)).to_have_count(count)


def _read_the_ranking(walk: Walk) -> None:
    """Anybody reads the year's ranking of both lists, and that the park missed its targets."""
    with walk.turn() as page:
        page.goto(f"/rankings/parks/{year.LAST}/")
        for heading in ("创建", "认定"):
            expect(page.get_by_role("heading", name=heading).first).to_be_visible()
        expect(year.rows_of(page, MISSED).first).to_contain_text("未达到要求")
        walk.look(page, "ranking", phone=True)
