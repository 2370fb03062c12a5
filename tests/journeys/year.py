"""What committees, cities and offices do in the course of a year: report, settle, object, compute, warn, revoke."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from indicators.enums import Book
from indicators.ledgers import columns
from indicators.ledgers.checking import park_label
from portal.sample.series import series
from portal.sample.years import LAST, PLANS
from tests.journeys.offices import CONTACT, LEAD, pass_on, send, sign, sign_checked
from tests.journeys.walk import PASSWORD, Walk, open_task, reload_until, says, whole

FIGURES, SANCTIONS, RUNS = "/figures/", "/sanctions/", "/runs/"
STATISTICS = "tjj"
EXPLAINED = "示例：两家龙头企业当年整体迁入。"
OFFICIAL = "示例·王厅长"
IMPORTED = "示例规划环评（批量导入）"


def open_return(page: Page, name: str, year: int = LAST) -> str:
    """From the list of returns to one of them; its address."""
    page.goto(f"{FIGURES}?year={year}")
    page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(name))).first.click()
    whole(page, page.get_by_role("heading", level=1, name=name))
    return page.url


def fill_by_keyboard(walk: Walk, committee: str, park: str, leap: str) -> None:
    """A committee pastes what its return lacks as one block; the figure `leap` doubles and has to be explained."""
    plan = next(one for one in PLANS if one.name == park)
    known = series(plan.seed, plan.scale, LAST)[LAST]
    with walk.turn(f"{committee}-jb") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_return(page, park)
        walk.look(page, "return", phone=True)
        cells = page.locator("tr[data-code] [name$=-value]")
        told: list[tuple[str, str]] = cells.evaluate_all("all => all.map(one => [one.name.slice(0, -6), one.value])")
        first = next(place for place, (code, value) in enumerate(told) if not value and code in known)
        rows = [(code, value or known.get(code, "")) for code, value in told[first:]]
        rows = [(code, str(2 * float(value)) if code == leap else value) for code, value in rows]
        block = "\n".join(f"{value}\t{'示例：统计台账' if value else ''}" for _code, value in rows)
        page.evaluate("text => navigator.clipboard.writeText(text)", block)
        cells.nth(first).focus()
        page.keyboard.press("Control+V")
        expect(cells.nth(first)).to_have_value(rows[0][1])
        explanation = page.locator(f"[name='{leap}-explanation']")
        expect(explanation).to_be_visible()
        explanation.fill(EXPLAINED)
        page.keyboard.press("Enter")
        save(page)
        for asked in page.locator("[data-explain]:not([hidden]) input").all():
            asked.fill(EXPLAINED)
        save(page)
        expect(page.locator("[data-problems]")).to_be_hidden()
        walk.look(page, "return-filled", phone=True)


def save(page: Page) -> None:
    """Save what the page holds, and wait for the answer."""
    with page.expect_navigation():
        page.get_by_role("button", name="保存并检查").last.click()
    says(page, "已保存")


def import_rows(walk: Walk, committee: str, park: str) -> None:
    """A committee reads a table into a ledger, under the very role that serves, and finds its row there."""
    row = {
        "name": IMPORTED,
        "approved_on": "2024-06-01",
        "office": "省生态环境厅",
        "paper": "示例〔2024〕1号",
        "covered": "1",
    }
    heads = [park_label(Book.EIAS), *(columns.label(Book.EIAS, name) for name in row)]
    table = "\r\n".join([",".join(heads), ",".join([park, *row.values()])])
    with walk.turn(f"{committee}-jb") as page:
        page.goto(f"/ledgers/{Book.EIAS}/import/")
        page.get_by_label("XLSX 或 CSV 文件").set_input_files({
            "name": "rows.csv", "mimeType": "text/csv", "buffer": table.encode("utf-8-sig")
        })  # fmt: skip
        page.get_by_role("button", name="上传并核对").click()
        reload_until(page, page.get_by_role("button", name="确认导入"))
        page.get_by_role("button", name="确认导入").click()
        reload_until(page, page.get_by_role("link", name="查看台账"))
        page.get_by_role("link", name="查看台账").click()
        says(page, IMPORTED)


def step(walk: Walk, account: str, name: str, act: str, told: str) -> None:
    """One step of a return by the button on its page."""
    with walk.turn(account) as page:
        open_return(page, name)
        page.locator(f"form[action$='/act/{act}/'] button").click()
        says(page, told)
        walk.look(page, f"return-{act}", phone=True)


def settle(walk: Walk, name: str, agreed: str) -> None:
    """省统计局 settles what a department holds against a return, and locks it."""
    with walk.turn(f"{STATISTICS}-jb") as page:
        open_return(page, name)
        walk.look(page, "conflict", phone=True)
        page.get_by_label("协商确定数").fill(agreed)
        page.get_by_label("依据").fill("示例：以统计年报数为准。")
        page.get_by_role("button", name="协商确定", exact=True).click()
        says(page, "数据冲突已协商确定。")
    step(walk, f"{STATISTICS}-qf", name, "lock", "数据已锁定。")


def object_to(walk: Walk, city: str, name: str, code: str, reason: str) -> None:
    """A city objects to a final figure of its own; 省统计局 does not follow it, and says why."""
    with walk.turn(f"{city}-jb") as page:
        address = f"{open_return(page, name)}{code}/"
        page.goto(address)
        page.locator("[name=object-reason]").fill(reason)
        page.locator("[name=object-value]").fill("1")
        walk.look(page, "figure", phone=True)
        page.get_by_role("button", name="提出异议").click()
        says(page, "等待省统计局答复")
    with walk.turn(f"{STATISTICS}-qf") as page:
        page.goto(address)
        says(page, reason)
        page.locator("[name=answer-outcome][value=refuse]").check()
        page.locator("[name=answer-reason]").fill("示例：联网直报平台数据核对无误。")
        walk.look(page, "objection", phone=True)
        page.get_by_role("button", name="答复异议").click()
        says(page, "示例：联网直报平台数据核对无误。")


def confirm_proposal(walk: Walk, park: str, year: int) -> str:
    """省科技厅's reviewer confirms what the released year proposes; the address of the case."""
    with walk.turn(f"{LEAD}-sh") as page:
        open_task(page, re.compile(rf"{re.escape(park)}{year}年度"))  # type: ignore[arg-type]
        walk.look(page, "sanction-proposal", phone=True)
        page.get_by_label("登录密码").fill(PASSWORD)
        page.locator("[name=act][value=confirm]").click()
        says(page, "确认")
    return case_of(walk, f"{LEAD}-jb", park, year)


