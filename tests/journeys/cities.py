"""What offices and third parties do with a county on its way to an innovative one."""

from __future__ import annotations

import datetime as dt
import re

from playwright.sync_api import Page, expect

from tests.journeys.offices import CONTACT, LEAD, send, sign
from tests.journeys.walk import PASSWORD, Walk, open_task, says, whole

REASON = "示例：佐证材料齐全，任务落实到位。"


def lodge(walk: Walk, county: str) -> None:
    """The county's three persons sign the letter by which it applies to 省科技厅 (U1)."""
    with walk.turn(f"{county}-jb") as page:
        page.goto("/applications/place/")
        walk.look(page, "place", phone=True)
        page.get_by_role("main").get_by_role("link", name=re.compile("创新型|德清县")).first.click()
        page.get_by_role("button", name=re.compile("^拟.*(函|请示)")).first.click()
        title = send(walk, page, grounds="示例：科技强县基础较好，规划和方案已经审议。", contact=CONTACT)
    sign(walk, county, title)


def open_round(walk: Walk, kind: str, place: str) -> str:
    """省科技厅's handler opens a round of one place; its address."""
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto("/evaluations/")
        walk.look(page, "evaluations", phone=True)
        page.get_by_role("button", name=f"发起{kind}").click()
        begin = page.get_by_role("button", name="发起测评")
        whole(page, begin)
        day = dt.date.today() + dt.timedelta(days=40)
        page.locator("[name=due_on]").fill(day.isoformat())
        for box in page.get_by_role("checkbox").all():
            box.set_checked(False)
        page.get_by_role("checkbox", name=re.compile(place)).check()
        walk.look(page, "evaluation-open", phone=True)
        begin.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(kind)
        return page.url


def contract(walk: Walk, address: str, office: str) -> None:
    """A third party is contracted for the place of the round."""
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto(address)
        page.get_by_role("button", name="委托第三方机构").click()
        choice = page.locator("[name=organisation]")
        label = choice.locator("option").filter(has_text=re.compile(office)).first.inner_text()
        choice.select_option(label=label)
        page.locator("[name=number]").fill(f"合同〔{dt.date.today().year}〕{address[-5:-1]}号")
        page.locator("[name=signed_on]").fill(dt.date.today().isoformat())
        page.get_by_role("checkbox").first.check()
        walk.look(page, "evaluation-contract", phone=True)
        page.get_by_role("button", name="登记委托").click()
        says(page, "尚未出具测评报告")


def seat(walk: Walk, address: str, place: str, *names: str) -> None:
    """Evaluators are assigned to the place, in this order."""
    with walk.turn(f"{LEAD}-jb") as page:
        for name in names:
            page.goto(address)
            page.get_by_role("table", name="测评对象和评价人").get_by_role("link", name=place).click()
            form = page.locator("form").filter(has=page.get_by_role("button", name="指派")).first
            choice = form.locator("[name=post]")
            label = choice.locator("option").filter(has_text=name).first.inner_text()
            choice.select_option(label=label)
            walk.look(page, "evaluation-place", phone=True)
            form.get_by_role("button", name="指派").click()
            expect(page.get_by_role("main").get_by_text(name).first).to_be_visible()


def declare(walk: Walk, account: str, address: str) -> None:
    """An evaluator declares independence before seeing anything."""
    with walk.turn(account) as page:
        page.goto(address)
        page.get_by_role("button", name="声明独立性").click()
        page.get_by_role("checkbox").check()
        walk.look(page, "evaluation-declare", phone=True)
        page.get_by_role("button", name="签署声明").click()
        expect(page).to_have_url(re.compile("/evaluations/"))


def start(walk: Walk, address: str) -> None:
    """省科技厅 lets the scoring begin."""
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto(address)
        page.get_by_role("button", name="开始评分").click()
        says(page, "评分中")


def score(walk: Walk, account: str, address: str, place: str, *scores: str) -> None:
    """An evaluator fills in the sheet of a place and hands it in."""
    with walk.turn(account) as page:
        page.goto(address)
        page.get_by_role("link", name=place, exact=True).first.click()
        fields = page.locator("input[name$=-score]")
        expect(fields).to_have_count(len(scores))
        for number, given in enumerate(scores):
            fields.nth(number).fill(given)
            page.locator("textarea[name$=-reason]").nth(number).fill(REASON)
        walk.look(page, "evaluation-sheet", phone=True)
        page.get_by_role("button", name="提交评分").click()
        says(page, "评分已提交并锁定。")


def report(walk: Walk, office: str, address: str) -> None:
    """The third party's three persons sign its report."""
    with walk.turn(f"{office}-jb") as page:
        page.goto(address)
        page.get_by_role("button", name="起草测评报告").click()
        title = send(walk, page, "evaluation-report", findings="示例：创新投入持续增长。", contact=CONTACT)
    sign(walk, office, title, "evaluation-report")


