"""PostgreSQL, without a round trip per request to ask whether a kept connection still lives."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg2 import InterfaceError


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with nothing to read is alive: a server that ended, was killed or was restarted closes it."""

    def is_usable(self) -> bool:
        """Whether the connection lives; it is asked only where something waits to be read."""
        if self.connection is None:
            return False
        try:
            quiet = not select.select([self.connection.fileno()], [], [], 0)[0]
        except (OSError, ValueError, InterfaceError):
            return False
        return quiet or super().is_usable()
