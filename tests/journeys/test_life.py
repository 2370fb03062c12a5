"""The later life of a park: recognised or not, enlarged, made national under another name."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import life, offices, prepared
from tests.journeys.walk import Walk, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PASSED, FAILED, ENLARGED, BEST = (
    f"{one}高新技术产业园区（示例）" for one in ("绍兴镜湖", "杭州启航", "宁波象山湾", "嘉兴平湖湾")
)
NEW_NAME = "嘉兴平湖湾高新技术产业开发区（示例）"
REASONS = f"{prepared.FAILED}\n示例：研发投入强度低于认定条件。"
SECRET = "示例：只供审查的评定理由"


@pytest.fixture(scope="module")
def recognitions() -> set[str]:
    """Whether the two recognitions were prepared already."""
    return set()


@pytest.fixture
def ready(walk: Walk, recognitions: set[str]) -> Walk:
    """A walk to which both recognitions lie before; made once, whichever journey comes first."""
    if not recognitions:
        life.prepare(walk, prepared.recognitions)
        recognitions.add("made")
    return walk


def test_recognised_park_is_told_to_everybody(ready: Walk) -> None:
    offices.approve(ready, PASSED, "拟认定通知", "recognition")
    with ready.turn() as page:
        life.park_page(page, PASSED, PASSED)
        says(page, "已认定")
        says(page, "认定")
        ready.look(page, "park-recognised", phone=True)
        page.goto(f"/parks/?status=creating&q={PASSED}")
        expect(page.get_by_role("main").get_by_role("link", name=PASSED)).to_have_count(0)
    ready.finish()


def test_park_that_is_not_recognised_goes_on_and_its_city_reads_why(ready: Walk) -> None:
    life.judge_last_clause(ready, "fgw", FAILED, SECRET)
    life.look_on_the_spot(ready, FAILED)
    offices.conclude(ready, FAILED, "不建议认定", "示例：技术创新体系尚未形成，不建议认定。")
    offices.report(ready, FAILED)
    offices.refuse(ready, FAILED, "不予认定，继续创建", REASONS)
    with ready.turn("hz-jb") as page:
        page.goto(f"/applications/about/{prepared.DECLINED}/")
        page.get_by_role("link", name=f"认定 · {FAILED}").click()
        says(page, "不予认定")
        for reason in REASONS.splitlines():
            says(page, reason)
        assert SECRET not in page.content()
        ready.look(page, "recognition-refused", phone=True)
    with ready.turn() as page:
        page.goto(f"/parks/?status=creating&q={FAILED}")
        expect(page.get_by_role("main").get_by_role("link", name=FAILED).first).to_be_visible()
    ready.finish()


def test_park_is_enlarged_and_both_boundaries_stay(walk: Walk) -> None:
    filing = life.start_expansion(walk, "nb", ENLARGED)
    life.draw_wider(walk, "nb", filing, prepared.EXPANDED)
    life.prepare(walk, prepared.expansion)
    offices.approve(walk, ENLARGED, name="expansion-approval")
    with walk.turn() as page:
        life.park_page(page, ENLARGED, ENLARGED)
        expect(page.get_by_role("table", name="范围沿革").get_by_role("row")).to_have_count(3)
        expect(page.get_by_role("figure").locator("canvas").first).to_be_visible()
        walk.look(page, "park-enlarged", phone=True)
    walk.finish()


def test_best_park_becomes_national_and_is_found_by_its_old_name(walk: Walk) -> None:
    address = life.recommend(walk, BEST)
    life.ask_the_council(walk, address)
    life.upgrade(walk, address, "国函〔2026〕8号", NEW_NAME)
    with walk.turn() as page:
        life.park_page(page, BEST, NEW_NAME)
        for text in ("国家高新区", BEST):
            says(page, text)
        walk.look(page, "park-national", phone=True)
        life.park_page(page, "德清高新", "湖州莫干山高新技术产业开发区")
    walk.finish()
