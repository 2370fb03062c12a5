"""What the portal does of its own accord, under the system scope."""

from __future__ import annotations

from accounts.scope import system
from portal.exports.files import remove_expired
from portal.search import changed, index_dossier


def sweep(limit: int = 200) -> int:
    """Index the dossiers that moved on, each in a transaction of its own, and delete exports whose time is over."""
    with system():
        remove_expired()
        dossiers = changed(limit)
    for dossier in dossiers:
        with system():
            index_dossier(dossier)
    return len(dossiers)
