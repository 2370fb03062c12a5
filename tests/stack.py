"""A whole portal for tests: script/server on a free port with data of its own, and handles to its children."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHILDREN = ("postgres", "broker", "web", "worker", "scheduler")
NOT_INHERITED = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "REDIS_URL", "PORTAL_DATABASE_ROLE"),
    *("PORTAL_DATA", "PORTAL_BASE_URL", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE"),
)


def own_environment(**extra: str) -> dict[str, str]:
    """The environment of a person at a shell: none of what the test run itself was given."""
    return {**{name: value for name, value in os.environ.items() if name not in NOT_INHERITED}, **extra}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: Callable[[], bool], seconds: float) -> float:
    """Seconds until `condition()` holds; AssertionError after `seconds`."""
    started = time.monotonic()
    while not condition():
        waited = time.monotonic() - started
        assert waited < seconds, f"still waiting after {waited:.0f} s"
        time.sleep(0.1)
    return time.monotonic() - started


def status_of(url: str) -> int | None:
    """The HTTP status of a GET, None when nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, urllib.error.URLError):
        return None


def parents() -> dict[int, int]:
    """Every living process and its parent; zombies do not count."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] not in "ZX":
                found[int(entry.name)] = int(fields[1])
    return found


def family(pid: int) -> set[int]:
    """A process and everything that descends from it."""
    known, found = parents(), {pid}
    while new := {child for child, parent in known.items() if parent in found} - found:
        found |= new
    return found


def mentioning(path: Path) -> set[int]:
    """Processes whose command line or environment names `path`, other than this one."""
    found = set()
    for pid in set(parents()) - {os.getpid()}:
        for name in ("cmdline", "environ"):
            try:
                if os.fsencode(path) in Path("/proc", str(pid), name).read_bytes():
                    found.add(pid)
            except OSError:
                continue
    return found


@dataclass
class Portal:
    """One running script/server."""

    process: subprocess.Popen[bytes]
    data: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def answer(self) -> str:
        """What it printed on standard output so far."""
        return self.data.with_suffix(".out").read_text()

    @property
    def progress(self) -> str:
        return self.data.with_suffix(".err").read_text()

    def log(self, name: str) -> str:
        return (self.data / "log" / f"{name}.log").read_text(errors="replace")

    def pid(self, name: str) -> int | None:
        """The process of one of CHILDREN, None while it has none."""
        try:
            pid = int((self.data / "run" / f"{name}.pid").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return pid if pid in parents() else None

    def kill(self, name: str) -> int:
        """kill -9 one child; its former process number."""
        pid = self.pid(name)
        assert pid is not None, f"{name} is not running"
        os.kill(pid, signal.SIGKILL)
        return pid

    def is_ready(self) -> bool:
        return status_of(f"{self.url}/readyz") == 200

    def stop(self, number: signal.Signals = signal.SIGINT, seconds: float = 40.0) -> int:
        """Signal the server and wait for its end; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)


def start_portal(data: Path, *options: str, seconds: float = 480.0) -> Portal:
    """script/server over `data`; returns when it has told its address."""
    port = free_port()
    command = [ROOT / "script" / "server", "--port", str(port), "--data", data, *options]
    with data.with_suffix(".out").open("wb") as out, data.with_suffix(".err").open("wb") as err:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=own_environment(), start_new_session=True
        )
    portal = Portal(process, data, port)

    def told() -> bool:
        assert process.poll() is None, portal.progress
        return portal.url in portal.answer

    try:
        wait_for(told, seconds)
    except AssertionError as error:
        portal.stop(signal.SIGTERM)
        raise AssertionError(f"script/server did not start:\n{portal.progress}") from error
    return portal


@contextmanager
def throw_away_folder() -> Iterator[Path]:
    """A folder that every user may pass through, as the database's has to; removed with what it holds."""
    home = Path(tempfile.mkdtemp(prefix="portal-test-"))
    home.chmod(0o711)
    try:
        yield home
    finally:
        for pointer in home.glob("*/state/postgres-place"):
            shutil.rmtree(pointer.read_text().strip(), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running_portal(data: Path | None = None, *options: str) -> Iterator[Portal]:
    """A portal with the sample province (`--empty`: without), stopped at the end; `data` None: throw-away."""
    if data is None:
        with throw_away_folder() as home, running_portal(home / "data", *options) as portal:
            yield portal
        return
    portal = start_portal(data, *options)
    try:
        yield portal
    finally:
        if portal.process.poll() is None:
            portal.stop()


def manage(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """script/manage over `data`, with both streams as text."""
    command = [ROOT / "script" / "manage", "--data", data, *arguments]
    return subprocess.run(
        command, env=own_environment(**environment), capture_output=True, text=True, check=False, timeout=300
    )


def secrets_of(data: Path) -> dict[str, str]:
    """The generated secrets by name."""
    return {path.name: path.read_text() for path in (data / "secrets").iterdir()}


def holder_of(data: Path) -> dict[str, object]:
    """What the folder says about who holds it."""
    found: dict[str, object] = json.loads((data / "run" / "holder.json").read_text())
    return found
