"""What browser tests share: Debian's Chromium without windows, a Chinese reader, an accessibility check, pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# How long what is expected may take to come, in milliseconds: a machine of two cores may be at work on something else.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
WATCH_POLICY = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const place = `${event.sourceFile}:${event.lineNumber}`;
  window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${place}`);
});
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Start the machine's Chromium; its event loop lives in our thread, so Django must bear with it."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(FLAGS)}
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in Hangzhou at a desk."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": DESKTOP,
    }


@pytest.fixture
def page(page: Page) -> Page:
    """A page that remembers what its Content-Security-Policy forbade (see `policy_violations`)."""
    page.add_init_script(WATCH_POLICY)
    return page


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where tests leave pictures: PORTAL_SCREENSHOTS, else .portal/screenshots of this checkout."""
    folder = Path(os.environ.get("PORTAL_SCREENSHOTS", str(ROOT / ".portal" / "screenshots")))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def policy_violations(page: Page) -> list[str]:
    """What the Content-Security-Policy of the open page has blocked so far."""
    found: list[str] = page.evaluate("window.policyViolations")
    return found


def axe_clean(page: Page, **options: Any) -> None:
    """Fail with rule, element and reason when axe finds anything; `options` go to axe.run."""
    # What is in order need not be told in full: the same rules run, only their report is shorter.
    response = Axe().run(page, options={"resultTypes": ["violations"], **options}).response
    found = [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]
    assert found == []


def is_wider_than_screen(page: Page) -> bool:
    """Whether the open page scrolls sideways."""
    wider: bool = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return wider
