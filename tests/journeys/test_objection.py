"""Objection upheld: somebody objects under the real name, 省科技厅 finds it right, and the case goes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import offices
from tests.journeys.walk import Walk, filing_of, open_task, reload_until, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CITY, PARK = "sx", "绍兴滨海高新技术产业园区（示例）"  # the sample's case with a recommending conclusion
NAME, UNIT, PHONE = "陈秉公", "滨海街道海塘社区", "0575-88886666"
TEXT = "公示的东侧边界与海塘社区居住用地重叠，社区已于去年书面反映，请核实四至范围。"
PASSED_ON = "有人反映东侧边界与居住用地重叠，请说明边界论证情况。"
EXPLAINED = "经核对，东侧约两公顷与居住用地重叠，同意调整。"
# A portal that has just loaded its sample still has its messages to deliver.
WORKER_SECONDS = 120
GROUNDS = "经现场核实，东侧边界与居住用地重叠约两公顷，须调整四至范围后重新形成结论。"


def test_upheld_objection_sends_the_case_back(walk: Walk) -> None:
    notice = offices.publish(walk, PARK)
    number, code = _object(walk, notice)
    _take_up_and_pass_on(walk, number)
    _city_explains(walk)
    _answer(walk, number)
    _objector_reads(walk, number, code)
    _notice_tells_the_result(walk, notice)
    _city_never_learns_who(walk)
    offices.conclude(walk, PARK, "暂缓", "示例：调整四至范围后再报。", task="重新形成结论")
    offices.report(walk, PARK)
    walk.finish()


def _object(walk: Walk, notice: str) -> tuple[str, str]:
    """A stranger objects, first without a name, then under the real one; number and code of the receipt."""
    with walk.turn() as page:
        page.goto(notice)
        page.get_by_role("link", name="提出异议").click()
        page.locator("[name=unit]").fill(UNIT)
        page.locator("[name=phone]").fill(PHONE)
        page.locator("[name=text]").fill(TEXT)
        page.locator("[name=name]").fill("匿名")
        page.get_by_role("button", name="提交异议").click()
        says(page, "匿名异议无法核实，不予受理")
        walk.look(page, "objection-anonymous", phone=True)
        expect(page.locator("[name=text]")).to_have_value(TEXT)
        page.locator("[name=name]").fill(NAME)
        page.get_by_role("button", name="提交异议").click()
        says(page, "异议已收到")
        walk.look(page, "objection-receipt", phone=True)
        return page.locator("#receipt-number").inner_text(), page.locator("#receipt-code").inner_text()


def _take_up_and_pass_on(walk: Walk, number: str) -> None:
    with walk.turn(f"{offices.LEAD}-jb") as page:
        _task_of(page, f"审查异议：{PARK}（{number}）")
        for part in (NAME, UNIT, PHONE, TEXT):
            says(page, part)
        page.get_by_role("button", name="受理异议").click()
        says(page, "异议已受理")
        walk.look(page, "objection", phone=True)
        page.get_by_text("转请申报单位说明").click()
        page.locator("[name=inquiry]").fill(PASSED_ON)
        page.get_by_role("button", name="转请说明", exact=True).click()
        says(page, "已转请申报单位说明")


def _task_of(page: Page, title: str) -> None:
    """The worker puts the task on the desk after the objection, and after what it still has to deliver of before."""
    page.goto("/desk/")
    link = page.get_by_role("region", name="待我办理").get_by_role("rowheader").get_by_role("link", name=title).first
    reload_until(page, link, WORKER_SECONDS)
    link.click()


def _city_explains(walk: Walk) -> None:
    with walk.turn(f"{CITY}-jb") as page:
        open_task(page, f"说明公示异议：{PARK}")
        says(page, PASSED_ON)
        assert not any(part in page.content() for part in (NAME, UNIT, PHONE, TEXT))
        walk.look(page, "inquiry", phone=True)
        page.locator("[name=answer]").fill(EXPLAINED)
        page.get_by_role("button", name="提交说明").click()
        says(page, "情况说明已提交省科技厅")


def _answer(walk: Walk, number: str) -> None:
    with walk.turn(f"{offices.LEAD}-jb") as page:
        open_task(page, f"答复异议：{number}")
        says(page, EXPLAINED)
        page.get_by_role("button", name="拟异议处理意见").click()
        page.get_by_role("radio", name="异议成立", exact=True).check()
        title = offices.send(walk, page, "objection-reply", grounds=GROUNDS)
    offices.sign(walk, offices.LEAD, title, "objection-reply")


def _objector_reads(walk: Walk, number: str, code: str) -> None:
    with walk.turn() as page:
        page.goto("/publicity/")
        page.get_by_role("link", name="查询异议处理情况").click()
        page.locator("[name=number]").fill(number)
        page.locator("[name=code]").fill(code)
        page.get_by_role("button", name="查询", exact=True).click()
        says(page, "异议成立")
        says(page, GROUNDS)
        walk.look(page, "objection-answer", phone=True)


def _notice_tells_the_result(walk: Walk, notice: str) -> None:
    with walk.turn() as page:
        page.goto(notice)
        says(page, "本次公示终止")
        expect(page.get_by_role("link", name="提出异议")).to_have_count(0)
        page.goto("/publicity/")
        row = page.get_by_role("row", name=re.compile(re.escape(PARK)))
        expect(row.get_by_text("异议成立")).to_be_visible()
        walk.look(page, "notices", phone=True)


def _city_never_learns_who(walk: Walk) -> None:
    address = filing_of(walk, CITY, PARK)
    with walk.turn(f"{CITY}-jb") as page:
        for place in (address, "/desk/", "/desk/messages/", "/papers/list/", "/applications/"):
            page.goto(place)
            assert not any(part in page.content() for part in (NAME, UNIT, PHONE, TEXT))
