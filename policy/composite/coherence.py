"""Correlations and internal consistency (相关与内部一致性) of what an index is made of."""

import math

import numpy as np
from numpy.typing import NDArray

from policy.composite.aggregate import ranks
from policy.composite.prepare import Matrix

Vector = NDArray[np.float64]


def pearson(left: Vector, right: Vector) -> float:
    """Product-moment correlation over the units where both are known; NaN below 3 or without spread."""
    both = ~(np.isnan(left) | np.isnan(right))
    if np.sum(both) < 3:
        return math.nan
    first, second = _centred(left[both]), _centred(right[both])
    if not first.any() or not second.any():
        return math.nan
    product = math.fsum(first * second)
    return float(np.clip(product / (math.hypot(*first) * math.hypot(*second)), -1.0, 1.0))


def spearman(left: Vector, right: Vector) -> float:
    """Pearson of the mid-ranks, ranked among the units where both are known."""
    both = ~(np.isnan(left) | np.isnan(right))
    return pearson(midranks(left[both]), midranks(right[both]))


def midranks(values: Vector) -> Vector:
    """1 for the lowest; ties, as the ranking itself sees them, share the mean of their places. Known values only."""
    places = np.array(ranks(-values), dtype=np.float64)
    return np.array([place + (np.sum(places == place) - 1) / 2 for place in places], dtype=np.float64)


def correlations(scores: Matrix, method: str = "pearson") -> Matrix:
    """Symmetric matrix of the correlations between columns, pairwise over what is known."""
    measure = {"pearson": pearson, "spearman": spearman}[method]
    size = scores.shape[1]
    found = np.full((size, size), math.nan)
    for row in range(size):
        for column in range(row, size):
            found[row, column] = found[column, row] = measure(scores[:, row], scores[:, column])
    return found


def cronbach_alpha(scores: Matrix) -> float:
    """k/(k − 1) · (1 − Σ var(item) ÷ var(sum)), variances with ddof 1, over complete units.

    Items stand on one scale and point one way (normalised scores). NaN below two items or two complete
    units, or when the sum does not vary. Below 0.7 the items hardly measure one thing.
    """
    complete = scores[~np.isnan(scores).any(axis=1)]
    items = scores.shape[1]
    if items < 2 or len(complete) < 2:
        return math.nan
    total = float(np.var(complete.sum(axis=1), ddof=1))
    if total == 0:
        return math.nan
    apart = math.fsum(float(one) for one in np.var(complete, axis=0, ddof=1))
    return float(items / (items - 1) * (1 - apart / total))


def _centred(values: Vector) -> Vector:
    if values.max() == values.min():
        return np.zeros(len(values))
    return np.asarray(values - math.fsum(values) / len(values), dtype=np.float64)
