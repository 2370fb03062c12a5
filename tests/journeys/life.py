"""What offices do with a park that is there: judge, look at it, ask for more land, recommend it, make it national."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from shapely.geometry import mapping, shape

from tests.journeys.offices import CONTACT, GOVERNMENT, LEAD, send, sign
from tests.journeys.walk import Walk, open_task, says, search_parks
from tests.stack import manage

ABOUT_30_M = 0.0003  # degrees


def prepare(walk: Walk, what: Callable[[], None]) -> None:
    """Do in the portal's own process what lies before a journey."""
    module = what.__module__
    code = f"import {module} as lies_before; lies_before.{what.__name__}()"
    done = manage(walk.portal.data, "shell", "--no-imports", "--command", code)
    assert done.returncode == 0, done.stderr


def judge_last_clause(walk: Walk, office: str, park: str, reason: str) -> None:
    """A reviewer judges the clause that is left to the own office, with a reason and the own name."""
    with walk.turn(f"{office}-jb") as page:
        open_task(page, f"评审认定条款：{park}")
        page.get_by_role("radio", name="未达到").first.check()
        page.get_by_label("理由").first.fill(reason)
        walk.look(page, "recognition-items", phone=True)
        page.get_by_role("button", name="署名并提交评定").click()
        says(page, "已评定 1 项。")


def look_on_the_spot(walk: Walk, park: str) -> None:
    """省科技厅 arranges the on-site check and has its minutes signed."""
    with walk.turn(f"{LEAD}-jb") as page:
        open_task(page, f"汇总意见、形成结论：{park}")
        walk.look(page, "recognition-case", phone=True)
        page.get_by_role("link", name="安排现场考察或专家论证").click()
        page.get_by_role("radio", name="现场考察").check()
        page.locator("[name=held_on]").fill(dt.date.today().isoformat())
        page.locator("[name=place]").fill("园区管委会（示例）")
        page.locator("[name=participants]").fill("省科技厅 示例·王处长")
        page.get_by_role("button", name="安排", exact=True).click()
        says(page, "已安排，请在事后形成纪要。")
        page.get_by_role("link", name=re.compile("^现场考察")).first.click()
        page.get_by_role("button", name="拟纪要").click()
        title = send(walk, page, "visit-minutes", seen="示例：研发机构少。", advice="示例：先补齐创新平台。")
    sign(walk, LEAD, title, "visit-minutes")


def start_expansion(walk: Walk, city: str, park: str) -> str:
    """The city starts an expansion on the park's page of its desk; the address of the filing."""
    with walk.turn(f"{city}-jb") as page:
        page.goto("/applications/")
        page.get_by_role("link", name="已有园区的认定、扩区和变更").click()
        walk.look(page, "parks-to-file-about", phone=True)
        page.get_by_role("link", name=park, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=park)).to_be_visible()
        says(page, "只有创建中的园区可以申请认定")
        walk.look(page, "park-on-the-desk", phone=True)
        page.get_by_role("button", name="新建扩区申报").click()
        says(page, "申报已建立，可以开始填写。")
        return page.url


def draw_wider(walk: Walk, city: str, filing: str, park: str) -> None:
    """The city uploads a boundary about thirty metres wider all round; the page tells what is added."""
    with walk.turn(f"{city}-jb") as page:
        held = page.request.get(f"/parks/{park}/boundary.geojson").json()["features"][0]["geometry"]
        wider = mapping(shape(held).buffer(ABOUT_30_M, join_style="mitre"))
        feature = {"type": "Feature", "properties": {}, "geometry": wider}
        page.goto(f"{filing}boundary/")
        payload = {"name": "范围.geojson", "mimeType": "application/geo+json", "buffer": json.dumps(feature).encode()}
        page.get_by_label("边界文件").set_input_files(payload)  # type: ignore[arg-type]
        page.get_by_label("坐标系").select_option("EPSG:4490")
        page.get_by_role("button", name="保存边界").click()
        says(page, "新增面积")
        expect(page.get_by_text("须改正")).to_have_count(0)
        walk.look(page, "expansion-boundary", phone=True)


def recommend(walk: Walk, park: str) -> str:
    """省科技厅 takes a park up, has five items judged and reports; the address of the recommendation."""
    with walk.turn(f"{LEAD}-sh") as page:
        open_task(page, f"是否推荐申报国家高新区：{park}")
        walk.look(page, "recommendation", phone=True)
        address = page.url
        page.get_by_role("button", name="拟推荐").click()
        says(page, "已办理。")
    with walk.turn(f"{LEAD}-jb") as page:
        page.goto(address)
        for choice in page.locator("form[action$='/items/'] select").all():
            choice.select_option(label="浙江省科学技术厅")
        page.get_by_role("button", name="指定", exact=True).click()
        says(page, "已办理。")
        _judge_strengths(walk, page)
        page.get_by_role("button", name=re.compile("^起草")).click()
        title = send(walk, page, "recommendation-report", grounds="示例：评价列前。", contact=CONTACT)
    sign(walk, LEAD, title, "recommendation-report")
    return address


def _judge_strengths(walk: Walk, page: Page) -> None:
    forms = page.locator("form[action*='/recommendations/items/']")
    page.wait_for_load_state()
    for left in range(forms.count(), 0, -1):
        expect(forms).to_have_count(left)
        forms.first.get_by_role("radio", name="达到", exact=True).check()
        forms.first.get_by_label("理由").fill("示例：有据可查。")
        walk.look(page, "recommendation-items", phone=True)
        forms.first.get_by_role("button", name="提交评定").click()
    expect(forms).to_have_count(0)


def ask_the_council(walk: Walk, address: str) -> None:
    """省政府 recommends the park to the State Council."""
    with walk.turn(f"{GOVERNMENT}-jb") as page:
        page.goto(address)
        page.get_by_role("button", name=re.compile("^起草.*请示")).click()
        title = send(walk, page, "national-request", grounds="示例：评价列前。", contact=CONTACT)
    sign(walk, GOVERNMENT, title, "national-request")


def upgrade(walk: Walk, address: str, number: str, name: str) -> None:
    """The State Council's 批复 is registered with the new name, and the notice that follows it is signed."""
    with walk.turn(f"{GOVERNMENT}-jb") as page:
        page.goto(address)
        page.locator("[name=number]").fill(number)
        page.locator("[name=day]").fill(dt.date.today().isoformat())
        page.locator("[name=name]").fill(name)
        walk.look(page, "council-answer", phone=True)
        page.get_by_role("button", name="登记", exact=True).click()
        says(page, number)
        page.get_by_role("button", name=re.compile("^起草")).click()
        title = send(walk, page, "national-upgrade")
    sign(walk, GOVERNMENT, title, "national-upgrade")


def park_page(page: Page, asked: str, name: str) -> None:
    """Anybody looks a park up by a name that it bears or bore, and opens its page."""
    search_parks(page, asked)
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
