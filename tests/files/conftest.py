"""Files of a test go to its temporary folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.actors import Actor
from applications.models import Filing
from tests.factories import make_actor, make_filing
from tests.files.sending import Sender


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Path) -> Path:
    """The place of uploads."""
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def actor() -> Actor:
    """A handler of a city."""
    return make_actor()


@pytest.fixture
def filing(actor: Actor) -> Filing:
    """Its draft."""
    return make_filing(actor)


@pytest.fixture
def sender(actor: Actor, filing: Filing) -> Sender:
    """The handler, who sends."""
    return Sender.of(actor, filing)
