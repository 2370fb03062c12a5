"""Where the bench runs: a database of its own with fsync on, and the servers of both sides."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "portal_bench"
GUNICORN = ROOT / "config" / "gunicorn.py"


@dataclass
class Place:
    """The environment of the programs, and a folder that is gone afterwards."""

    env: dict[str, str]
    folder: Path

    def run(self, *command: str, owner: bool = False) -> str:
        """A Python program of the project to its end; what it printed."""
        env = {**self.env, **({"PORTAL_DATABASE_ROLE": "owner"} if owner else {})}
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def result(self, *command: str, owner: bool = False) -> dict[str, Any]:
        """The JSON that a program printed last."""
        found: dict[str, Any] = json.loads(self.run(*command, owner=owner).splitlines()[-1])
        return found


@contextmanager
def services(given: Path | None) -> Iterator[Place]:
    """PostgreSQL and the broker: of a running `script/dev-services DIR`, or started for the bench alone."""
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    folder.chmod(0o711)
    home = given or folder / "services"
    try:
        if given is None:
            subprocess.run([ROOT / "script" / "dev-services", home], check=True, stdout=subprocess.DEVNULL)
        lines = (home / "env.sh").read_text().splitlines()
        env = {name: value for name, _, value in (shlex.split(line)[1].partition("=") for line in lines)}
        yield Place(_environment(env, folder), folder)
    finally:
        if given is None:
            subprocess.run([ROOT / "script" / "dev-services", home, "--stop"], check=False)
        for pointer in folder.glob("*/state/postgres-place"):
            shutil.rmtree(pointer.read_text().strip(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _environment(addresses: dict[str, str], folder: Path) -> dict[str, str]:
    """The portal's settings: a database, a data folder and a key for the bench alone."""
    with psycopg2.connect(addresses["DATABASE_OWNER_URL"]) as asking, asking.cursor() as cursor:
        cursor.execute("SHOW fsync")
        if cursor.fetchone() != ("on",):
            raise SystemExit("fsync is off: figures would flatter whoever writes. Use script/dev-services DIR.")
    asking.close()
    ours = {
        name: value.replace("/portal?", f"/{DATABASE}?") if name.startswith("DATABASE_") else value
        for name, value in addresses.items()
    }
    (folder / "pages").mkdir()
    return {
        **os.environ,
        **ours,
        "BENCH_SUPER_URL": addresses["DATABASE_OWNER_URL"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PORTAL_DATA": str(folder / "data"),
        "SECRET_KEY": secrets.token_hex(32),
        "LOG_LEVEL": "WARNING",
        "BENCH_PAGES": str(folder / "pages"),
    }


def make_database(place: Place) -> None:
    """An empty database."""
    asking = psycopg2.connect(place.env["BENCH_SUPER_URL"])
    asking.autocommit = True
    with asking.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    asking.close()


def drop_database(place: Place) -> None:
    """Leave nothing in services that others use."""
    asking = psycopg2.connect(place.env["BENCH_SUPER_URL"])
    asking.autocommit = True
    with asking.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    asking.close()


@contextmanager
def server(place: Place, application: str, name: str, **environment: str) -> Iterator[str]:
    """gunicorn with the portal's own configuration, two workers; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", application, "--config", str(GUNICORN)]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--access-logfile", "/dev/null"]
    with (place.folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**place.env, **environment}, stdout=log, stderr=log)
    try:
        _wait_for(address, process, place.folder / f"{name}.log")
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _again in range(300):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{address} does not answer:\n{log.read_text()[-2000:]}")


def fetch(url: str, cookie: str = "") -> tuple[int, bytes]:
    """Status and body of a page."""
    request = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            return int(response.status), response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
