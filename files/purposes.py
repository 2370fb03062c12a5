"""What files are for (用途): each room declares which kinds it takes, how large, and who may give them where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise

from accounts.actors import Actor
from files.kinds import ACCEPTED

Text = str | Promise


@dataclass(frozen=True)
class Purpose:
    """A use of files. `obstacles(actor, dossier)`: why the actor may not give one; None where there is nothing to see.

    `limit` is the largest file in bytes, never above UPLOAD_LIMIT_BYTES.
    """

    code: str
    label: Text
    obstacles: Callable[[Actor, UUID], list[str] | None]
    types: tuple[str, ...] = ACCEPTED
    limit: int | None = None

    @property
    def largest(self) -> int:
        """The limit in force, in bytes."""
        return min(self.limit or settings.UPLOAD_LIMIT_BYTES, settings.UPLOAD_LIMIT_BYTES)

    def about(self, subject: UUID) -> Purpose:
        """The same for one of several things of a dossier: what is on its way to one is not shown at another."""
        return replace(self, code=f"{self.code}:{subject}")


_purposes: dict[str, Purpose] = {}


def declare(purpose: Purpose) -> Purpose:
    """Register a purpose; called when a room is ready."""
    _purposes[purpose.code] = purpose
    return purpose


def find(code: str) -> Purpose | None:
    """The purpose of that code, which may name what it is about."""
    base, colon, subject = code.partition(":")
    found = _purposes.get(base)
    if found is None or not colon:
        return found
    try:
        return found.about(UUID(subject))
    except ValueError:
        return None
