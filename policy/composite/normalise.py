"""Normalisation (无量纲化): directed values onto one scale, as a scale fitted once and applied to any values."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policy.composite.errors import CompositeError

if TYPE_CHECKING:
    from policy.composite.hierarchy import Node

METHODS = ("minmax", "zscore", "rank", "percentile", "target", "goalposts")
FIXED = ("target", "goalposts")  # measured against points in the indicator's own unit
RELATIVE = ("rank", "percentile")  # have no scale of their own: only the others' values count

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """factor·(x − low) ÷ width, the quotient clipped to 0–1 on demand."""

    low: float
    width: float
    factor: float = 100.0
    clip: bool = False

    def apply(self, values: Vector) -> Vector:
        scores = (values - self.low) / self.width
        if self.clip:
            scores = np.clip(scores, 0.0, 1.0)
        return np.asarray(scores * self.factor, dtype=np.float64)


def method_of(node: "Node", default: str) -> str:
    """An indicator's own method, or else the index's. Raises CompositeError when its points are lacking."""
    method = node.normalise or default
    if method == "target":
        if node.target is None:
            raise CompositeError(f"指标 {node.code} 按目标值无量纲化，却没有目标值；请在 target 列填写，或换用别的方法")
        if node.target <= 0:
            raise CompositeError(f"指标 {node.code} 的目标值 {node.target!r} 不大于 0，无法作除数；请改用 goalposts")
    if method == "goalposts":
        if node.target is None or node.floor is None:
            raise CompositeError(f"指标 {node.code} 按上下限无量纲化，须同时填 floor（最差）和 target（最好）")
        if node.direction * node.floor >= node.direction * node.target:
            sign = "小于" if node.direction > 0 else "大于"
            raise CompositeError(
                f"指标 {node.code} 的方向为 {node.direction}，"
                f"floor（最差，{node.floor!r}）须{sign} target（最好，{node.target!r}）"
            )
    return method


def fit(node: "Node", method: str, values: Vector) -> Scale | None:
    """The scale of an indicator over directed values; None when they have no spread, so that nothing compares.

    minmax: low = min, width = max − min. zscore: low = mean, width = sd (ddof 1), factor 1.
    goalposts: from floor to target, both directed, clipped.
    """
    if method == "goalposts" and node.target is not None and node.floor is not None:
        return Scale(node.direction * node.floor, node.direction * (node.target - node.floor), clip=True)
    known: list[float] = values[~np.isnan(values)].tolist()
    if not known or min(known) == max(known):
        return None
    if method == "minmax":
        return Scale(min(known), max(known) - min(known))
    mean = math.fsum(known) / len(known)
    # hypot neither overflows nor loses small deviations
    deviation = math.hypot(*(value - mean for value in known)) / math.sqrt(len(known) - 1)
    return Scale(mean, deviation, factor=1.0) if deviation else None


def normalise(node: "Node", method: str, values: Vector) -> Vector:
    """Scores of one indicator from its directed values; unknown stays unknown.

    An indicator without spread gives unknown scores under minmax and zscore (as COINr does): it is left
    out and its weight shared. rank gives every tied unit 100 by its formula. One known value has no rank score.
    """
    if method == "rank":
        return by_rank(values)
    if method == "percentile":
        return by_percentile(values)
    if method == "target" and node.target is not None:
        return to_target(values, node.target, node.direction)
    scale = fit(node, method, values)
    if scale is None:
        return np.full(len(values), math.nan)
    return scale.apply(values)


def by_rank(values: Vector) -> Vector:
    """100·(n − rank)/(n − 1), the best rank for ties, n = known values."""
    n = int(np.sum(~np.isnan(values)))
    if n < 2:
        return np.full(len(values), math.nan)
    ordered = np.sort(values[~np.isnan(values)])
    better = n - np.searchsorted(ordered, values, side="right")
    return np.where(np.isnan(values), math.nan, (n - 1 - better) / (n - 1) * 100)


def by_percentile(values: Vector) -> Vector:
    """100·(units strictly below)/(n − 1), n = known values; ties share the lower place."""
    n = int(np.sum(~np.isnan(values)))
    if n < 2:
        return np.full(len(values), math.nan)
    worse = np.searchsorted(np.sort(values[~np.isnan(values)]), values, side="left")
    return np.where(np.isnan(values), math.nan, worse / (n - 1) * 100)


def to_target(values: Vector, target: float, direction: int) -> Vector:
    """100·clip(x ÷ target, 0, 1) of directed values.

    Where less is better (direction −1) the ratio is turned round, target ÷ x, so that a value at or
    below the target is 100 and twice the target is 50.
    """
    if direction > 0:
        return np.asarray(np.clip(values / target, 0.0, 1.0) * 100, dtype=np.float64)
    original = -values
    # at or below the target the ratio is cut to 1 anyway; this also keeps zero out of the division
    return np.asarray(target / np.maximum(original, target) * 100, dtype=np.float64)
