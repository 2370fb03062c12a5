"""One browser and one set of sign-ins for all journeys through the running portal."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.walk import Walk
from tests.stack import Portal, manage, wait_for

SESSIONS = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from accounts.models import Person
keys = {}
for person in Person.objects.filter(sample=True):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    keys[person.username] = session.session_key
print(json.dumps(keys))
"""


@pytest.fixture(scope="session")
def stack(running: Portal) -> Portal:
    """The running portal, once its worker works."""
    wait_for(lambda: "ready." in running.log("worker"), 60)
    return running


@pytest.fixture(scope="session")
def sign_ins() -> dict[str, Any]:
    """The sessions of those who have acted."""
    return {}


@pytest.fixture(scope="session")
def prepared(stack: Portal) -> dict[str, str]:
    """A session for every sample account, made at once; the form of the sign-in page is walked by the first to act."""
    done = manage(stack.data, "shell", "--no-imports", "--command", SESSIONS)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="session")
def checked_pages() -> set[str]:
    """The kinds of pages that were checked already."""
    return set()


@pytest.fixture(scope="session")
def picture_folder() -> Path | None:
    """PORTAL_SCREENSHOTS; without it no pictures are taken."""
    given = os.environ.get("PORTAL_SCREENSHOTS")
    return Path(given) if given else None


@pytest.fixture
def walk(
    stack: Portal,
    browser: Browser,
    browser_context_args: dict[str, Any],
    sign_ins: dict[str, Any],
    prepared: dict[str, str],
    checked_pages: set[str],
    picture_folder: Path | None,
    request: pytest.FixtureRequest,
) -> Iterator[Walk]:
    """A walk of its own for each journey, with its own folder of pictures."""
    pictures = picture_folder / request.node.name.removeprefix("test_") if picture_folder else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    one = Walk(stack, browser, browser_context_args, pictures, sign_ins, prepared, checked_pages)
    yield one
    one.close()
