"""What offices do on their pages: sign a paper off, route, ask, judge, decide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.journeys.dates import lay_back
from tests.journeys.walk import PASSWORD, Walk, open_task, says, whole

LEAD, GOVERNMENT = "kjt", "szf"
DEPARTMENTS = ("fgw", "zzb", "jxt", "rst", "zrzyt", "sthjt", "jst", "swt", "tjj")
CONTACT = "联系人：示例·李经办，电话：0571-00000000"


def send(walk: Walk, page: Page, name: str = "draft", **fields: str) -> str:
    """Fill the fields of the draft that is open by their names, and send it for checking; its title."""
    for field, value in fields.items():
        page.locator(f"[name={field}]").fill(value)
    walk.look(page, name, phone=True)
    page.get_by_role("button", name="送审", exact=True).click()
    says(page, "已送审，等待审核人审核。")
    return title_of(page)


def title_of(page: Page) -> str:
    """The title of the paper that is being drafted."""
    return page.title().partition(" · ")[0]


def sign(walk: Walk, office: str, title: str, name: str = "draft") -> None:
    """The reviewer passes a draft on, the signer signs it with the password; both come from their desks."""
    pass_on(walk, office, title, name)
    sign_checked(walk, office, title, name)


def pass_on(walk: Walk, office: str, title: str, name: str = "draft") -> None:
    """The reviewer passes a draft on."""
    with walk.turn(f"{office}-sh") as page:
        open_task(page, f"审核：{title}")
        walk.look(page, f"{name}-checking")
        page.get_by_role("button", name="审核通过").click()
        says(page, "审核通过，等待签发人签发。")


def sign_checked(walk: Walk, office: str, title: str, name: str = "draft") -> None:
    """The signer signs what was checked, with the password."""
    with walk.turn(f"{office}-qf") as page:
        open_task(page, f"签发：{title}")
        page.get_by_label("登录密码").fill(PASSWORD)
        walk.look(page, f"{name}-signing")
        page.get_by_role("button", name="签发", exact=True).click()
        expect(page).to_have_url(re.compile("/papers/view/"))
        expect(page.get_by_text("成文日期").first).to_be_visible()
        walk.look(page, "paper", phone=True)


def route(walk: Walk, park: str) -> None:
    """省政府办公厅 routes a filing to 省科技厅 (T2)."""
    with walk.turn(f"{GOVERNMENT}-jb") as page:
        open_task(page, f"交办：{park}创建申报")
        walk.look(page, "check-to-route", phone=True)
        page.get_by_role("button", name="交办省科技厅").click()
        says(page, "已交办省科技厅。")


def accept(walk: Walk, park: str, task: str = "形式审查") -> None:
    """省科技厅 accepts a filing (T5), its three persons one after another."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, re.compile(rf"{task}.*{re.escape(park)}"))  # type: ignore[arg-type]
        walk.look(page, "check", phone=True)
        for tab in ("自查结果", "办理过程", "公文"):
            page.get_by_role("navigation", name="申报的各部分").get_by_role("link", name=tab).click()
            expect(page.locator("[aria-current=page]").filter(has_text=tab)).to_be_visible()
        page.get_by_role("button", name="拟受理通知书").click()
        title = send(walk, page, contact=CONTACT)
    sign(walk, LEAD, title)


def open_review(walk: Walk, park: str) -> None:
    """省科技厅 asks the nine departments (T6)."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"启动联审联评：{park}")
        page.get_by_role("button", name="拟征求意见函").click()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(len(DEPARTMENTS))
        title = send(walk, page, contact=CONTACT)
    sign(walk, LEAD, title)


def opine(walk: Walk, office: str, park: str, stance: str, reasons: str, conditions: str = "") -> None:
    """A department's three persons give its opinion (T7)."""
    with walk.turn(f"{office}-jb") as page:
        open_task(page, f"出具意见：{park}")
        walk.look(page, "opinion", phone=True)
        page.get_by_role("radio", name=stance, exact=True).check()
        page.get_by_label("理由和依据").fill(reasons)
        page.locator("[name^=conditions-][name$=-text]").last.fill(conditions)
        page.get_by_role("button", name="保存并去送审").click()
        title = send(walk, page)
    sign(walk, office, title)


