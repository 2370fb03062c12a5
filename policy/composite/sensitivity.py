"""Sensitivity (灵敏度): which assumption moves the ranks, by variance-based indices and by leaving one out."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policy.composite import aggregate
from policy.composite.draws import NORMALISATIONS, SHARE, Surrogate, check_settings
from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy, Node
from policy.composite.pipeline import Index

NORMALISATION = "normalise"
_BLOCK = 1000

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """Share of the output's variance: by the factor alone (`first`), with all its interactions (`total`)."""

    factor: str
    first: float
    total: float


@dataclass(frozen=True)
class Left:
    """What leaving out one part does: the new ranks in the order of the units, and the mean |change|."""

    code: str
    ranks: tuple[int | None, ...]
    shift: float


def indices(model: Callable[[Array], Array], factors: int, base: int, seed: int) -> tuple[Array, Array]:
    """First-order and total indices of a model over the unit cube; `model` maps samples × factors to samples.

    Saltelli (2010): S = mean(f(B)·(f(A_B) − f(A))) ÷ V. Jansen: T = mean((f(A) − f(A_B))²) ÷ 2V, where A_B is A
    with one column of B; f is centred first, which leaves both unchanged and their error smaller.
    Costs base·(factors + 2) runs. NaN when the output does not vary.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    first_sample = generator.random((base, factors))
    second_sample = generator.random((base, factors))
    at_first, at_second = model(first_sample), model(second_sample)
    both = np.concatenate((at_first, at_second))
    variance = float(np.var(both))
    firsts, totals = np.full(factors, math.nan), np.full(factors, math.nan)
    if variance == 0:
        return firsts, totals
    centre = float(both.mean())
    for factor in range(factors):
        mixed = first_sample.copy()
        mixed[:, factor] = second_sample[:, factor]
        change = model(mixed) - at_first
        firsts[factor] = float(np.mean((at_second - centre) * change)) / variance
        totals[factor] = float(np.mean(change**2)) / (2 * variance)
    return firsts, totals


def rank_effects(index: Index, base: int, seed: int, share: float = SHARE) -> list[Effect]:
    """What moves the ranking: each weight (× uniform 1 ± share) and the choice of the normalisation.

    The output is the mean absolute change of rank against the index itself over all units, the R̄S of the
    handbook. Weights of only children move nothing and are left out. Raises CompositeError.
    """
    check_settings(base, seed, share)
    surrogate = Surrogate(index)
    place = dict(zip(index.units, index.ranks, strict=True))
    nominal = np.array([place[unit] for unit in surrogate.units], dtype=np.float64)
    siblings = [len(below) for below in _siblings(index.tree, surrogate.codes)]
    free = [at for at, count in enumerate(siblings) if count > 1]

    def model(sample: Array) -> Array:
        factors = np.ones((len(sample), len(surrogate.codes)))
        factors[:, free] = 1 - share + 2 * share * sample[:, :-1]
        picked = np.minimum((sample[:, -1] * len(NORMALISATIONS)).astype(int), len(NORMALISATIONS) - 1)
        return _shifts(surrogate, nominal, factors * surrogate.weights, picked)

    names = [*(surrogate.codes[at] for at in free), NORMALISATION]
    firsts, totals = indices(model, len(names), base, seed)
    return [Effect(name, float(firsts[at]), float(totals[at])) for at, name in enumerate(names)]


def _shifts(surrogate: Surrogate, nominal: Array, weights: Array, picked: NDArray[np.int_]) -> Array:
    found = np.zeros(len(weights))
    if not surrogate.units:
        return found
    for at, method in enumerate(NORMALISATIONS):
        rows = np.flatnonzero(picked == at)
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            found[block] = np.abs(surrogate.ranks(weights[block], method) - nominal).mean(axis=1)
    return found


def _siblings(tree: Hierarchy, codes: Sequence[str]) -> list[tuple[Node, ...]]:
    children = tree.children()
    parents = {node.code: node.parent for node in tree.nodes}
    return [children[parents[code]] for code in codes]


def leave_one_out(index: Index) -> list[Left]:
    """Take away each indicator and each aggregate below the top in turn, its weight shared by its siblings.

    The units that were kept stay, and the normalised scores too: only what is added up changes. The part
    is scored as unknown, so an only child takes its parent with it. Where what is left cannot be averaged
    (a geometric or harmonic mean of a score ≤ 0), there are no ranks without the part.
    """
    return [_left(index, node) for node in index.tree.nodes if node is not index.tree.root]


def _left(index: Index, part: Node) -> Left:
    """Only the aggregates above the part change."""
    scores = dict(index.scores)
    scores[part.code] = np.full(len(index.units), math.nan)
    above = {parent.code: parent for parent in index.tree.aggregates}
    children, means = index.tree.children(), index.options.methods(index.tree)
    node = part
    while node.parent:
        node = above[node.parent]
        below = children[node.code]
        given = np.column_stack([scores[child.code] for child in below])
        used = [index.weights[child.code] for child in below]
        try:
            scores[node.code] = aggregate.combine(node, below, index.units, given, used, means[node.level])
        except CompositeError:
            return Left(part.code, (None,) * len(index.units), math.nan)
    ranks = aggregate.ranks(scores[index.tree.root.code])
    changes = [abs(new - old) for new, old in zip(ranks, index.ranks, strict=True) if new and old]
    return Left(part.code, tuple(ranks), math.fsum(changes) / len(changes) if changes else math.nan)
