"""Rank intervals by Monte-Carlo (蒙特卡罗排名区间): weights and normalisation drawn, the index built anew each time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policy.composite import aggregate, pipeline, tables
from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy, Node
from policy.composite.pipeline import Index

NORMALISATIONS = ("minmax", "zscore", "rank")
SHARE = 0.2
_BLOCK = 1000
MOST_DRAWS = 200_000

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Where a unit ranks: in the index itself (`rank`), and over the draws; None for an unranked unit."""

    unit: str
    rank: int | None
    median: float | None
    p05: float | None
    p95: float | None
    mean: float | None


class Surrogate:
    """An index over the scored units only, ready to be aggregated many times at once."""

    def __init__(self, index: Index) -> None:
        place = {unit: row for row, unit in enumerate(index.units)}
        scored = np.array([index.ranks[place[unit]] is not None for unit in index.kept], dtype=bool)
        self.tree: Hierarchy = index.tree
        self.units = tuple(unit for unit, is_scored in zip(index.kept, scored, strict=True) if is_scored)
        self.means = index.options.methods(index.tree)
        self.normalised = {
            method: pipeline.normalised_by(
                index.tree, {node.code: node.normalise or method for node in index.tree.indicators}, index.directed
            )[scored]
            for method in NORMALISATIONS
        }
        # sorted, so that the order of the rows in the meta file does not matter
        self.codes = tuple(sorted(node.code for node in index.tree.nodes if node is not index.tree.root))
        self.weights = np.array([index.weights[code] for code in self.codes], dtype=np.float64)

    def ranks(self, weights: Array, method: str) -> Array:
        """Ranks, shape draws × units, under weights of shape draws × codes and one normalisation."""
        given = dict(zip(self.codes, weights.T, strict=True))
        scores = _climb(self.tree, self.units, self.normalised[method], self.means, given)
        return ranks(scores)


def intervals(index: Index, draws: int, seed: int, share: float = SHARE) -> list[Interval]:
    """Per unit the rank, and over the draws its median, 5th and 95th percentile (interpolated) and mean.

    Each draw multiplies every weight of every level by its own uniform factor in 1 ± share and picks
    minmax, zscore or rank with equal chance; an indicator with a normalisation of its own keeps it.
    A draw that leaves a unit without any score puts it last. PCG64 with `seed`: the same numbers give
    the same answer. Raises CompositeError for unusable settings or an undefined mean.
    """
    check_settings(draws, seed, share)
    surrogate = Surrogate(index)
    found = np.empty((draws, len(surrogate.units)), dtype=np.float64)
    for rows, weights, method in _drawn(surrogate, draws, seed, share):
        found[rows] = surrogate.ranks(weights, method)
    return _summary(index, surrogate.units, found)


def read_share(text: str) -> float:
    """The share by which weights move, from its text. Raises CompositeError."""
    return float(tables.number(text, "选项 --weights"))


def check_settings(draws: int, seed: int, share: float) -> None:
    """Raises CompositeError for what cannot be drawn."""
    if not 1 <= draws <= MOST_DRAWS:
        raise CompositeError(f"选项 draws：{draws} 应在 1 与 {MOST_DRAWS} 之间")
    if seed < 0:
        raise CompositeError(f"选项 seed：{seed} 应为零或正整数")
    if not 0 <= share <= 1:
        raise CompositeError(f"选项 weights：{share!r} 应在 0 与 1 之间，权重乘以 1 ± 该比例内的随机数")


def _drawn(surrogate: Surrogate, draws: int, seed: int, share: float) -> Iterator[tuple[NDArray[np.intp], Array, str]]:
    generator = np.random.Generator(np.random.PCG64(seed))
    factors = generator.uniform(1 - share, 1 + share, (draws, len(surrogate.codes)))
    picked = generator.integers(0, len(NORMALISATIONS), draws)
    for at, method in enumerate(NORMALISATIONS):
        rows = np.flatnonzero(picked == at)
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            yield block, factors[block] * surrogate.weights, method


