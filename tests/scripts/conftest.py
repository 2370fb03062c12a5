"""The portals that the tests of the scripts look at."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.stack import Portal, family, manage, mentioning, parents, start_portal, wait_for

WHO = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT current_user'); print(k.fetchone()[0])"


@pytest.fixture(scope="session")
def portal(running: Portal) -> Portal:
    """script/server with the sample province."""
    return running


@pytest.fixture(scope="session")
def first_command(data_home: Path) -> subprocess.CompletedProcess[str]:
    """What script/manage did on a folder that was not there."""
    return manage(data_home / "second", "shell", "--no-imports", "--command", WHO)


@pytest.fixture(scope="session")
def stopped_data(data_home: Path, first_command: subprocess.CompletedProcess[str]) -> Path:
    """That folder, without the sample, after a server that Ctrl-C ended without leaving anything."""
    portal = start_portal(data_home / "second", "--empty")
    wait_for(lambda: "ready." in portal.log("worker"), 30)
    members = family(portal.process.pid)
    assert portal.stop(signal.SIGINT) == 0
    assert not members & set(parents())
    assert not mentioning(portal.data)
    return portal.data
