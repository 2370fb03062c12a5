"""script/dev-services DIR [--stop]: PostgreSQL and the broker alone, in the background, for developers."""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from .folder import ROOT, DataFolder
from .process import SetupFailed, StopRequested, hold_signals
from .services import Services
from .supervisor import Supervisor, say, tail_of

PURPOSE = "dev-services"


def export_lines(addresses: dict[str, str]) -> str:
    """The shell lines that make the settings find the services."""
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in addresses.items()) + "\n"


def keep(folder: DataFolder, *, durable: bool) -> None:
    """Hold the services until asked to stop; writes env.sh when they answer."""
    hold_signals()
    folder.prepare()
    if not folder.lock(PURPOSE):
        raise SetupFailed(f"The data folder {folder.path} is in use.", 2)
    supervisor = Supervisor(folder)
    try:
        services = Services(folder, durable=durable, ignore_environment=True)
        services.start(supervisor)
        (folder.path / "env.sh").write_text(export_lines(services.addresses))
        (folder.path / "env.sh").chmod(0o600)
        folder.announce(ready=True)
        supervisor.run_forever()
    except StopRequested:
        say("Stopping.")
    finally:
        supervisor.stop()


def start(folder: DataFolder, *, durable: bool) -> None:
    """Start a keeper in the background and wait until it is ready."""
    log = folder.log / "dev-services.log"
    command = [sys.executable, str(ROOT / "script" / "_portal.py"), PURPOSE, str(folder.path), "--keep"]
    with log.open("ab") as output:
        options = [] if durable else ["--throw-away"]
        keeper = subprocess.Popen(
            command + options, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    while not (folder.holder() or {}).get("ready"):
        if keeper.poll() is not None:
            raise SetupFailed(f"The services did not start:\n{tail_of(log)}", keeper.returncode)
        time.sleep(0.1)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="script/dev-services", description=__doc__)
    parser.add_argument("data", type=Path, metavar="DIR")
    parser.add_argument("--stop", action="store_true", help="stop the services of DIR")
    parser.add_argument("--throw-away", action="store_true", help="faster, but nothing survives a crash")
    parser.add_argument("--keep", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    folder = DataFolder(options.data)
    if options.keep:
        keep(folder, durable=not options.throw_away)
        return 0
    folder.prepare()
    holder = folder.holder()
    if options.stop:
        return _stop(folder, holder["pid"] if holder else None)
    if holder is None:
        start(folder, durable=not options.throw_away)
    elif holder["purpose"] != PURPOSE:
        raise SetupFailed(f"{folder.path} is in use by {holder['purpose']} (process {holder['pid']}).", 2)
    print((folder.path / "env.sh").read_text(), end="")
    return 0


def _stop(folder: DataFolder, pid: int | None) -> int:
    if pid is None:
        say("Nothing runs there.")
        return 0
    os.kill(pid, signal.SIGTERM)
    while folder.holder() is not None:
        time.sleep(0.1)
    return 0
