"""What other rooms show on a park's own page: each registers a part, or acts of its life, when it is ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registry.models import Park

Part = Callable[[Park], dict[str, Any] | None]


@dataclass(frozen=True)
class Act:
    """An act of a park's life that is public: its day, what it was, a paper (`number`, `href`) or an address.

    `kind` is a shape of templates/components/tag.html.
    """

    day: dt.date
    title: str
    text: str = ""
    kind: str = "waiting"
    paper: dict[str, str] | None = None
    href: str = ""


Acts = Callable[[Park], list[Act]]
_parts: list[Part] = []
_acts: list[Acts] = []


def shows(part: Part) -> Part:
    """Register a part: it gives a context with its template's name under `template`, or None where it has nothing."""
    _parts.append(part)
    return part


def tells(acts: Acts) -> Acts:
    """Register acts of a park's life that another room knows."""
    _acts.append(acts)
    return acts


def of(park: Park) -> list[dict[str, Any]]:
    """The parts of a park's page, in the order of their registration."""
    return [shown for part in _parts if (shown := part(park)) is not None]


def acts_of(park: Park) -> list[Act]:
    """What the other rooms know of a park's life."""
    return [act for acts in _acts for act in acts(park)]
