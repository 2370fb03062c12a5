"""Aggregation (合成) level by level, and the ranks (排名) of the index."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy, Node
from policy.composite.prepare import Matrix

METHODS = ("arithmetic", "geometric", "harmonic")
# Scores closer than this share of the largest are equal: the arithmetic itself cannot tell them apart. Normalised
# scores are of the order of 1 to 100, so where a mean of them cancels to nothing the share is that of 1.
RESOLUTION = 1e-12

Vector = NDArray[np.float64]
Chooser = Callable[[Sequence[Node], Matrix], list[float]]


def mean(method: str, values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted mean of known values; unknown ones are left out and their weight shared among the rest.

    arithmetic Σwx ÷ Σw; geometric exp(Σw·ln x ÷ Σw); harmonic Σw ÷ Σ(w ÷ x). Sums are rounded once, so the
    order of the children does not matter. NaN when nothing known carries weight.
    Raises ValueError for the geometric or harmonic mean of a value ≤ 0 that carries weight.
    """
    pairs = [(value, weight) for value, weight in zip(values, weights, strict=True) if weight and value == value]
    if not pairs:
        return math.nan
    if method != "arithmetic" and any(value <= 0 for value, _ in pairs):
        raise ValueError(f"{method} mean of a value that is not positive")
    total = math.fsum(weight for _, weight in pairs)
    if method == "geometric":
        return math.exp(math.fsum(weight * math.log(value) for value, weight in pairs) / total)
    if method == "harmonic":
        return total / math.fsum(weight / value for value, weight in pairs)
    return math.fsum(weight * value for value, weight in pairs) / total


def climb(
    tree: Hierarchy, units: Sequence[str], scores: Matrix, methods: Mapping[int, str], choose: Chooser
) -> tuple[dict[str, Vector], dict[str, float]]:
    """Aggregate normalised scores (units × indicators) up to the index.

    `methods` gives the mean of each level above 1, `choose` the weights of an aggregate's children.
    Returns the scores of every code and the weights used. Raises CompositeError where a mean is undefined.
    """
    found: dict[str, Vector] = {node.code: scores[:, column] for column, node in enumerate(tree.indicators)}
    used: dict[str, float] = {}
    children = tree.children()
    for parent in tree.aggregates:
        below = children[parent.code]
        given = np.column_stack([found[child.code] for child in below])
        weights = choose(below, given)
        used.update(zip((child.code for child in below), weights, strict=True))
        found[parent.code] = combine(parent, below, units, given, weights, methods[parent.level])
    return found, used


def combine(
    parent: Node, below: Sequence[Node], units: Sequence[str], given: Matrix, weights: Sequence[float], method: str
) -> Vector:
    """Scores of one aggregate from those of its children (units × children). Raises CompositeError."""
    results = np.empty(len(units), dtype=np.float64)
    for row, unit in enumerate(units):
        values = [float(value) for value in given[row]]
        try:
            results[row] = mean(method, values, weights)
        except ValueError as error:
            child, value = next(
                (child.code, value)
                for child, value, weight in zip(below, values, weights, strict=True)
                if weight and value <= 0
            )
            raise CompositeError(undefined(unit, parent.code, child, method, value)) from error
    return results


def undefined(unit: str, parent: str, child: str, method: str, value: float) -> str:
    """Why a geometric or harmonic mean cannot be taken, and what to do."""
    return (
        f"{unit} 的 {parent} 无法按 {method} 合成：下级 {child} 的得分为 {value!r}，"
        "不大于 0，几何与调和平均要求得分为正；请改用 arithmetic，或用 goalposts 把下限定在所有值之下"
    )


def ranks(scores: Vector) -> list[int | None]:
    """1 is the best; ties share the best rank (1, 2, 2, 4); an unknown score has no rank.

    Compared unrounded: only what differs by less than 1e-12 of the largest score (or of 1) is the same.
    """
    known = [row for row in range(len(scores)) if not math.isnan(scores[row])]
    known.sort(key=lambda row: -scores[row])
    finest = RESOLUTION * max((1.0, *(abs(float(scores[row])) for row in known)))
    places: list[int | None] = [None] * len(scores)
    place, above = 0, math.inf
    for position, row in enumerate(known, start=1):
        if above - scores[row] > finest:
            place = position
        places[row] = place
        above = scores[row]
    return places
