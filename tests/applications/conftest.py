"""Private files of tests lie in a folder of their own."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.actors import Actor
from applications.models import Filing
from tests.factories import make_actor, make_filing


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Path) -> Path:
    """Uploads of a test go to its temporary folder."""
    settings.PRIVATE_ROOT = tmp_path / "files"
    return settings.PRIVATE_ROOT


@pytest.fixture
def actor() -> Actor:
    """A handler of a city."""
    return make_actor(name="王经办")


@pytest.fixture
def filing(actor: Actor) -> Filing:
    """Its draft."""
    return make_filing(actor)


@pytest.fixture
def signed_in(client: Client, actor: Actor) -> Client:
    """The handler's browser."""
    client.force_login(actor.person)
    return client
