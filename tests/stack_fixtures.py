"""The running portal that the journeys and the tests of the scripts share; it is started as a newcomer starts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import Portal, running_portal, throw_away_folder


@pytest.fixture(scope="session")
def data_home() -> Iterator[Path]:
    """The folder above the data folder, for the whole run."""
    with throw_away_folder() as home:
        yield home


@pytest.fixture(scope="session")
def running(data_home: Path) -> Iterator[Portal]:
    """script/server with the sample province, in a data folder that was not there before."""
    with running_portal(data_home / "data") as portal:
        yield portal
