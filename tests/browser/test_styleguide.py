"""The style guide in a real browser: accessible, quiet under the strict policy, whole without JavaScript."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer
from shapely.geometry import box, shape

from tests.browser_fixtures import DESKTOP, PHONE, axe_clean, is_wider_than_screen, policy_violations

pytestmark = [pytest.mark.slow]
PROVINCE = box(117.5, 26.5, 123.5, 31.7)
SQUARE = [[120.0, 29.5], [120.01, 29.5], [120.01, 29.51], [120.0, 29.51], [120.0, 29.5]]
SQUARE_KM2 = 1.0748  # geodesic, CGCS2000 ellipsoid


@pytest.fixture
def guide(live_server: LiveServer, page: Page) -> Page:
    """The open style guide with both maps drawn."""
    page.goto(f"{live_server.url}/styleguide/")
    expect(page.locator("[data-map][data-ready]")).to_have_count(2)
    return page


@pytest.mark.parametrize(("name", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_styleguide_breaks_no_rule(guide: Page, screenshots: Path, name: str, size: ViewportSize) -> None:
    guide.set_viewport_size(size)
    guide.screenshot(path=screenshots / f"styleguide-{name}.png", full_page=True)
    axe_clean(guide)
    assert policy_violations(guide) == []
    assert not is_wider_than_screen(guide)


def test_styleguide_injects_no_style_element(guide: Page) -> None:
    expect(guide.locator("canvas")).to_have_count(2)
    expect(guide.locator("style")).to_have_count(0)


def test_styleguide_with_care_is_larger_and_has_contrast_of_seven(guide: Page, screenshots: Path) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('.cy-notice__text')).fontSize)"
    before = guide.evaluate(size)
    guide.get_by_role("button", name="关怀版").click()
    expect(guide.get_by_role("button", name="标准版")).to_be_visible()
    assert (before, guide.evaluate(size)) == (18, 22.5)
    guide.screenshot(path=screenshots / "styleguide-care.png")
    axe_clean(guide, runOnly=["color-contrast-enhanced"], rules={"color-contrast-enhanced": {"enabled": True}})


def test_styleguide_in_english_says_so_in_its_language(guide: Page) -> None:
    assert guide.locator("html").get_attribute("lang") == "zh-CN"
    guide.get_by_role("button", name="English").click()
    expect(guide.locator("html")).to_have_attribute("lang", "en")


def test_styleguide_without_javascript_keeps_forms_and_hides_tools(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/styleguide/")
    expect(page.locator(".cy-map__tools").first).to_be_hidden()
    expect(page.get_by_role("button", name="打印本页")).to_be_hidden()
    expect(page.get_by_role("textbox", name="四至范围")).to_be_editable()
    expect(page.locator("#blank_password")).to_be_editable()
    page.get_by_role("button", name="关怀版").click()
    expect(page.locator("html")).to_have_class(re.compile("cy-care"))
    context.close()


def test_error_summary_link_leads_to_its_field(guide: Page) -> None:
    guide.get_by_role("link", name="园区名称：").click()
    focused = guide.locator("#wrong_name")
    expect(focused).to_be_focused()
    described = (focused.get_attribute("aria-describedby") or "").split()
    assert described == ["wrong_name_helptext", "wrong_name_error"]
    expect(guide.locator("#wrong_name_error")).to_contain_text("必填")


def test_map_in_draw_mode_writes_polygon_of_the_province(guide: Page) -> None:
    canvas = guide.locator("[data-mode=draw] .cy-map__canvas")
    canvas.scroll_into_view_if_needed()
    canvas.focus()
    middle = canvas.bounding_box()
    assert middle is not None
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    for dx, dy in ((-40, -40), (40, -40), (40, 40), (-40, 40), (-40, -40)):
        guide.mouse.click(x + dx, y + dy)
        guide.wait_for_timeout(350)  # a faster second click would be a double click, which ends the drawing
    expect(guide.locator("[data-act=modify]")).to_have_attribute("aria-pressed", "true")
    drawn = shape(json.loads(guide.get_by_role("textbox", name="四至范围").input_value()))
    assert (drawn.geom_type, len(drawn.exterior.coords)) == ("Polygon", 5)
    assert PROVINCE.contains(drawn)
    guide.locator("[data-act=clear]").click()
    expect(guide.get_by_role("textbox", name="四至范围")).to_have_value("")


def test_map_follows_pasted_boundary_and_names_its_area(guide: Page) -> None:
    guide.get_by_role("textbox", name="四至范围").fill(json.dumps({"type": "Polygon", "coordinates": [SQUARE]}))
    status = guide.locator("[data-mode=draw] .cy-map__status")
    expect(status).to_contain_text("平方公里")
    shown = float(re.findall(r"[\d.]+", status.inner_text())[0])
    assert math.isclose(shown, SQUARE_KM2, rel_tol=0.005)


def test_print_shows_sheet_without_navigation(guide: Page) -> None:
    sheet = guide.locator(".cy-print__sheet")
    expect(sheet).to_be_hidden()
    guide.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("填报单位（盖章）")
    for hidden in (".cy-header", ".cy-nav", ".cy-footer", ".cy-filters", ".cy-pages"):
        expect(guide.locator(hidden)).to_be_hidden()
