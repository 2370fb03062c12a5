"""script/server: the whole portal on one machine, until Ctrl-C."""

import argparse
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import database
from .environment import MANAGE, default_data_folder, portal_environment
from .folder import ROOT, DataFolder
from .process import SetupFailed, StopRequested, hold_signals
from .services import Services
from .supervisor import Child, Supervisor, say

PURPOSE = "server"
HOST = "127.0.0.1"


def programs(env: dict[str, str], folder: DataFolder, port: int) -> list[Child]:
    """Web, worker and scheduler. A worker asked twice drops its task, which is delivered again."""
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    schedule = folder.state / "beat-schedule"
    return [
        Child(
            name="web",
            command=[
                *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
                *("--config", str(ROOT / "config" / "gunicorn.py"), "--bind", f"{HOST}:{port}"),
            ],
            env=env,
            insist_signal=signal.SIGQUIT,
            patience=6.0,
        ),
        Child(
            name="worker",
            command=[
                *celery,
                "worker",
                "--concurrency=2",
                "--loglevel=INFO",
                "--without-gossip",
                "--without-mingle",
            ],
            env=env,
            insist_signal=signal.SIGQUIT,
            death_signal=signal.SIGQUIT,
            patience=6.0,
        ),
        Child(
            name="scheduler",
            command=[*celery, "beat", f"--schedule={schedule}", "--pidfile=", "--loglevel=INFO"],
            env=env,
            patience=4.0,
        ),
    ]


def guard(folder: DataFolder) -> Child:
    """Outlives a supervisor that was killed just long enough to end the children that did not notice.

    A worker in particular may hang in its own shutdown when its broker ends at the same moment.
    """
    reading, _kept_open_until_the_end = os.pipe()
    return Child(
        name="guard",
        command=[sys.executable, ROOT / "script" / "_portal.py", "guard", folder.path, str(reading)],
        env={"PATH": os.defpath},
        death_signal=0,
        layer="guard",
        keeps_open=(reading,),
    )


def check_port(port: int) -> None:
    """SetupFailed with exit code 2 unless the port can be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = f"Port {port} cannot be used ({error.strerror}); choose another with --port."
            raise SetupFailed(reason, 2) from error


def answers(address: str) -> bool:
    """Whether the portal says that it can do its work."""
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def take(folder: DataFolder) -> None:
    """Lock the data folder, or say who has it."""
    folder.prepare()
    if not folder.lock(PURPOSE):
        holder = folder.holder() or {"purpose": "a program that is ending", "pid": "unknown"}
        raise SetupFailed(
            f"{folder.path} is in use by {holder['purpose']} (process {holder['pid']}); stop it first, "
            "or choose another folder with --data.",
            2,
        )


def serve(supervisor: Supervisor, folder: DataFolder, port: int, *, empty: bool) -> None:
    """Bring everything up in order, tell where it is, and keep it up until StopRequested."""
    started = time.monotonic()
    address = f"http://{HOST}:{port}"
    services = Services(folder)
    supervisor.add(guard(folder))
    services.start(supervisor)
    env = portal_environment(folder, services, address)
    database.migrate(supervisor, folder, services, env)
    has_sample = database.load_sample(supervisor, folder, env, empty=empty)
    supervisor.run_aside([ROOT / "script" / "fonts"], env, log="fonts")
    say("Starting web, worker and scheduler …")
    for child in programs(env, folder, port):
        supervisor.add(child)
    web = next(child for child in supervisor.children if child.name == "web")
    supervisor.wait_until(lambda: answers(address), "The portal", limit=90.0, child=web)
    folder.announce(ready=True, address=address)
    say(f"Ready after {time.monotonic() - started:.1f} s. Data: {folder.path}. Logs: {folder.log}. Ctrl-C stops it.")
    print(f"{address}/", flush=True)
    if has_sample:
        supervisor.run([*MANAGE, "sample_accounts"], env, goes_on=True)
    supervisor.run_forever()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="script/server", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=default_data_folder(), metavar="DIR")
    parser.add_argument("--empty", action="store_true", help="no sample province on the first run")
    options = parser.parse_args(arguments)
    check_port(options.port)
    hold_signals()
    folder = DataFolder(options.data)
    take(folder)
    os.umask(0o077)
    supervisor = Supervisor(folder)
    try:
        serve(supervisor, folder, options.port, empty=options.empty)
    except StopRequested:
        say("Stopping …")
    finally:
        supervisor.stop()
    say("Stopped.")
    return 0
