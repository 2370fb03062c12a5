"""What a city does on its pages: create a filing, fill it in, send it, answer, correct."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal

from playwright.sync_api import Locator, Page, expect

from portal.sample.documents import document
from portal.sample.plan import values
from registry.geometry.synthetic import synthetic_boundary
from tests.journeys.offices import CONTACT, send, sign
from tests.journeys.walk import Walk, says

BOUNDARY_SEED = 0  # beside the parks of the sample province, which are drawn with other seeds
INDUSTRY = ("高端装备制造", "C34 通用设备制造业")
DETAILS = {"文号": "示例政〔2026〕6号", "出具（批准）单位": "示例单位", "日期": "2026-06-01"}


def create(walk: Walk, city: str, zone: str, park: str) -> str:
    """The city's handler creates a filing; the address of its task list."""
    with walk.turn(f"{city}-jb") as page:
        page.goto("/desk/")
        walk.look(page, "desk", phone=True)
        page.get_by_role("link", name="申报", exact=True).click()
        walk.look(page, "filings", phone=True)
        page.get_by_role("button", name="新建申报").click()
        walk.look(page, "new-filing", phone=True)
        page.get_by_label("拟创建园区名称").fill(park)
        page.get_by_label("所在开发区").select_option(label=zone)
        page.get_by_role("button", name="建立申报").click()
        expect(page.get_by_role("heading", level=1, name=park)).to_be_visible()
        walk.look(page, "task-list-empty", phone=True)
        return page.url


def fill_in(walk: Walk, city: str, code: str, address: str, zone: str) -> None:
    """Every page of the plan, from the first to the last by its button; the boundary as a file in the city `code`."""
    typed = values(dt.date.today(), zone, *INDUSTRY, Decimal(1))
    with walk.turn(f"{city}-jb") as page:
        page.goto(address)
        page.locator(".govuk-task-list__link").first.click()
        onward = page.get_by_role("button", name="保存，去下一页")
        for _page in range(40):
            page.wait_for_load_state()
            heading = page.get_by_role("heading", level=1).inner_text()
            if page.get_by_label("边界文件").count():
                _upload_boundary(page, code)
            _fill_page(page, typed)
            walk.look(page, f"plan-{_slug(page.url)}", phone=True)
            if not onward.count():
                page.get_by_role("button", name="保存，回任务清单").click()
                break
            onward.click()
            expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
            page.wait_for_load_state()
            assert page.locator(".govuk-error-summary").count() == 0, page.locator(".govuk-error-summary").inner_text()
        expect(page).to_have_url(address)


def _slug(address: str) -> str:
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]


def _fill_page(page: Page, typed: Mapping[str, object]) -> None:
    """Fill what the page asks for, control by control."""
    controls = page.locator("form[data-autosave] :is(input:not([type=hidden]), select, textarea)")
    for place in range(controls.count()):
        control = controls.nth(place)
        value = typed.get(control.get_attribute("name") or "")
        if value is not None:
            _fill(control, value)


def _fill(control: Locator, value: object) -> None:
    if control.get_attribute("type") == "checkbox":
        control.set_checked(bool(value))
    elif control.evaluate("element => element.tagName") == "SELECT":
        control.select_option(str(value))
    else:
        control.fill(str(value))


def _upload_boundary(page: Page, code: str) -> None:
    shape = {"type": "Feature", "properties": {}, "geometry": synthetic_boundary(code, BOUNDARY_SEED, 12.5)}
    payload = {"name": "边界.geojson", "mimeType": "application/geo+json", "buffer": json.dumps(shape).encode()}
    page.get_by_label("边界文件").set_input_files(payload)  # type: ignore[arg-type]
    page.get_by_label("坐标系").select_option("EPSG:4490")
    page.get_by_role("button", name="保存边界").click()
    says(page, "边界闭合、有效，没有发现问题。")


def upload_materials(walk: Walk, city: str, address: str) -> None:
    """A file for each piece of the thirteen materials that asks for one."""
    with walk.turn(f"{city}-jb") as page:
        page.goto(f"{address}materials/")
        walk.look(page, "materials-empty", phone=True)
        codes = page.locator("tr[id^=material-] form:has(input[type=file]) input[name=code]")
        wanted = [codes.nth(n).input_value() for n in range(codes.count())]
        for code in (code for code in wanted if code != "figures"):
            attach(page, code, f"{code}（示例）")
        walk.look(page, "materials", phone=True)


