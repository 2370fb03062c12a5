"""One process of a run migrates a database; the others begin with a copy of it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

from django.db import connection


class Template:
    """The copy of a freshly migrated test database that the processes of a run begin with."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the same for all processes of the run, and for no other run."""
        self.name = f"test_portal_{os.environ.get('PYTEST_DB_SUFFIX', '')}_migrated"
        self._mark = folder / "migrated"
        self._lock = (folder / "migrated.lock").open("w")
        self._is_mine = False

    def wait_for(self, settings: dict[str, Any]) -> None:
        """Until another process has made it, which `settings` then tell; or it falls to this process, see `offer`."""
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        if self._mark.exists():
            settings["TEST"]["TEMPLATE"] = self.name
            fcntl.flock(self._lock, fcntl.LOCK_UN)
        else:
            self._is_mine = True

    def offer(self) -> None:
        """Let the others begin with a copy of this process's database, which nobody has used yet."""
        if self._is_mine:
            database = connection.settings_dict["NAME"]
            self._do(f'DROP DATABASE IF EXISTS "{self.name}"', f'CREATE DATABASE "{self.name}" TEMPLATE "{database}"')
            self._mark.touch()
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def close(self) -> None:
        """Drop it; a process that comes later migrates for itself."""
        if self._is_mine:
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            self._mark.unlink()
            self._do(f'DROP DATABASE IF EXISTS "{self.name}"')
        self._lock.close()

    def _do(self, *statements: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
