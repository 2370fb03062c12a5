"""Small numbers are not told where they would tell of one park: the smallest cells are kept back (小数量不公布)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")
LEAST = 3


def suppressed(counts: Mapping[K, int], least: int = LEAST) -> dict[K, int | None]:
    """Counts of a whole by part, None where it is kept back: cells of 1 to `least` − 1, and one more to hide behind.

    A single hidden cell could be found by subtraction, so the next smallest one is kept back with it. Where that
    leaves nothing, or the whole is itself small, nothing is told.
    """
    known = {key: number for key, number in counts.items() if number}
    if 0 < sum(known.values()) < least:
        return dict.fromkeys(counts)
    hidden = {key for key, number in known.items() if number < least}
    if len(hidden) == 1:
        others = sorted((number, str(key), key) for key, number in known.items() if key not in hidden)
        hidden |= {others[0][2]} if others else set()
    return {key: None if key in hidden else number for key, number in counts.items()}
