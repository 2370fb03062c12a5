"""What the portal does of its own accord, under the system scope."""

from __future__ import annotations

from accounts.scope import system
from portal.exports.files import remove_expired
from portal.search import index_changed


def sweep(limit: int = 200) -> int:
    """Index the dossiers that moved on and delete exports whose time is over; how many dossiers."""
    with system():
        changed = index_changed(limit)
        remove_expired()
    return changed
