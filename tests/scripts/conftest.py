"""One running portal for all tests of the scripts."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import Portal, family, mentioning, parents, running_portal, start_portal, throw_away_folder, wait_for


@pytest.fixture(scope="session")
def data_home() -> Iterator[Path]:
    """The folder above the data folder, for the whole run."""
    with throw_away_folder() as home:
        yield home


@pytest.fixture(scope="session")
def portal(data_home: Path) -> Iterator[Portal]:
    """script/server with the sample province."""
    with running_portal(data_home / "data") as running:
        yield running


@pytest.fixture(scope="session")
def stopped_data(data_home: Path) -> Path:
    """A data folder, without the sample, of a server that Ctrl-C ended without leaving anything."""
    portal = start_portal(data_home / "second", "--empty")
    wait_for(lambda: "ready." in portal.log("worker"), 30)
    members = family(portal.process.pid)
    assert portal.stop(signal.SIGINT) == 0
    assert not members & set(parents())
    assert not mentioning(portal.data)
    return portal.data
