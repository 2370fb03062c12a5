"""What other rooms show on a park's own page: each registers a part when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from registry.models import Park

Part = Callable[[Park], dict[str, Any] | None]
_parts: list[Part] = []


def shows(part: Part) -> Part:
    """Register a part: it gives a context with its template's name under `template`, or None where it has nothing."""
    _parts.append(part)
    return part


def of(park: Park) -> list[dict[str, Any]]:
    """The parts of a park's page, in the order of their registration."""
    return [shown for part in _parts if (shown := part(park)) is not None]
