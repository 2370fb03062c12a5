"""One running portal for all tests of the scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import Portal, running_portal, throw_away_folder


@pytest.fixture(scope="session")
def data_home() -> Iterator[Path]:
    """The folder above the data folder, for the whole run."""
    with throw_away_folder() as home:
        yield home


@pytest.fixture(scope="module")
def portal(data_home: Path) -> Iterator[Portal]:
    """script/server with the sample province."""
    with running_portal(data_home / "data") as running:
        yield running
