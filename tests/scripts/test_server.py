"""script/server: what it starts, what it survives, and that nothing survives it."""

import os
import re
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.stack import (
    CHILDREN,
    ROOT,
    Portal,
    family,
    free_port,
    mentioning,
    own_environment,
    parents,
    running_portal,
    secrets_of,
    start_portal,
    wait_for,
)

BACK_WITHIN = 10.0
STARTS_AGAIN_WITHIN = 15.0


def server(*options: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "script" / "server", *options],
        env=own_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def share_of_others() -> float:
    """How much longer everything takes because other programs use this machine's processors."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def is_at_work(portal: Portal, name: str, log_before: int) -> bool:
    """Whether a child does what it is there for, judged by what it did since `log_before`."""
    if name == "worker":
        return "ready." in portal.log(name)[log_before:]
    if name == "scheduler":
        return "beat: Starting..." in portal.log(name)[log_before:]
    return portal.is_ready()


def test_first_start_is_ready_and_prints_address_and_accounts(portal: Portal) -> None:
    assert portal.is_ready()
    wait_for(lambda: len(portal.answer.splitlines()) > 3, 60)
    assert portal.answer.splitlines()[0] == f"{portal.url}/"
    assert all(portal.pid(name) for name in CHILDREN)


def test_secrets_are_readable_by_their_owner_alone(portal: Portal) -> None:
    folder = portal.data / "secrets"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes.pop("secrets") == 0o700
    assert set(modes) >= {"secret_key", "owner_password", "web_password", "backup_password"}
    assert set(modes.values()) == {0o600}


def test_serving_programs_do_not_know_the_owner(portal: Portal) -> None:
    password = secrets_of(portal.data)["owner_password"].strip().encode()
    for name in ("web", "worker", "scheduler"):
        for pid in family(portal.pid(name) or 0):
            assert password not in Path(f"/proc/{pid}/environ").read_bytes()


def test_second_server_on_the_same_data_is_refused(portal: Portal) -> None:
    done = server("--port", str(free_port()), "--data", portal.data)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"is in use by server (process {portal.process.pid})" in done.stderr
    assert portal.is_ready()


def test_taken_port_is_refused(data_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = server("--port", str(port), "--data", data_home / "other")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Port {port} cannot be used" in done.stderr
    assert not (data_home / "other").exists()


@pytest.mark.parametrize("name", CHILDREN)
def test_killed_child_is_back(portal: Portal, name: str) -> None:
    log_before = len(portal.log(name))
    members = family(portal.pid(name) or 0)
    former = portal.kill(name)
    started = time.monotonic()
    wait_for(lambda: portal.pid(name) not in (None, former), BACK_WITHIN)
    wait_for(lambda: is_at_work(portal, name, log_before), 60)
    seconds = time.monotonic() - started
    assert seconds < BACK_WITHIN * share_of_others(), f"{name} took {seconds:.1f} s"
    assert not members & set(parents())


def test_ctrl_c_leaves_nothing(stopped_data: Path) -> None:
    assert mentioning(stopped_data) == set()
    assert list((stopped_data / "run").glob("*.pid")) == []


def test_second_start_takes_seconds_and_keeps_the_data(stopped_data: Path) -> None:
    before = secrets_of(stopped_data)
    with running_portal(stopped_data) as portal:
        took = re.search(r"Ready after ([0-9.]+) s", portal.progress)
        assert took
        assert float(took[1]) < STARTS_AGAIN_WITHIN * share_of_others()
        assert "Making the database cluster" not in portal.progress
        assert "Migrating" not in portal.progress
        assert "Loading the sample" not in portal.progress
        assert portal.answer == f"{portal.url}/\n"
        assert portal.stop(signal.SIGTERM) == 0
    assert secrets_of(stopped_data) == before
    assert mentioning(stopped_data) == set()


def test_killed_server_leaves_nothing(stopped_data: Path) -> None:
    portal = start_portal(stopped_data)
    wait_for(lambda: portal.log("worker").count("ready.") > 1, 30)
    members = family(portal.process.pid)
    assert len(members) > 2 * len(CHILDREN)
    assert portal.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_for(lambda: not members & set(parents()) and not mentioning(portal.data), BACK_WITHIN)


def test_request_to_stop_during_a_step_of_the_start_is_not_lost(tmp_path: Path) -> None:
    """The last step takes over the terminal: what is asked of the server meanwhile was passed on to it alone."""
    program = f"""
import sys; sys.path.insert(0, "{ROOT / "script"}")
from pathlib import Path
from _supervisor.folder import DataFolder
from _supervisor.process import StopRequested, hold_signals
from _supervisor.supervisor import Supervisor
hold_signals()
supervisor = Supervisor(DataFolder(Path("{tmp_path}")))
try:
    step = ["/bin/sh", "-c", "kill -TERM $PPID; exec sleep 20"]
    code = supervisor.run(step, {{"PATH": "/bin:/usr/bin"}}, goes_on=GOES_ON)
    print("went on", code)
except StopRequested:
    print("stopped")
"""
    said = {}
    for goes_on in ("True", "False"):
        command = ["python3", "-c", program.replace("GOES_ON", goes_on)]
        said[goes_on] = subprocess.run(command, capture_output=True, text=True, timeout=15, check=True).stdout.strip()
    assert said == {"True": "stopped", "False": "went on 143"}
