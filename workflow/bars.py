"""Who may not act in a dossier although their post would allow it; higher rooms say why (a recusal, for one)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from accounts.actors import Actor

Bar = Callable[[Actor, UUID], list[str]]
_bars: list[Bar] = []


def bar(function: Bar) -> Bar:
    """Register a function that gives the reasons why a person may not act in a dossier; none when they may."""
    _bars.append(function)
    return function


def reasons(actor: Actor | None, dossier: UUID | None) -> list[str]:
    """Why the actor (None: the worker) may not act in this dossier at all; empty when nothing bars them."""
    if actor is None or dossier is None:
        return []
    return [str(reason) for function in _bars for reason in function(actor, dossier)]
