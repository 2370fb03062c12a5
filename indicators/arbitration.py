"""The arithmetic of blind scores: where two differ too much, what comes of two or three, how far one is from others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Scores = Mapping[str, Fraction]


def differing(first: Scores, second: Scores, limit: Fraction) -> list[str]:
    """The indicators, by code, that two people score more than `limit` points apart.

    A mean of the indicators by any weights lies no further apart than the indicator that lies furthest.
    """
    return sorted(code for code in first.keys() & second.keys() if abs(first[code] - second[code]) > limit)


def final(scores: Sequence[Fraction]) -> Fraction:
    """The mean of two; of three that of the two closest, of all three where both pairs are equally close.

    One alone stands as it is. Raises ValueError for none and for more than three.
    """
    if not 1 <= len(scores) <= 3:
        raise ValueError(scores)
    if len(scores) == 3:
        low, middle, high = sorted(scores)
        below, above = middle - low, high - middle
        if below != above:
            scores = (low, middle) if below < above else (middle, high)
    return sum(scores, Fraction(0)) / len(scores)


@dataclass(frozen=True)
class Bias:
    """How far a person scores from those who scored the same, on the mean, with its sign; of how many scores."""

    mean: Fraction
    number: int


def biases(given: Iterable[Mapping[str, Fraction]]) -> dict[str, Bias]:
    """The mean signed difference to the co-scorers by person; `given` are the scores of one thing by person."""
    found: dict[str, list[Fraction]] = {}
    for scores in given:
        for person, score in scores.items():
            others = [other for one, other in scores.items() if one != person]
            if others:
                found.setdefault(person, []).append(score - sum(others, Fraction(0)) / len(others))
    return {person: Bias(sum(all_, Fraction(0)) / len(all_), len(all_)) for person, all_ in found.items()}
