"""The monitoring report in a real browser: whole on a desk, folded on a phone, and both without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser_fixtures import DESKTOP, PHONE, axe_clean, is_wider_than_screen
from tests.indicators.cities import YEAR, released_cities
from tests.indicators.test_monitoring import FIRST, SECOND, deliver, published

pytestmark = [pytest.mark.slow]
PLACES = 5


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """Of a published report."""
    made = released_cities()
    deliver()
    published(made)
    return f"{live_server.url}/reports/cities/{YEAR}/"


def _folds(page: Page, address: str) -> None:
    place = page.locator(f"#place-{FIRST} table").first
    page.goto(address)
    expect(page.locator(".mr-first")).to_be_visible()
    expect(page.locator(".mr-folded:visible, .mr-place:visible")).to_have_count(0)
    page.locator("#fiscal .mr-open").click()
    expect(page.locator(".mr-folded:visible")).to_have_count(1)
    expect(page.locator("#fiscal .mr-folded")).to_be_visible()
    page.locator("#fiscal").get_by_role("link").filter(has_text=re.compile("示例")).first.click()
    expect(page.locator(".mr-folded:visible")).to_have_count(0)
    expect(page.locator(".mr-place:visible")).to_have_count(1)
    expect(page.locator(".mr-back a")).to_be_in_viewport()
    page.locator(".mr-back a").click()
    expect(page.locator("#mr-contents")).to_be_in_viewport()
    page.locator(f'#mr-contents a[href="#place-{FIRST}"]').click()
    expect(place).to_be_visible()
    expect(page.locator(f"#place-{SECOND}")).to_be_hidden()
    page.go_back()
    expect(place).to_be_hidden()
    page.goto(f"{address}#place-{SECOND}")
    expect(page.locator(f"#place-{SECOND} table").first).to_be_visible()


def test_report_folds_on_a_phone_and_is_whole_on_a_desk(address: str, browser: Browser, screenshots: Path) -> None:
    for has_script in (True, False):
        context = browser.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=has_script)
        page = context.new_page()
        _folds(page, address)
        if has_script:
            page.screenshot(path=screenshots / "report-phone.png", full_page=True)
            axe_clean(page)
            for chapter in ("targets", "dimensions", "methods", "sources"):
                page.goto(f"{address}#{chapter}")
                expect(page.locator(f"#{chapter} .mr-folded")).to_be_visible()
                assert not is_wider_than_screen(page), chapter
            page.set_viewport_size(DESKTOP)
            expect(page.locator(".mr-place:visible")).to_have_count(PLACES)
            expect(page.locator(".mr-folded:visible")).to_have_count(page.locator(".mr-folded").count())
            expect(page.locator(".mr-open:visible, .mr-back:visible")).to_have_count(0)
        context.close()