def _summary(index: Index, units: Sequence[str], found: Array) -> list[Interval]:
    low, middle, high = np.percentile(found, (5, 50, 95), axis=0) if units else np.empty((3, 0))
    means = found.mean(axis=0)
    told = {
        unit: (float(middle[at]), float(low[at]), float(high[at]), float(means[at])) for at, unit in enumerate(units)
    }
    nothing = (None, None, None, None)
    return [Interval(unit, rank, *told.get(unit, nothing)) for unit, rank in zip(index.units, index.ranks, strict=True)]


def ranks(scores: Array) -> Array:
    """Ranks along each row of draws × units: 1 is the best, ties share the best rank, an unknown score is last."""
    known = np.where(np.isnan(scores), -np.inf, scores)
    order = np.argsort(-known, axis=1)
    ordered = np.take_along_axis(known, order, axis=1)
    finest = aggregate.RESOLUTION * np.max(np.abs(ordered), axis=1, initial=0.0, where=np.isfinite(ordered))
    lower = np.ones(ordered.shape, dtype=bool)
    with np.errstate(invalid="ignore"):  # two unknown scores: −∞ − −∞ is no step down
        lower[:, 1:] = ordered[:, :-1] - ordered[:, 1:] > finest[:, None]
    places = np.maximum.accumulate(np.where(lower, np.arange(1.0, ordered.shape[1] + 1), 0.0), axis=1)
    found = np.empty(scores.shape, dtype=np.float64)
    np.put_along_axis(found, order, places, axis=1)
    return found


def _climb(
    tree: Hierarchy, units: Sequence[str], scores: Array, means: Mapping[int, str], weights: Mapping[str, Array]
) -> Array:
    """Aggregate for many weightings at once: index scores of shape draws × units."""
    column = {node.code: at for at, node in enumerate(tree.indicators)}
    children = tree.children()
    shape = (len(next(iter(weights.values()))), len(units))
    found: dict[str, Array] = {}
    for parent in tree.aggregates:
        method = means[parent.level]
        total, shared = np.zeros(shape), np.zeros(shape)
        leaves = [child for child in children[parent.code] if child.level == 1]
        if leaves:
            values = scores[:, [column[leaf.code] for leaf in leaves]]
            matrix = np.stack([weights[leaf.code] for leaf in leaves], axis=1)
            for leaf, own in zip(leaves, values.T, strict=True):
                _check_positive(own[None, :], weights[leaf.code][:, None], (units, parent, leaf), method)
            total += matrix @ _moved(values, method).T
            shared += matrix @ (~np.isnan(values)).T.astype(np.float64)
        for child in (child for child in children[parent.code] if child.level > 1):
            score, weight = found.pop(child.code), weights[child.code][:, None]
            _check_positive(score, weight, (units, parent, child), method)
            total += weight * _moved(score, method)
            shared += weight * ~np.isnan(score)
        found[parent.code] = _back(total, shared, method)
    return found[tree.root.code]


def _moved(values: Array, method: str) -> Array:
    """What a mean adds up: x, ln x or 1 ÷ x; 0 for what is unknown or has no weight to be added with."""
    usable = ~np.isnan(values) if method == "arithmetic" else values > 0
    filled = np.where(usable, values, 1.0)
    if method == "geometric":
        filled = np.log(filled)
    elif method == "harmonic":
        filled = 1 / filled
    return np.where(usable, filled, 0.0)


def _back(total: Array, shared: Array, method: str) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        if method == "harmonic":
            return np.where(shared > 0, shared / total, np.nan)
        mean = np.where(shared > 0, total / shared, np.nan)
    return np.exp(mean) if method == "geometric" else mean


def _check_positive(scores: Array, weight: Array, place: tuple[Sequence[str], Node, Node], method: str) -> None:
    if method == "arithmetic" or not (weight > 0).any():
        return
    wrong = np.argwhere((scores <= 0) & (weight > 0))
    if len(wrong):
        units, parent, child = place
        draw, unit = (int(at) for at in wrong[0])
        value = float(scores[draw if len(scores) > 1 else 0, unit])
        raise CompositeError(aggregate.undefined(units[unit], parent.code, child.code, method, value))