def case_of(walk: Walk, account: str, park: str, year: int) -> str:
    """The address of a sanction case, from the list."""
    with walk.turn(account) as page:
        page.goto(SANCTIONS)
        walk.look(page, "sanctions", phone=True)
        page.get_by_role("row", name=re.compile(rf"{re.escape(park)}.*{year}")).get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1, name=park)).to_be_visible()
        return page.url


def draft(walk: Walk, office: str, case: str, button: str, name: str, **fields: str) -> None:
    """A paper of the case: drafted from its page, checked, signed."""
    with walk.turn(f"{office}-jb") as page:
        page.goto(case)
        walk.look(page, f"case-{name}", phone=True)
        page.get_by_role("button", name=button).click()
        title = send(walk, page, name, **fields)
    sign(walk, office, title, name)


def press(walk: Walk, account: str, case: str, button: str, told: str) -> None:
    """An act of the case that is nothing but its button."""
    with walk.turn(account) as page:
        page.goto(case)
        page.get_by_role("button", name=button, exact=True).click()
        says(page, told)


def hear(walk: Walk, city: str, case: str, reasons: str) -> None:
    """The city is told, signs for it and states its reasons; 省科技厅 answers each of them."""
    draft(walk, LEAD, case, "起草告知书", "sanction-notice", contact=CONTACT)
    press(walk, f"{city}-jb", case, "签收告知书", "已签收，陈述申辩期限自次日起算。")
    draft(walk, city, case, "起草陈述申辩意见", "statement", reasons=reasons, contact=CONTACT)
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto(case)
        page.locator("#act-answer summary").click()
        for place, _reason in enumerate(reasons.splitlines(), start=1):
            page.locator(f"[name=outcome-{place}][value=rejected]").check()
            page.locator(f"[name=text-{place}]").fill(f"示例：第{place}条理由不影响年度目标的认定。")
        walk.look(page, "answers", phone=True)
        page.get_by_role("button", name="逐条答复申辩理由").click()
        says(page, "答复已保存。")


def compute(walk: Walk, year: int) -> str:
    """省科技厅 has a year computed and waits for the worker; the address of the run."""
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto(RUNS)
        page.get_by_role("link", name="测算一个年度").click()
        walk.look(page, "run-start", phone=True)
        page.get_by_role("button", name="正式测算").click()
        page.wait_for_url(re.compile(r"/runs/[0-9a-f-]{36}/"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(str(year))
        reload_until(page, page.get_by_role("heading", name="提请发布"))
        walk.look(page, "run", phone=True)
        return page.url


def release(walk: Walk, run: str) -> None:
    """Everything is to be public; the circular is drafted, checked, countersigned by two departments and signed."""
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto(run)
        page.get_by_role("radio", name="公开全部位次").check()
        still = page.locator("[name=as_open]")
        if still.count():
            still.check()
        page.get_by_role("button", name="提请发布").click()
        says(page, "已提请发布")
        page.get_by_role("button", name="起草或继续办理通报").click()
        title = send(walk, page, "circular", contact=CONTACT)
    pass_on(walk, LEAD, title, "circular")
    for office in ("fgw", STATISTICS):
        cosign(walk, office)
    sign_checked(walk, LEAD, title, "circular")


def cosign(walk: Walk, office: str) -> None:
    """A department's signer reads the circular and countersigns it with the password (会签)."""
    with walk.turn(f"{office}-qf") as page:
        open_task(page, re.compile("^会签"))  # type: ignore[arg-type]
        page.get_by_role("radio", name="同意", exact=True).check()
        page.get_by_label("登录密码").fill(PASSWORD)
        walk.look(page, "cosign", phone=True)
        page.get_by_role("button", name="会签", exact=True).click()
        says(page, "已会签。")


def rows_of(page: Page, name: str) -> Locator:
    """The rows of the page's tables that are about something."""
    return page.get_by_role("main").get_by_role("row").filter(has_text=name)
