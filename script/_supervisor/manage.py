"""script/manage: manage.py in the portal's environment, against the portal's data."""

import os
import sys
from pathlib import Path

from . import database
from .environment import MANAGE, default_data_folder, owner_environment, portal_environment
from .folder import DataFolder
from .process import SetupFailed, hold_signals, pause
from .services import Services
from .supervisor import Supervisor, say

WITHOUT_DATABASE = frozenset(
    {
        *("judge", "composite", "uncertainty", "due", "draw_workflow"),
        *(
            "check",
            "collectstatic",
            "compilemessages",
            "diffsettings",
            "draw_workflow",
            "findstatic",
            "help",
            "makemessages",
        ),
        *("makemigrations", "sendtestemail", "spectacular", "startapp", "version"),
    }
)
AS_OWNER = frozenset({"flush", "migrate", "showmigrations", "sqlflush", "sqlmigrate", "sqlsequencereset"})


def main(arguments: list[str]) -> int:
    """Exit code and standard output are the command's own."""
    data, command = _split(arguments)
    folder = DataFolder(data)
    name = command[0] if command else "help"
    if name in WITHOUT_DATABASE or name.startswith("-") or {"--help", "-h", "--version"} & set(command):
        _replace_this_process(folder, command)
    folder.prepare()
    hold_signals()
    services = Services(folder)
    if services.external_database and services.external_broker:
        return _run(Supervisor(folder), folder, services, command)
    if _enter(folder):
        return _run(Supervisor(folder), folder, services, command)
    supervisor = Supervisor(folder)
    try:
        services.start(supervisor)
        if name not in AS_OWNER:
            database.migrate(supervisor, folder, services, portal_environment(folder, services))
        return _run(supervisor, folder, services, command)
    finally:
        supervisor.stop()


def _split(arguments: list[str]) -> tuple[Path, list[str]]:
    if arguments and arguments[0].startswith("--data="):
        return Path(arguments[0].removeprefix("--data=")), arguments[1:]
    if arguments and arguments[0] == "--data":
        if len(arguments) < 2:
            raise SetupFailed("usage: script/manage [--data DIR] COMMAND …", 2)
        return Path(arguments[1]), arguments[2:]
    return default_data_folder(), arguments


def _replace_this_process(folder: DataFolder, command: list[str]) -> None:
    env = {**os.environ, "PORTAL_DATA": str(folder.path)}
    key = folder.secrets / "secret_key"
    if "SECRET_KEY" not in env and os.access(key, os.R_OK):
        env["SECRET_KEY"] = key.read_text().strip()
    sys.stdout.flush()
    os.execve(sys.executable, [*MANAGE, *command], env)


def _enter(folder: DataFolder) -> bool:
    """True when services of this folder run already; otherwise the folder is locked for this command."""
    told = False
    while not folder.lock("manage"):
        holder = folder.holder()
        if holder and holder["purpose"] != "manage":
            if folder.wait_for_holder(holder["purpose"], 300.0):
                return True
        elif not told:
            say("Another command works on this data; waiting for it …")
            told = True
        pause(0.2)
    return False


def _run(supervisor: Supervisor, folder: DataFolder, services: Services, command: list[str]) -> int:
    env = portal_environment(folder, services)
    if command[0] in AS_OWNER:
        env = owner_environment(env, services)
    return supervisor.run([*MANAGE, *command], env, cwd=Path.cwd())
