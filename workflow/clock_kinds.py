"""The kinds of legal periods (期限种类): each room declares its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import Organisation
from workflow.models import Clock


@dataclass(frozen=True)
class ClockKind:
    """A kind of period: how long (a parameter of days), on what basis, when to remind, what stops it.

    `reminders` are working days before the due date; one more goes out when it is over. `lapse` is called then, once.
    `moved` keeps a room's own column current when a pause or the calendar moves the due date. `escalates` puts what
    is late before the office's head and leader. `told_with` hear of every reminder too: they share the dossier with
    the office that owes. `days` is empty where each period has a fixed last day of its own. `ended` says in Chinese
    that a span is over (公示期满) where nobody is late by it; a `side` clock runs beside its subject's own.
    """

    code: str
    label: str | Promise
    days: str
    basis: str
    reminders: tuple[int, ...] = ()
    lapse: Callable[[Clock], None] | None = None
    pauses_with: frozenset[str] = frozenset()
    copy_to: Callable[[Clock], list[Organisation]] | None = None
    moved: Callable[[Clock], None] | None = None
    escalates: bool = True
    ended: str = ""
    side: bool = False
    told_with: Callable[[Clock], list[Organisation]] | None = None


_kinds: dict[str, ClockKind] = {}


def declare(kind: ClockKind) -> ClockKind:
    """Make a kind of period known. Raises ValueError where another one has its code."""
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"clock {kind.code} is declared twice")
    return kind


def kind_of(clock: Clock | str) -> ClockKind:
    """The kind of a clock, or of a code. Raises KeyError."""
    return _kinds[clock if isinstance(clock, str) else clock.kind]


def kinds() -> dict[str, ClockKind]:
    """All kinds by code."""
    return dict(_kinds)
