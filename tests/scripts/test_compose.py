"""docker-compose.yml: its commands, run here with its environment, come up and pass its health checks."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.stack import ROOT, free_port, own_environment, status_of, throw_away_folder, wait_for

PROGRAMS = ("web", "worker", "beat")
GIVEN = {
    "SECRET_KEY": "a secret of the operator, long enough to be one: 0123456789abcdef",
    "POSTGRES_PASSWORD": "p",
    "PORTAL_OWNER_PASSWORD": "o",
    "PORTAL_WEB_PASSWORD": "w",
    "PORTAL_BACKUP_PASSWORD": "b",
    "PORTAL_BASE_URL": "https://portal.example",
    "PORTAL_HOST": "portal.example",
}


def interpolated(text: str) -> str:
    """What compose makes of ${NAME}, ${NAME:-default}, ${NAME:?reason} and $$."""

    def value(found: re.Match[str]) -> str:
        name, default = re.fullmatch(r"(\w+):?(.*)", found[1], re.DOTALL).groups()  # type: ignore[union-attr]
        assert name in GIVEN or default.startswith("-"), f"{name} is not documented here"
        return GIVEN.get(name) or default[1:]

    return re.sub(r"\$\{([^}]+)\}", value, text).replace("$$", "$")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    text = (ROOT / "docker-compose.yml").read_text()
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    return found


@pytest.fixture(scope="module")
def backing() -> Iterator[dict[str, str]]:
    """A database and a broker for the programs: the addresses that stand in for compose's."""
    with throw_away_folder() as home:
        command = [ROOT / "script" / "dev-services", home / "pair", "--throw-away"]
        done = subprocess.run(command, env=own_environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        pairs = [shlex.split(line)[1].partition("=") for line in done.stdout.splitlines()]
        try:
            yield {name: value for name, _, value in pairs} | {"PORTAL_DATA": str(home / "files")}
        finally:
            subprocess.run([*command[:2], "--stop"], env=own_environment(), check=True)


def environment(service: dict[str, Any], backing: dict[str, str]) -> dict[str, str]:
    """The service's environment with the addresses that are to be had here."""
    own = {name: interpolated(str(value)) for name, value in service["environment"].items()}
    for name in set(own) & set(backing):
        own[name] = backing[name]
    own["PORTAL_FONTS"] = str(ROOT / ".portal" / "fonts")
    own["EMAIL_URL"] = f"filemail:///{backing['PORTAL_DATA']}/mail"
    own["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return own_environment(**own)


@contextmanager
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def migrated(services: dict[str, Any], backing: dict[str, str]) -> dict[str, str]:
    """The backing services after compose's own migration step."""
    service = services["migrate"]
    env = environment(service, backing)
    done = subprocess.run(service["command"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return backing


def test_web_answers_and_is_healthy(services: dict[str, Any], migrated: dict[str, str], tmp_path: Path) -> None:
    service, port = services["web"], free_port()
    command = [part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in service["command"]]
    env = environment(service, migrated) | {"PORTAL_HTTPS": "false"}
    with running(command, env, tmp_path / "web.log"):
        wait_for(lambda: status_of(f"http://127.0.0.1:{port}/healthz") == 200, 60)
        assert status_of(f"http://127.0.0.1:{port}/readyz") == 200


def test_web_behind_a_proxy_passes_its_health_check(
    services: dict[str, Any], migrated: dict[str, str], tmp_path: Path
) -> None:
    service, port = services["web"], free_port()
    command = [part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in service["command"]]
    env = environment(service, migrated)
    assert env["PORTAL_HTTPS"] == "true"
    check = [part.replace(":8000", f":{port}") for part in service["healthcheck"]["test"][1:]]

    def is_healthy() -> bool:
        return subprocess.run(check, cwd=ROOT, env=env, capture_output=True, check=False).returncode == 0

    assert not is_healthy()
    with running(command, env, tmp_path / "web.log"):
        wait_for(is_healthy, 60)


def test_worker_answers_its_health_check(services: dict[str, Any], migrated: dict[str, str], tmp_path: Path) -> None:
    service, log = services["worker"], tmp_path / "worker.log"
    env = environment(service, migrated)
    check = service["healthcheck"]["test"][1].replace("$$(hostname)", socket.gethostname())
    with running(service["command"], env, log):
        wait_for(lambda: "ready." in log.read_text(), 60)
        done = subprocess.run(["sh", "-c", check], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pong" in done.stdout


def test_scheduler_ticks_and_is_healthy(services: dict[str, Any], migrated: dict[str, str], tmp_path: Path) -> None:
    service, log = services["beat"], tmp_path / "beat.log"
    command = [part.replace("/tmp/", f"{tmp_path}/") for part in service["command"]]
    check = service["healthcheck"]["test"][1].replace("/tmp ", f"{tmp_path} ")
    assert subprocess.run(["sh", "-c", check], check=False).returncode != 0
    with running(command, environment(service, migrated), log):
        wait_for(lambda: "Sending due task" in log.read_text(), 60)
        assert subprocess.run(["sh", "-c", check], check=False).returncode == 0


def test_serving_programs_do_not_know_the_owner(services: dict[str, Any]) -> None:
    for name in PROGRAMS:
        own = services[name]["environment"]
        assert interpolated(own["DATABASE_URL"]) == "postgres://portal_web:w@postgres:5432/portal"
        assert "PORTAL_OWNER_PASSWORD" not in str(own)
        assert "PORTAL_DATABASE_ROLE" not in own


def test_every_service_but_the_migration_is_checked_and_restarted(services: dict[str, Any]) -> None:
    assert set(services) == {"postgres", "redis", "clamav", "migrate", *PROGRAMS}
    for name in set(services) - {"migrate"}:
        assert services[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
        assert services[name]["restart"] == "unless-stopped"


def test_database_is_set_up_by_the_roles_file(services: dict[str, Any]) -> None:
    mounts = [mount.split(":") for mount in services["postgres"]["volumes"] if mount.startswith("./")]
    assert mounts == [["./docker/roles.sql", "/docker-entrypoint-initdb.d/10-roles.sql", "ro"]]
    wanted = re.findall(r"^\\getenv \w+ (\w+)$", (ROOT / "docker" / "roles.sql").read_text(), re.MULTILINE)
    assert set(wanted) <= set(services["postgres"]["environment"])


def test_image_installs_what_bootstrap_installs() -> None:
    bootstrap = (ROOT / "script" / "bootstrap").read_text()
    wanted = re.search(r"^packages=\((.+)\)$", bootstrap, re.MULTILINE)
    assert wanted
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert f"    {wanted[1]} \\\n" in dockerfile


def test_image_copies_what_its_commands_need(services: dict[str, Any]) -> None:
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    for needed in ("manage.py", "config", "docker", "script", "static", "templates", "locale", "requirements.lock"):
        assert (ROOT / needed).exists()
        assert needed not in left_out
    assert services["web"]["command"] == yaml.safe_load(
        (ROOT / "Dockerfile").read_text().splitlines()[-1].removeprefix("CMD ")
    )
