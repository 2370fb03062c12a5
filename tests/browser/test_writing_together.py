"""Two editors of one plan, a session that ends while typing, a server that is away: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from accounts.scope import enter
from applications.models import Filing
from applications.plan_state import Plan
from applications.selfcheck import page_of
from tests.browser_fixtures import PHONE, WATCH_POLICY, axe_clean, is_wider_than_screen, policy_violations
from tests.factories import PASSWORD, make_actor, make_filing

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SAVED = "#saved-state"


def sign_in(context: BrowserContext, server: LiveServer, actor: Actor) -> None:
    """The actor's session."""
    client = Client()
    client.force_login(actor.person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])


@contextmanager
def signed_in(browser: Browser, server: LiveServer, actor: Actor, settings: dict[str, Any]) -> Iterator[Page]:
    """A browser of the actor's own."""
    context: BrowserContext = browser.new_context(**settings)
    sign_in(context, server, actor)
    page = context.new_page()
    page.add_init_script(WATCH_POLICY)
    page.set_default_timeout(15_000)
    yield page
    context.close()


def stored(filing: Filing, actor: Actor, key: str) -> str:
    """A field of the plan as it is kept."""
    with enter(actor.scope):
        return Plan.of(filing).text(key)


def box(page: Page, key: str) -> Any:
    """The control of a field."""
    return page.locator(f'[name="{key}"]')


def test_two_editors_see_each_other_and_choose_between_their_words(
    browser: Browser, live_server: LiveServer, browser_context_args: dict[str, Any], screenshots: Path
) -> None:
    first = make_actor(name="王经办")
    second = make_actor(first.organisation, name="李同事")
    filing = make_filing(first)
    address = f"{live_server.url}{page_of(filing, 'space')}"
    key = "space.phases"
    with (
        signed_in(browser, live_server, first, browser_context_args) as one,
        signed_in(browser, live_server, second, browser_context_args) as two,
    ):
        one.goto(address)
        two.goto(address)
        expect(two.locator(".cy-presence")).to_contain_text("王经办")
        box(one, key).fill("一期：王写的")
        expect(one.locator(SAVED)).to_contain_text("已保存")
        box(two, key).fill("一期：李写的")
        conflict = two.locator(".cy-conflict")
        expect(conflict).to_contain_text("王经办")
        expect(conflict).to_contain_text("一期：王写的")
        expect(box(two, key)).to_have_value("一期：李写的")
        assert stored(filing, first, key) == "一期：王写的"
        two.screenshot(path=screenshots / "conflict-desktop.png", full_page=True)
        axe_clean(two)
        two.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert not is_wider_than_screen(two)
        two.screenshot(path=screenshots / "conflict-phone.png")
        two.get_by_role("button", name="合在一起再改").click()
        expect(box(two, key)).to_have_value("一期：李写的\n一期：王写的")
        two.get_by_role("button", name="保留我的").click()
        expect(two.locator(SAVED)).to_contain_text("已保存")
        assert stored(filing, first, key) == "一期：李写的\n一期：王写的"
        box(one, key).fill("一期：王又写")
        one.get_by_role("button", name="采用对方的").click()
        expect(box(one, key)).to_have_value("一期：李写的\n一期：王写的")
        expect(one.locator(".cy-presence")).to_contain_text("李同事")
        assert policy_violations(two) == []
        two.goto("about:blank")
        expect(one.locator(".cy-presence")).to_be_hidden()
    assert stored(filing, first, key) == "一期：李写的\n一期：王写的"


def test_session_that_ends_while_typing_loses_nothing(
    browser: Browser, live_server: LiveServer, browser_context_args: dict[str, Any], screenshots: Path
) -> None:
    actor = make_actor()
    filing = make_filing(actor)
    address = f"{live_server.url}{page_of(filing, 'space')}"
    with signed_in(browser, live_server, actor, browser_context_args) as page:
        page.goto(address)
        Session.objects.all().delete()
        box(page, "space.phases").fill("登录过期时写的")
        expect(page.locator(SAVED)).to_contain_text("未保存")
        panel = page.locator(".cy-sign-in")
        expect(panel).to_be_visible()
        box(page, "space.strength").fill("接着写的")
        page.screenshot(path=screenshots / "sign-in-in-place.png")
        axe_clean(page)
        panel.get_by_label("密码").fill("wrong password")
        panel.get_by_role("button", name="登录并补存").click()
        expect(panel.get_by_role("alert")).to_contain_text("不正确")
        panel.get_by_label("密码").fill(PASSWORD)
        panel.get_by_role("button", name="登录并补存").click()
        expect(page.locator(SAVED)).to_contain_text("已保存")
        expect(panel).to_have_count(0)
        assert page.url == address
        assert stored(filing, actor, "space.phases") == "登录过期时写的"
        assert stored(filing, actor, "space.strength") == "接着写的"
        page.get_by_role("button", name="保存，回任务清单").click()
        expect(page).to_have_url(f"{live_server.url}{filing.get_absolute_url()}")
        _comes_back_another_day(page, live_server, filing, actor, address)


def _comes_back_another_day(page: Page, server: LiveServer, filing: Filing, actor: Actor, address: str) -> None:
    """The server is away, the tab is closed: opened again by the same person, and by nobody else, the text is there."""
    page.goto(address)

    def away(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=502, body="bad gateway")
        else:
            route.continue_()

    page.route("**/plan/space/", away)
    box(page, "space.conditions").fill("服务器停机时写的")
    expect(page.locator(SAVED)).to_contain_text("未保存")
    expect(page.locator(SAVED)).to_contain_text("留在本机")
    context = page.context
    # What the page tries to send while it closes does not get through either.
    Session.objects.all().delete()
    page.close()
    again = context.new_page()
    sign_in(context, server, make_actor(actor.organisation))
    again.goto(address)
    expect(box(again, "space.conditions")).to_have_value("")
    assert stored(filing, actor, "space.conditions") == ""
    sign_in(context, server, actor)
    again.goto(address)
    expect(box(again, "space.conditions")).to_have_value("服务器停机时写的")
    expect(again.locator(SAVED)).to_contain_text("已保存")
    assert stored(filing, actor, "space.conditions") == "服务器停机时写的"
