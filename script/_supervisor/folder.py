"""The data folder: where everything lies that outlives the programs, and who uses it now."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from .process import SetupFailed, pause

ROOT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 107  # sun_path of Linux, without its closing zero


class DataFolder:
    """Paths under one data folder; making them is left to whoever needs them."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.secrets = self.path / "secrets"
        self.run = self.path / "run"
        self.log = self.path / "log"
        self.state = self.path / "state"
        self.short_lived: set[Path] = set()
        self._lock: int | None = None

    def prepare(self) -> None:
        """Make the folders. The outermost can be passed through, since PostgreSQL has its own user."""
        try:
            self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
            for folder in (self.secrets, self.run, self.log, self.state):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise SetupFailed(f"The data folder {self.path} cannot be used: {error.strerror}.", 2) from error

    def secret(self, name: str, length: int = 24) -> str:
        """The secret of that name, made on first use; readable by the owner of the folder alone."""
        path = self.secrets / name
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(length) + "\n")
        return path.read_text().strip()

    def socket_folder(self, preferred: Path, name: str) -> Path:
        """A folder short enough for the socket `name`: the preferred one, or one under /tmp."""
        if len(os.fsencode(preferred / name)) <= SOCKET_PATH_LIMIT:
            return preferred
        digest = hashlib.sha256(os.fsencode(preferred)).hexdigest()[:16]
        short = Path("/tmp") / f"portal-{digest}"
        self.short_lived.add(short)
        return short

    def forget_short_folders(self) -> None:
        """Remove what `socket_folder` chose under /tmp, once nothing listens there any more."""
        for path in self.short_lived:
            shutil.rmtree(path, ignore_errors=True)

    # -- who uses the folder -----------------------------------------------------------------------
    @property
    def lock_handle(self) -> int:
        """The descriptor that children inherit: the folder is in use while any of them lives."""
        if self._lock is None:
            raise RuntimeError("the data folder is not locked")
        return self._lock

    def lock(self, purpose: str, *, wait: float = 20.0) -> bool:
        """Take the folder for `purpose`; False when a living process holds it, see `holder`.

        A holder that was killed leaves children that are ending: those are waited for, `wait` seconds.
        """
        handle = os.open(self.run / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if self.holder() is not None or time.monotonic() > deadline:
                    os.close(handle)
                    return False
                pause(0.2)
        self._lock = handle
        self._write_holder({"pid": os.getpid(), "born": _born(os.getpid()), "purpose": purpose})
        return True

    def holder(self) -> dict[str, Any] | None:
        """The living process that holds the folder: pid, purpose, ready; None when it died."""
        try:
            found: dict[str, Any] = json.loads((self.run / "holder.json").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return found if _born(found["pid"]) == found["born"] is not None else None

    def announce(self, **facts: Any) -> None:
        """Tell others more about this holder, such as that its services are ready."""
        known = self.holder() or {}
        self._write_holder({**known, **facts})

    def wait_for_holder(self, purpose: str, limit: float) -> dict[str, Any] | None:
        """Wait until the holder has its services ready; None when it went away or is of another purpose."""
        deadline = time.monotonic() + limit
        while (holder := self.holder()) and holder["purpose"] == purpose:
            if holder.get("ready"):
                return holder
            if time.monotonic() > deadline:
                raise SetupFailed(f"Process {holder['pid']} has been starting for {limit:.0f} s.")
            pause(0.2)
        return None

    def _write_holder(self, facts: dict[str, Any]) -> None:
        fresh = self.run / "holder.json.new"
        fresh.write_text(json.dumps(facts))
        fresh.replace(self.run / "holder.json")


def _born(pid: int) -> str | None:
    """When a process was started, in clock ticks since boot: a number reused by another has another."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]