def attach(page: Page, code: str, title: str) -> None:
    """Upload one file with what must be written down of it."""
    form = page.locator(f"form:has(input[name=code][value='{code}'])")
    page.wait_for_load_state()
    if not form.get_by_role("button", name="上传文件").is_visible():
        page.locator(f"details:has(input[name=code][value='{code}']) > summary").click()
    for label, value in DETAILS.items():
        if form.get_by_label(label).count():
            form.get_by_label(label).fill(value)
    file = document(title)
    payload = {"name": file.name, "mimeType": "application/pdf", "buffer": file.read()}
    form.locator("input[type=file]").set_input_files(payload)  # type: ignore[arg-type]
    form.get_by_role("button", name="上传文件").click()
    expect(page.get_by_role("link", name=f"{title}.pdf", exact=True).last).to_be_visible()


def check_oneself(walk: Walk, city: str, address: str) -> None:
    """Nothing is missing; of the thirteen materials only the request itself, which is signed last, is still open."""
    with walk.turn(f"{city}-jb") as page:
        page.goto(address)
        says(page, "规划和材料已经齐备，可以送审")
        walk.look(page, "task-list-complete", phone=True)
        page.get_by_role("link", name="逐条查看自查结果").click()
        expect(page.get_by_role("heading", level=1, name="自查")).to_be_visible()
        against = page.get_by_role("row").filter(has_text="不符合")
        expect(against).to_have_count(1)
        expect(against).to_contain_text("P-II.1.8b")
        walk.look(page, "self-check", phone=True)


def submit(walk: Walk, city: str, address: str) -> None:
    """经办 → 审核 → 签发 of the request; the receipt is there at once."""
    with walk.turn(f"{city}-jb") as page:
        page.goto(address)
        page.get_by_role("button", name=re.compile("^拟.*请示$")).click()
        grounds = "示例：产业基础扎实，主导产业初具规模。\n创建规划已经专家论证。"
        title = send(walk, page, "request", grounds=grounds, contact=CONTACT)
    sign(walk, city, title, "request")
    with walk.turn(f"{city}-jb") as page:
        page.goto(address)
        expect(
            page.get_by_role("table", name="封存的版本").get_by_role("link", name=re.compile("-R"))
        ).not_to_have_count(0)
        walk.look(page, "submitted", phone=True)


def answer_question(walk: Walk, city: str, address: str, question: str, answer: str) -> None:
    """The city reads a question on the filing's page and answers it."""
    with walk.turn(f"{city}-jb") as page:
        page.goto(address)
        says(page, question)
        walk.look(page, "filing-with-question", phone=True)
        page.get_by_role("link", name="答复询问", exact=True).click()
        walk.look(page, "answer", phone=True)
        page.get_by_label("答复").fill(answer)
        page.get_by_role("button", name="提交答复").click()
        says(page, "答复已提交。")


def correct(walk: Walk, city: str, address: str, answers: Mapping[str, str]) -> None:
    """After a return the city mends a field and a file, and answers every remark (T4)."""
    with walk.turn(f"{city}-jb") as page:
        page.goto(address)
        walk.look(page, "returned", phone=True)
        page.get_by_role("link", name="人才基地：进度安排").first.click()
        page.get_by_label("进度安排").first.fill("示例：2026年3月至2028年12月，2027年6月前完成主体工程。")
        page.get_by_role("button", name="保存，回任务清单").click()
        # The script saves first and sends the form afterwards; the browser keeps the field's fragment.
        expect(page).to_have_url(re.compile(rf"{re.escape(address)}(#.*)?$"))
        page.goto(f"{address}materials/")
        attach(page, "argumentation", "论证报告补正稿（示例）")
        page.goto(address)
        for text, answer in answers.items():
            remark = page.get_by_role("article").filter(has_text=text)
            remark.get_by_label("答复").fill(answer)
            remark.get_by_role("button", name="保存答复").click()
            expect(page.get_by_role("article").filter(has_text=text)).to_contain_text(answer)
        walk.look(page, "remarks-answered", phone=True)
