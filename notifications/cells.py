"""The named values of a draft's own page (rows, tables): which can be kept, and which another window changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.ledger import digest

Cells = dict[str, Any]


def mark_of(value: Any) -> str:
    """A mark of one stored value."""
    return digest(value)[:16]


def marks(cells: Mapping[str, Any]) -> dict[str, str]:
    """The mark of each value that a page shows."""
    return {name: mark_of(value) for name, value in cells.items()}


def sort(
    stored: Mapping[str, Any], typed: Mapping[str, Any], shown: Mapping[str, str], *, by_itself: bool
) -> tuple[Cells, Cells]:
    """What can be kept of `typed`, and what stands where another hand or window wrote since the page was `shown`.

    A page that saves itself sends only what was touched. Of a whole page what was not touched stays as it is stored.
    """
    kept, conflicts = {}, {}
    for name, value in typed.items():
        now, mark = stored[name], shown.get(name)
        if mark is None or value == now or mark_of(now) == mark:
            kept[name] = value
        elif by_itself or mark_of(value) != mark:
            conflicts[name] = now
    return kept, conflicts
