"""What other rooms show on the page of a city or county: each registers a part when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accounts.models import Division
from registry.models import Park

Part = Callable[[Division], dict[str, Any] | None]
# What is told of parks in a list, by slug: `text`, `kind` (as templates/components/tag.html), `year`, `href`.
Told = Mapping[str, Mapping[str, Any]]
Verdicts = Callable[[Sequence[Park]], Told]
_parts: list[Part] = []
_verdicts: list[Verdicts] = []


def shows(part: Part) -> Part:
    """Register a part: it gives a context with its template's name under `template`, or None where it has nothing."""
    _parts.append(part)
    return part


def judges(verdicts: Verdicts) -> Verdicts:
    """Register what is found of parks last, for the list of a place's parks."""
    _verdicts.append(verdicts)
    return verdicts


def of(place: Division) -> list[dict[str, Any]]:
    """The parts of a place's page, in the order of their registration."""
    return [shown for part in _parts if (shown := part(place)) is not None]


def last_verdicts(parks: Sequence[Park]) -> dict[str, Mapping[str, Any]]:
    """By slug what was found last of each of these parks; those of which nothing is public are left out."""
    if not parks:
        return {}
    return {slug: told for verdicts in _verdicts for slug, told in verdicts(parks).items()}
