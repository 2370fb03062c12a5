"""One portal, one browser and one set of sign-ins for all journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.walk import Walk
from tests.stack import Portal, running_portal, wait_for


@pytest.fixture(scope="session")
def stack() -> Iterator[Portal]:
    """script/server with the sample province in a data folder of its own."""
    with running_portal() as portal:
        wait_for(lambda: "ready." in portal.log("worker"), 60)
        yield portal


@pytest.fixture(scope="session")
def sign_ins() -> dict[str, Any]:
    """The sessions of those who have signed in."""
    return {}


@pytest.fixture(scope="session")
def checked_pages() -> set[str]:
    """The kinds of pages that were checked already."""
    return set()


@pytest.fixture(scope="session")
def picture_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PORTAL_SCREENSHOTS, else a folder of the test run."""
    given = os.environ.get("PORTAL_SCREENSHOTS")
    return Path(given) if given else tmp_path_factory.mktemp("pictures")


@pytest.fixture
def walk(
    stack: Portal,
    browser: Browser,
    browser_context_args: dict[str, Any],
    sign_ins: dict[str, Any],
    checked_pages: set[str],
    picture_folder: Path,
    request: pytest.FixtureRequest,
) -> Walk:
    """A walk of its own for each journey, with its own folder of pictures."""
    pictures = picture_folder / request.node.name.removeprefix("test_")
    pictures.mkdir(parents=True, exist_ok=True)
    return Walk(stack, browser, browser_context_args, pictures, sign_ins, checked_pages)
