"""How a journey walks: who acts signs in by form once, every page is watched, pictures stay behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.browser_fixtures import (
    DESKTOP,
    PATIENCE,
    PHONE,
    WATCH_POLICY,
    axe_clean,
    is_wider_than_screen,
    policy_violations,
)
from tests.stack import Portal

PASSWORD = "Chuangyuan-2026"
# Rules of axe that every page has to keep are checked once per kind of page, not once per visit.
Seen = set[str]


@dataclass
class Walk:
    """One journey over a running portal; `problems` gathers what no page may show."""

    portal: Portal
    browser: Browser
    settings: dict[str, Any]
    pictures: Path | None
    states: dict[str, Any]
    prepared: dict[str, str]
    seen: Seen
    browsers: dict[str, BrowserContext] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    step: int = 0
    quiet: bool = False

    @contextmanager
    def turn(self, account: str = "") -> Iterator[Page]:
        """A page of a person, signed in; without an account, of somebody from the street.

        The first to act signs in by the form; the others find their session, as they would on another day.
        """
        context = self._context_of(account)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("response", self._answered)
        try:
            if account and account not in self.states:
                self.states[account] = self._sign_in(page, account)
            yield page
        finally:
            page.close() if account else context.close()

    def _context_of(self, account: str) -> BrowserContext:
        """The browser of a person, kept for the whole journey; somebody from the street has a new one."""
        if account in self.browsers:
            return self.browsers[account]
        if self.states and account in self.prepared and account not in self.states:
            self.states[account] = self._state(self.prepared[account])
        context = self.browser.new_context(
            **self.settings, base_url=self.portal.url, storage_state=self.states.get(account)
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH_POLICY)
        if account:
            self.browsers[account] = context
        return context

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.browsers.values():
            context.close()

    def _sign_in(self, page: Page, account: str) -> Any:
        page.goto("/account/login/")
        self.look(page, "sign-in")
        page.get_by_label("用户名").fill(account)
        page.get_by_role("textbox", name="密码").fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.get_by_role("button", name="退出登录")).to_be_visible()
        return page.context.storage_state()

    def _state(self, session: str) -> Any:
        host = self.portal.url.removeprefix("http://").partition(":")[0]
        cookie = {"name": "sessionid", "value": session, "domain": host, "path": "/", "expires": -1}
        return {"cookies": [{**cookie, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self.quiet:
            self.problems.append(f"console: {message.text} at {message.location.get('url', '')}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 and not self.quiet:
            self.problems.append(f"{response.status} {response.request.method} {response.url}")

    def look(self, page: Page, name: str, *, phone: bool = False) -> None:
        """The first time in a journey leave a picture (PORTAL_SCREENSHOTS); the first time at all check it for all."""
        if name in self.taken:
            return
        self.taken.add(name)
        first = name not in self.seen
        self.seen.add(name)
        self.step += 1
        page.wait_for_load_state()
        self._picture(page, name, "desktop")
        if first:
            self._check(page, name)
        if phone:
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            if first and is_wider_than_screen(page):
                self.problems.append(f"{name}: scrolls sideways on a phone")
            self._picture(page, name, "phone")
            page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]

    def finish(self) -> None:
        """Fail with everything that a page should not have shown."""
        assert not self.problems, "\n".join(self.problems)

    def _check(self, page: Page, name: str) -> None:
        try:
            axe_clean(page)
        except AssertionError as error:
            self.problems.append(f"{name}: {error}")
        self.problems += [f"{name}: {violation}" for violation in policy_violations(page)]
        if is_wider_than_screen(page):
            self.problems.append(f"{name}: scrolls sideways")

    def _picture(self, page: Page, name: str, screen: str) -> None:
        if self.pictures:
            page.screenshot(path=self.pictures / f"{self.step:03d}-{name}-{screen}.png", full_page=True)


def open_task(page: Page, title: str) -> None:
    """From the desk to the page of a task, by the name it has there; the worker may have to put it there first."""
    page.goto("/desk/")
    task = page.get_by_role("region", name="待我办理").get_by_role("rowheader").get_by_role("link", name=title).first
    reload_until(page, task)
    task.click()


def says(page: Page, text: str) -> None:
    """The page has a text that a person can see."""
    expect(page.get_by_text(text).first).to_be_visible()


def whole(page: Page, sign: Locator) -> None:
    """Wait for the page that shows `sign`, and for its end: only then is everything counted that stands on it."""
    expect(sign).to_be_visible()
    page.wait_for_load_state()


def reload_until(page: Page, wanted: Locator, seconds: int = 60) -> None:
    """Load the page again and again until it shows what the worker has to make first."""
    for _again in range(seconds):
        try:
            expect(wanted).to_be_visible(timeout=1_000)
        except AssertionError:
            page.reload()
        else:
            return
    expect(wanted).to_be_visible()


def filing_of(walk: Walk, city: str, park: str) -> str:
    """The address of a filing, found by its city on its list."""
    with walk.turn(f"{city}-jb") as page:
        page.goto("/applications/")
        page.get_by_role("link", name=park, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=park)).to_be_visible()
        return page.url


def search_parks(page: Page, name: str) -> None:
    """Look a park up in the public list."""
    page.goto("/parks/")
    page.get_by_label("名称或所在地").fill(name)
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_label("名称或所在地")).to_have_value(name)
    expect(page).to_have_url(re.compile(r"\?"))