def withdraw_invitation(walk: Walk, park: str, office: str) -> None:
    """省科技厅 does without a department that it had invited besides the nine."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"汇总意见、形成结论：{park}")
        page.get_by_role("navigation", name="案件的各部分").get_by_role("link", name="意见").click()
        page.get_by_role("link", name=re.compile(f"撤回邀请.*{office}")).click()
        page.get_by_label("原因").fill("示例：本案不涉及财政资金安排。")
        walk.look(page, "withdraw-invitation", phone=True)
        page.get_by_role("button", name="撤回邀请").click()
        says(page, "邀请已撤回。")


def ask(walk: Walk, park: str, question: str) -> None:
    """省科技厅 asks the city."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"汇总意见、形成结论：{park}")
        walk.look(page, "case", phone=True)
        page.get_by_role("navigation", name="案件的各部分").get_by_role("link", name="询问").click()
        page.get_by_label("询问申报单位").fill(question)
        page.get_by_role("button", name="提出询问").click()
        says(page, "已向申报单位提出询问。")
        walk.look(page, "case-questions", phone=True)


def look_around_the_case(walk: Walk, park: str, opinion: str) -> None:
    """省科技厅 reads a case tab by tab; a department's words are there for it."""
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto("/cases/")
        walk.look(page, "cases", phone=True)
        page.get_by_role("link", name=park, exact=True).click()
        tabs = page.get_by_role("navigation", name="案件的各部分")
        for name, tab in (
            ("opinions", "意见"),
            ("findings", "自查结果"),
            ("timeline", "过程"),
            ("papers", "文书"),
        ):
            tabs.get_by_role("link", name=tab).click()
            expect(tabs.locator("[aria-current=page]").filter(has_text=tab)).to_be_visible()
            walk.look(page, f"case-{name}", phone=True)
            if name == "opinions":
                says(page, opinion)


def conclude(walk: Walk, park: str, outcome: str, text: str, task: str = "汇总意见、形成结论") -> None:
    """省科技厅 concludes with the minutes of the joint review (T9), and says of everything said what became of it."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"{task}：{park}")
        page.get_by_role("button", name="拟联审联评会议纪要").click()
        page.get_by_role("link", name="打开专门的填写页面").click()
        keep = page.get_by_role("button", name="保存采纳情况")
        whole(page, keep)
        for choice in page.get_by_role("radio", name="采纳", exact=True).all():
            choice.check()
        walk.look(page, "adoption", phone=True)
        keep.click()
        says(page, "采纳情况已保存。")
        page.get_by_role("radio", name=outcome, exact=True).check()
        held, present = "2026年11月20日，在省科技厅201会议室", "示例·王处长、示例·赵处长"
        title = send(walk, page, "minutes", text=text, held=held, present=present)
    sign(walk, LEAD, title, "minutes")


def publish(walk: Walk, park: str) -> str:
    """省科技厅 makes the proposed listing public (T10); the address of the notice."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, re.compile(rf"公示：{re.escape(park)}"))  # type: ignore[arg-type]
        page.get_by_role("button", name="拟公示").click()
        contact = "省科技厅高新技术发展处，电话 0571-00000001"
        title = send(walk, page, "publicity-draft", contact=contact, phone="0571-00000002")
    sign(walk, LEAD, title, "publicity-draft")
    with walk.turn() as page:
        page.goto("/")
        page.get_by_role("main").get_by_role("link", name=park, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=park)).to_be_visible()
        walk.look(page, "notice", phone=True)
        return page.url


def end_publicity(walk: Walk, notice: str) -> None:
    """The notice lies thirty days back: the owner of the tables writes it, as no page of the portal can."""
    lay_back(walk.portal.data, notice.rstrip("/").rsplit("/", 1)[1])


