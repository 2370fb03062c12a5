"""Rank intervals by Monte-Carlo (蒙特卡罗排名区间): weights and normalisation drawn, the index built anew each time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policy.composite import aggregate, pipeline, tables
from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy, Node
from policy.composite.pipeline import Index

NORMALISATIONS = ("minmax", "zscore", "rank")
SHARE = 0.2
_BLOCK = 4000  # draws in one matrix product: each one may start threads and wait for them
_AT_ONCE = 500  # draws whose ranks fit into the processor's cache
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
            method: (index.normalised if method == index.options.normalise else _normalised(index, method))[scored]
            for method in NORMALISATIONS
        }
        linear = set(self.means.values()) == {"arithmetic"}
        self.alike = {
            method: _commonest(values) if linear else np.zeros(len(values), dtype=bool)
            for method, values in self.normalised.items()
        }
        # sorted, so that the order of the rows in the meta file does not matter
        self.codes = tuple(sorted(node.code for node in index.tree.nodes if node is not index.tree.root))
        self.weights = np.array([index.weights[code] for code in self.codes], dtype=np.float64)
        self.shares = {
            method: _Shares(self.tree, ~np.isnan(values[np.argmax(self.alike[method])]), self.codes, self.weights)
            for method, values in self.normalised.items()
            if self.alike[method].any()
        }

    def ranks(self, weights: Array, method: str) -> NDArray[np.int32]:
        """Ranks, shape draws × units, under weights of shape draws × codes and one normalisation."""
        values, alike = self.normalised[method], self.alike[method]
        turned = np.ascontiguousarray(weights.T)
        given = dict(zip(self.codes, turned, strict=True))
        if not alike.any():
            return ranks(_climb(self.tree, self.units, values, self.means, given))
        shares = self.shares[method]
        linear = shares.of(turned).T @ values[np.ix_(alike, shares.used)].T
        if alike.all():
            return ranks(linear)
        scores = np.empty((len(weights), len(self.units)))
        scores[:, alike] = linear
        units = [unit for unit, is_alike in zip(self.units, alike, strict=True) if not is_alike]
        scores[:, ~alike] = _climb(self.tree, units, values[~alike], self.means, given)
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
    found = np.empty((len(surrogate.units), draws), dtype=np.int16 if len(surrogate.units) < 2**15 else np.int32)
    done = 0
    for weights, method in _drawn(surrogate, draws, seed, share):
        found[:, done : done + len(weights)] = surrogate.ranks(weights, method).T
        done += len(weights)
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


def _drawn(surrogate: Surrogate, draws: int, seed: int, share: float) -> Iterator[tuple[Array, str]]:
    """Weights, draws × codes, and the normalisation that they go with, in blocks; not in the order of the draws."""
    generator = np.random.Generator(np.random.PCG64(seed))
    factors = generator.uniform(1 - share, 1 + share, (draws, len(surrogate.codes)))
    picked = generator.integers(0, len(NORMALISATIONS), draws)
    for at, method in enumerate(NORMALISATIONS):
        rows = np.flatnonzero(picked == at)
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            yield factors[block] * surrogate.weights, method


def _summary(index: Index, units: Sequence[str], found: NDArray[np.signedinteger[Any]]) -> list[Interval]:
    """`found` has shape units × draws, and is sorted here."""
    found.sort(axis=1)
    middle, low, high = (_quantile(found, percent) for percent in (50, 5, 95))
    means = found.mean(axis=1)
    told = {
        unit: (float(middle[at]), float(low[at]), float(high[at]), float(means[at])) for at, unit in enumerate(units)
    }
    nothing = (None, None, None, None)
    return [Interval(unit, rank, *told.get(unit, nothing)) for unit, rank in zip(index.units, index.ranks, strict=True)]


def _quantile(ordered: NDArray[np.signedinteger[Any]], percent: int) -> Array:
    """The percentile of each sorted row, linear between the two nearest draws (Hyndman and Fan's type 7)."""
    below, part = divmod(percent * (ordered.shape[1] - 1), 100)
    above = min(below + 1, ordered.shape[1] - 1)
    first = ordered[:, below].astype(np.float64)
    return np.asarray(first + (ordered[:, above] - first) * (part / 100), dtype=np.float64)


def ranks(scores: Array) -> NDArray[np.int32]:
    """Ranks along each row of draws × units: 1 is the best, ties share the best rank, an unknown score is last."""
    found = np.empty(scores.shape, dtype=np.int32)
    for start in range(0, len(scores) if scores.shape[1] else 0, _AT_ONCE):
        _rank(scores[start : start + _AT_ONCE], found[start : start + _AT_ONCE])
    return found


def _rank(scores: Array, found: NDArray[np.int32]) -> None:
    """Write the ranks of some draws."""
    low = -scores
    order = np.argsort(low, axis=1)
    order += (np.arange(len(scores)) * scores.shape[1])[:, None]
    ordered = low.ravel()[order]
    ends = np.abs(ordered[:, [0, -1]])
    if np.isnan(ends).any():  # the unknown are sorted last
        ends = np.nan_to_num(np.abs(ordered), nan=0.0)
        ordered = np.nan_to_num(ordered, nan=np.inf)
    with np.errstate(invalid="ignore"):  # two unknown scores: ∞ − ∞ is no step down
        lower = np.diff(ordered, axis=1) > aggregate.RESOLUTION * np.maximum(ends.max(axis=1, keepdims=True), 1.0)
    places = np.broadcast_to(np.arange(1, scores.shape[1] + 1, dtype=np.int32), scores.shape)
    if not lower.all():
        first = np.pad(lower, ((0, 0), (1, 0)), constant_values=True)
        places = np.maximum.accumulate(np.where(first, places, np.int32(0)), axis=1)
    found.reshape(-1)[order] = places


def _normalised(index: Index, method: str) -> Array:
    """The kept units under another normalisation; an indicator with one of its own keeps it."""
    methods = {node.code: node.normalise or method for node in index.tree.indicators}
    return pipeline.normalised_by(index.tree, methods, index.directed)


def _commonest(values: Array) -> NDArray[np.bool_]:
    """The units that know the same indicators as most units do: one matrix product serves them all."""
    if not np.isnan(values).any():
        return np.ones(len(values), dtype=bool)
    _, which, counts = np.unique(np.isnan(values), axis=0, return_inverse=True, return_counts=True)
    return np.asarray(which.ravel() == np.argmax(counts), dtype=bool)


class _Shares:
    """The share of the index that each used indicator carries, where every mean is arithmetic.

    `known` tells of each indicator whether it has a score, `weights` (of `codes`) which parts count at all; `used`
    are the columns of the indicators that do.
    """

    def __init__(self, tree: Hierarchy, known: NDArray[np.bool_], codes: Sequence[str], weights: Array) -> None:
        place = {code: at for at, code in enumerate(codes)} | {tree.root.code: len(codes)}
        weight = dict(zip(codes, weights, strict=True))
        counted = _counted(tree, known, weight)
        parents = [parent for parent in reversed(tree.aggregates) if counted[parent.code]]
        self.steps: list[tuple[NDArray[np.intp], int]] = []
        reached = {tree.root.code}
        for parent in parents:
            if parent.code in reached:
                below = [child.code for child in counted[parent.code]]
                reached.update(below)
                self.steps.append((np.array([place[code] for code in below], dtype=np.intp), place[parent.code]))
        self.used = np.array([at for at, node in enumerate(tree.indicators) if node.code in reached], dtype=np.intp)
        self.leaves = np.array([place[tree.indicators[at].code] for at in self.used], dtype=np.intp)

    def of(self, weights: Array) -> Array:
        """Shares, used indicators × draws, under weights, codes × draws."""
        carried = np.ones((len(weights) + 1, weights.shape[1]))
        for below, parent in self.steps:
            part = weights[below]
            carried[below] = part * (carried[parent] / part.sum(axis=0))
        return carried[self.leaves]


def _counted(tree: Hierarchy, known: NDArray[np.bool_], weight: Mapping[str, float]) -> dict[str, list[Node]]:
    """The children of each aggregate that have a score and a weight."""
    children = tree.children()
    has = {node.code: bool(known[at]) for at, node in enumerate(tree.indicators)}
    counted: dict[str, list[Node]] = {}
    for parent in tree.aggregates:
        counted[parent.code] = [child for child in children[parent.code] if has[child.code] and weight[child.code]]
        has[parent.code] = bool(counted[parent.code])
    return counted


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
