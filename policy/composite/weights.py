"""Weights (权重): given, equal, from principal components, optimised; and the effective weight of each part."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from policy.composite import coherence
from policy.composite.aggregate import Chooser, mean
from policy.composite.hierarchy import Hierarchy, Node
from policy.composite.prepare import Matrix

_STEPS = 500
_CLOSE = 1e-12


def given(children: Sequence[Node], scores: Matrix) -> list[float]:
    """The weights of the hierarchy."""
    return [child.weight for child in children]


def equal(children: Sequence[Node], scores: Matrix) -> list[float]:
    """1 for each child of an aggregate."""
    return [1.0] * len(children)


def principal(children: Sequence[Node], scores: Matrix) -> list[float]:
    """From principal components, as the OECD/JRC handbook weighs: squared loadings by explained variance.

    Components with eigenvalue above 1 are kept (Kaiser). Summed over them, (loading² ÷ Σ loading²) ×
    explained variance is the communality, which no rotation changes; the weights are the communalities,
    scaled to sum 1. Equal weights when no component stands out or units are too few to correlate.
    """
    count = len(children)
    measured = coherence.correlations(scores)
    varying = [column for column in range(count) if not math.isnan(measured[column, column])]
    table = measured[np.ix_(varying, varying)]
    if len(varying) < 2 or np.isnan(table).any():
        return [1.0 / count] * count
    values, vectors = np.linalg.eigh(table)
    kept = values > 1 + _CLOSE * len(varying)
    if not kept.any():
        return [1.0 / count] * count
    communalities = (vectors[:, kept] ** 2) @ values[kept]
    found = np.zeros(count)
    found[varying] = communalities / math.fsum(communalities)
    return [float(weight) for weight in found]


def optimised(children: Sequence[Node], scores: Matrix) -> list[float]:
    """Weights under which each child matters as much as its given weight says (Becker et al. 2017, JRC).

    Importance is the child's correlation with the aggregate, as a share of the sum. Each step multiplies
    a weight by √(wanted ÷ found); of 500 steps the weights nearest to what is wanted are taken, for
    strongly or negatively correlated children it cannot always be reached. A child without spread
    keeps its given weight; so do all when fewer than three units are known.
    """
    wanted = np.array([child.weight for child in children], dtype=np.float64)
    wanted /= math.fsum(wanted)
    active = [column for column in range(len(children)) if wanted[column] > 0 and _varies(scores[:, column])]
    if len(active) < 2:
        return [float(weight) for weight in wanted]
    share = math.fsum(wanted[active])
    goal = wanted[active] / share
    best, nearest = goal, math.inf
    current = goal
    for _ in range(_STEPS):
        reached = importance(scores[:, active], current)
        if reached is None:
            break
        distance = math.fsum((reached - goal) ** 2)
        if distance < nearest:
            best, nearest = current, distance
        if distance < _CLOSE**2:
            break
        current = current * np.sqrt(goal / np.maximum(reached, 1e-3))
        current = current / math.fsum(current)
    weights = wanted.copy()
    weights[active] = best * share
    return [float(weight) for weight in weights]


def importance(scores: Matrix, weights: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Each child's correlation with their weighted arithmetic mean, scaled to sum 1; None where undefined."""
    total = np.array([mean("arithmetic", [float(x) for x in row], [float(w) for w in weights]) for row in scores])
    found = np.array([coherence.pearson(scores[:, column], total) for column in range(scores.shape[1])])
    whole = math.fsum(found)
    if math.isnan(whole) or whole <= 0:
        return None
    return np.asarray(found / whole, dtype=np.float64)


def _varies(values: NDArray[np.float64]) -> bool:
    return not math.isnan(coherence.pearson(values, values))


CHOOSERS: Mapping[str, Chooser] = {"given": given, "equal": equal, "pca": principal, "optimised": optimised}


def effective(tree: Hierarchy, used: Mapping[str, float]) -> dict[str, float]:
    """What share of the index each code carries: its weight among its siblings × its parent's share.

    The root carries 1; the indicators' shares sum to 1. It is the share where nothing is missing and
    means are arithmetic.
    """
    shares = {tree.root.code: 1.0}
    children = tree.children()
    for parent in reversed(tree.aggregates):
        below = children[parent.code]
        total = math.fsum(used[child.code] for child in below)
        for child in below:
            shares[child.code] = shares[parent.code] * used[child.code] / total
    return shares
