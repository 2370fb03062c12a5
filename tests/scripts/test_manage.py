"""script/manage: the same environment and data as the server's, and only the services that a command needs."""

import json
import subprocess
import time
from pathlib import Path

from tests.scripts.conftest import WHO
from tests.stack import ROOT, Portal, manage, mentioning, own_environment


def who_serves(data: Path) -> str:
    return manage(data, "shell", "--no-imports", "--command", WHO).stdout


def test_command_without_database_leaves_no_trace(data_home: Path) -> None:
    data = data_home / "untouched"
    done = manage(data, "due", "--from", "2013-02-07", "--days", "5")
    assert (done.returncode, done.stdout) == (0, "2013-02-19\n")
    assert not data.exists()


def test_exit_code_is_the_commands_own(data_home: Path) -> None:
    done = manage(data_home / "untouched", "due", "--from", "yesterday", "--days", "5")
    assert (done.returncode, done.stdout) == (2, "")
    assert "yesterday" in done.stderr


def test_paths_are_those_of_the_caller(data_home: Path) -> None:
    facts = {"subject": "a-park", "listed_on": "2013-01-31", "year": 2014, "figures": {}}
    (data_home / "facts.json").write_text(json.dumps(facts))
    command = [ROOT / "script" / "manage", "judge", "park-annual", "--facts", "facts.json"]
    done = subprocess.run(
        command, cwd=data_home, env=own_environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["subject"] == "a-park"


def test_command_uses_the_running_server(portal: Portal) -> None:
    before = {name: portal.pid(name) for name in ("postgres", "broker")}
    done = manage(portal.data, "showmigrations", "--plan")
    assert done.returncode == 0, done.stderr
    assert "[X]  workflow.0001_initial" in done.stdout
    assert "Starting" not in done.stderr
    assert {name: portal.pid(name) for name in before} == before


def test_command_starts_and_stops_what_it_needs(stopped_data: Path) -> None:
    done = manage(stopped_data, "shell", "--no-imports", "--command", WHO)
    assert done.stdout == "portal_web\n"
    assert "Starting PostgreSQL" in done.stderr
    assert mentioning(stopped_data) == set()
    again = manage(stopped_data, "migrate", "--check")
    assert (again.returncode, again.stdout) == (0, "")


def test_first_command_on_a_new_folder_makes_and_migrates_it(first_command: subprocess.CompletedProcess[str]) -> None:
    assert first_command.stdout == "portal_web\n"
    assert "Migrating" in first_command.stderr


def test_commands_on_one_folder_take_turns(stopped_data: Path) -> None:
    data = stopped_data
    slow = f"import time; time.sleep(3); {WHO}"
    command = [ROOT / "script" / "manage", "--data", data, "shell", "--no-imports", "--command", slow]
    with subprocess.Popen(command, env=own_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        while not (data / "run" / "postgres.pid").exists():
            assert first.poll() is None
            time.sleep(0.05)
        second = who_serves(data)
        assert first.poll() == 0
        assert first.stdout
        assert first.stdout.read() == b"portal_web\n"
    assert second == "portal_web\n"