def publish_result(walk: Walk, park: str) -> None:
    """省科技厅 publishes what came of the notice."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"公布公示结果：{park}")
        walk.look(page, "case-publicity", phone=True)
        page.locator("[name=note]").fill("公示期内未收到异议。")
        page.get_by_role("button", name="公布公示结果").click()
        says(page, "公示结果已公布，可以报省政府审定。")


def meet_condition(walk: Walk, city: str, office: str, park: str, asked: str) -> None:
    """省科技厅 passes a condition on in its own words, the city meets it, the department confirms that."""
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto("/cases/")
        page.get_by_role("link", name=park, exact=True).click()
        page.get_by_role("navigation", name="案件的各部分").get_by_role("link", name="条件落实").click()
        walk.look(page, "case-conditions", phone=True)
        page.get_by_role("link", name=re.compile("^转达")).first.click()
        page.get_by_label("需申报单位落实的事项").fill(asked)
        walk.look(page, "pass-on", phone=True)
        page.get_by_role("button", name="转达申报单位").click()
        says(page, "已转达申报单位。")
    with walk.turn(f"{city}-jb") as page:
        open_task(page, f"落实并答复：{park}")
        says(page, asked)
        page.get_by_label("答复").fill("示例：已取得规划环评审查意见。")
        walk.look(page, "requirement", phone=True)
        page.get_by_role("button", name="提交落实情况").click()
        says(page, "落实情况已提交。")
    with walk.turn(f"{office}-jb") as page:
        page.goto("/cases/")
        page.get_by_role("link", name=park, exact=True).click()
        page.get_by_role("link", name="确认条件是否落实").first.click()
        page.get_by_role("radio", name="已落实", exact=True).check()
        page.get_by_role("button", name="提交", exact=True).click()
        says(page, "已提交。")


def report(walk: Walk, park: str, countersigners: Sequence[str] = ()) -> None:
    """省科技厅 reports to the provincial government (T12), after those who countersign; with nobody it does without."""
    if not countersigners:
        switch(walk, "countersigning", "off")
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"报省政府审定：{park}")
        page.get_by_role("button", name="拟报审请示").click()
        title = send(
            walk, page, summary="示例：九个部门均已反馈意见，有关条件已由申报单位书面承诺落实。", contact=CONTACT
        )
    pass_on(walk, LEAD, title)
    for office in countersigners:
        countersign(walk, office, park)
    sign_checked(walk, LEAD, title)
    if not countersigners:
        switch(walk, "countersigning", "on")


def countersign(walk: Walk, office: str, park: str) -> None:
    """A department's signer reads the report and countersigns it with the password (会签)."""
    with walk.turn(f"{office}-qf") as page:
        page.goto("/cases/")
        page.get_by_role("link", name=park, exact=True).click()
        page.get_by_role("link", name="会签报审请示").click()
        says(page, "妥否，请批示。")
        page.get_by_role("radio", name="同意", exact=True).check()
        page.get_by_label("登录密码").fill(PASSWORD)
        walk.look(page, "countersign", phone=True)
        page.get_by_role("button", name="会签", exact=True).click()
        says(page, "已会签。")


def switch(walk: Walk, parameter: str, value: str) -> None:
    """The signer of 省科技厅 turns a parameter on or off."""
    with walk.turn(f"{LEAD}-qf") as page:
        page.goto(f"/parameters/{parameter}/")
        page.locator(f"[name=value][value={value}]").check()
        page.locator("[name=reason]").fill("示例：工作需要。")
        page.get_by_label("登录密码").fill(PASSWORD)
        page.get_by_role("button", name="修改参数").click()
        says(page, "示例：工作需要。")


def approve(walk: Walk, park: str, button: str = "拟批复", name: str = "approval") -> None:
    """The provincial government grants what was asked for (T13, T25, T27, T30)."""
    with walk.turn(f"{GOVERNMENT}-jb") as page:
        open_task(page, f"审定：{park}")
        walk.look(page, "case-to-decide", phone=True)
        page.get_by_role("button", name=button).click()
        title = send(walk, page, name, duties="示例：按照批复的四至范围组织实施，不得擅自扩大。")
    sign(walk, GOVERNMENT, title, name)


def refuse(walk: Walk, park: str, ruling: str, reasons: str) -> None:
    """The provincial government does not list the park, or defers it (T14)."""
    with walk.turn(f"{GOVERNMENT}-jb") as page:
        open_task(page, f"审定：{park}")
        page.get_by_role("button", name="拟不予列入（暂缓）函").click()
        page.get_by_role("radio", name=ruling, exact=True).check()
        title = send(walk, page, "refusal", reasons=reasons, contact=CONTACT)
    sign(walk, GOVERNMENT, title, "refusal")


def give_back(walk: Walk, park: str, remarks: Sequence[tuple[str, str, str]]) -> None:
    """省科技厅 returns a filing once with all of its remarks (T3): each a target, a problem and what is needed."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"形式审查：{park}")
        page.get_by_role("button", name="拟补正通知书").click()
        for number, (target, problem, needed) in enumerate(remarks, start=1):
            page.get_by_label("栏目或材料").select_option(target)
            page.get_by_label("事由").select_option("unclear")
            page.get_by_label("需要补正的问题").fill(problem)
            page.get_by_label("补正要求").fill(needed)
            page.get_by_role("button", name="保存这一条").click()
            expect(page.get_by_role("heading", name=f"已写 {number} 条")).to_be_visible()
        walk.look(page, "remarks", phone=True)
        page.get_by_role("link", name="去送审").click()
        title = send(walk, page, contact=CONTACT)
    sign(walk, LEAD, title)