def close(walk: Walk, address: str) -> None:
    """Another person of 省科技厅 closes the round; the results stand."""
    with walk.turn(f"{LEAD}-sh") as page:
        page.goto(address)
        page.get_by_role("button", name="完成本轮测评").click()
        expect(page.get_by_role("table", name="测评结果")).to_be_visible()
        walk.look(page, "evaluation-closed", phone=True)


def ask_departments(walk: Walk, place: str, asked: str) -> None:
    """省科技厅 asks one department for its opinion on the application (U4)."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"启动部门审核：{place}")
        page.get_by_role("button", name="拟征求意见函").click()
        whole(page, page.get_by_role("checkbox", name=asked))
        for box in page.get_by_role("checkbox").all():
            box.set_checked(False)
        page.get_by_role("checkbox", name=asked).check()
        title = send(walk, page, contact=CONTACT)
    sign(walk, LEAD, title)


def conclude(walk: Walk, place: str) -> None:
    """The minutes recommend the place (U4)."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"汇总意见、形成结论：{place}")
        says(page, "达到试点分数线")
        walk.look(page, "city-case", phone=True)
        page.get_by_role("button", name="拟审核会议纪要").click()
        page.get_by_role("radio", name="建议列为试点", exact=True).check()
        told = {
            "text": "示例：规划可行，测评得分达到要求。",
            "held": "2026年11月20日，在省科技厅",
            "present": "示例·王处长",
        }
        title = send(walk, page, "city-minutes", **told)
    sign(walk, LEAD, title, "city-minutes")


def make_pilot(walk: Walk, place: str) -> None:
    """省科技厅's notice makes the place a pilot (U4)."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"公布审核结果：{place}")
        page.get_by_role("button", name="拟公布试点的通知").click()
        title = send(walk, page, "pilot-notice", duties="示例：按方案抓好落实。", contact=CONTACT)
    sign(walk, LEAD, title, "pilot-notice")


def review_results(walk: Walk, year: int, department: str, label: str) -> None:
    """A department is asked for its word on the results of the round, and agrees (U6)."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"就{year}年度测评结果征求部门意见")
        page.get_by_role("checkbox", name=label).check()
        walk.look(page, "city-review", phone=True)
        page.get_by_role("button", name="征求意见").click()
        says(page, "已办理。")
    with walk.turn(f"{department}-jb") as page:
        open_task(page, f"对{year}年度创新型城市测评结果提出意见")
        page.get_by_role("radio", name="同意", exact=True).check()
        walk.look(page, "city-review-advice", phone=True)
        page.get_by_role("button", name="提交签发人").click()
        says(page, "已办理。")
    with walk.turn(f"{department}-qf") as page:
        open_task(page, f"签发对{year}年度创新型城市测评结果的意见")
        expect(page.get_by_role("radio", name="同意", exact=True)).to_be_checked()
        page.get_by_label("登录密码").fill(PASSWORD)
        page.get_by_role("button", name="签发意见").click()
        says(page, "已办理。")


def circulate(walk: Walk, year: int) -> None:
    """省科技厅 tells the results to the whole province (U6)."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"通报{year}年度测评结果")
        page.get_by_role("button", name="起草测评结果的通报").click()
        title = send(walk, page, "evaluation-circular", contact=CONTACT)
    sign(walk, LEAD, title, "evaluation-circular")


def nominate(walk: Walk, year: int, place: str) -> None:
    """The reviewer settles whom to lay before the province, the handler drafts the request (U7)."""
    with walk.turn(f"{LEAD}-sh") as page:
        open_task(page, re.compile(f"研究报请认定：{year}年度"))  # type: ignore[arg-type]
        expect(page.get_by_role("checkbox", name=re.compile(place))).to_be_checked()
        walk.look(page, "city-nominate", phone=True)
        page.get_by_role("button", name="确定名单").click()
        says(page, "已办理。")
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, re.compile(f"^报请省政府认定创新型城市.*{year}年度"))  # type: ignore[arg-type]
        page.get_by_role("button", name="起草认定创新型城市的请示").click()
        title = send(walk, page, "recognition-request", grounds="示例：试点成效明显。", contact=CONTACT)
    sign(walk, LEAD, title, "recognition-request")


def recognise(walk: Walk) -> None:
    """省政府's notice recognises the place (U7)."""
    with walk.turn("szf-jb") as page:
        open_task(page, re.compile("^审定：认定创新型城市"))  # type: ignore[arg-type]
        page.get_by_role("button", name="起草认定创新型城市的通知").click()
        title = send(walk, page, "recognition-notice", duties="示例：发挥示范带动作用。")
    sign(walk, "szf", title, "recognition-notice")


def public_page(page: Page, code: str, *words: str) -> None:
    """What everybody reads of the place."""
    page.goto(f"/cities/{code}/")
    for word in words:
        says(page, word)
