"""Normalisation, means, weights and ranks against numbers worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from policy.composite import aggregate, coherence, normalise, weights
from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy, Node

NAN = math.nan
NODE = Node("a", 1, "I", 1.0)


def scored(method: str, values: list[float], node: Node = NODE) -> list[float]:
    return [float(score) for score in normalise.normalise(node, method, np.array(values))]


def same(found: list[float], wanted: list[float]) -> bool:
    return found == pytest.approx(wanted, abs=1e-12, nan_ok=True)


def test_minmax_runs_from_0_to_100() -> None:
    """(x − 2) ÷ (10 − 2) · 100."""
    assert same(scored("minmax", [2, 4, NAN, 10]), [0, 25, NAN, 100])


def test_zscore_uses_ddof_1() -> None:
    """2, 4, 9: mean 5, squares 9 + 1 + 16 = 26, sd = √(26/2) = √13."""
    root = math.sqrt(13)
    assert same(scored("zscore", [2, 4, NAN, 9]), [-3 / root, -1 / root, NAN, 4 / root])


def test_rank_gives_ties_the_best_place() -> None:
    """9 > 7 = 7 > 3, n = 4: ranks 1, 2, 2, 4 → (4 − r)/3 · 100."""
    assert same(scored("rank", [7, 9, NAN, 7, 3]), [200 / 3, 100, NAN, 200 / 3, 0])


def test_percentile_counts_who_is_strictly_below() -> None:
    """Below: 9 → 3, 7 → 1, 3 → 0, of 3 others."""
    assert same(scored("percentile", [7, 9, NAN, 7, 3]), [100 / 3, 100, NAN, 100 / 3, 0])


def test_target_is_clipped_to_0_and_100() -> None:
    node = replace(NODE, target=40.0)
    assert same(scored("target", [10, 40, 80, -5, NAN], node), [25, 100, 100, 0, NAN])


def test_target_where_less_is_better_turns_the_ratio() -> None:
    """Directed values are negative; 5 ÷ 5, below it 100, 5 ÷ 10 = 50, 5 ÷ 20 = 25, zero and below 100."""
    node = replace(NODE, target=5.0, direction=-1)
    assert same(scored("target", [-5, -4, -10, -20, 0, 3, NAN], node), [100, 100, 50, 25, 100, 100, NAN])


def test_goalposts_clip_and_follow_the_direction() -> None:
    """(x − 10)/(30 − 10); less is better: worst 30, best 10, so 15 → (30 − 15)/20 = 75."""
    upward = replace(NODE, floor=10.0, target=30.0)
    assert same(scored("goalposts", [10, 15, 30, 31, 0, NAN], upward), [0, 25, 100, 100, 0, NAN])
    downward = replace(NODE, floor=30.0, target=10.0, direction=-1)
    assert same(scored("goalposts", [-10, -15, -30, -31, 0], downward), [100, 75, 0, 0, 100])


@pytest.mark.parametrize("method", ["minmax", "zscore"])
@pytest.mark.parametrize("values", [[3.0, 3, 3], [4.0], [NAN, NAN]], ids=str)
def test_normalise_without_spread_is_unknown(method: str, values: list[float]) -> None:
    assert all(math.isnan(score) for score in scored(method, values))


def test_rank_of_equal_values_and_of_one() -> None:
    """All share rank 1: (3 − 1)/(3 − 1) = 100; alone the formula is 0 ÷ 0, hence unknown."""
    assert scored("rank", [3, 3, 3]) == [100, 100, 100]
    assert scored("percentile", [3, 3, 3]) == [0, 0, 0]
    assert same(scored("rank", [3, NAN]), [NAN, NAN])


@pytest.mark.parametrize(
    ("node", "method", "word"),
    [
        (NODE, "target", "没有目标值"),
        (replace(NODE, target=0.0), "target", "不大于 0"),
        (replace(NODE, target=1.0), "goalposts", "floor（最差）和 target（最好）"),
        (replace(NODE, target=1.0, floor=1.0), "goalposts", "须小于"),
        (replace(NODE, target=9.0, floor=1.0, direction=-1), "goalposts", "须大于"),
    ],
)
def test_fixed_points_that_cannot_measure_are_refused(node: Node, method: str, word: str) -> None:
    with pytest.raises(CompositeError, match=word):
        normalise.method_of(node, method)


def test_means_by_hand() -> None:
    """Weights 1 and 3 of 16 and 81 — arithmetic (16 + 243)/4; geometric 16^¼·81^¾ = 2·27; harmonic 4/(1/16 + 3/81)."""
    assert aggregate.mean("arithmetic", [16, 81], [1, 3]) == 64.75
    assert aggregate.mean("geometric", [16, 81], [1, 3]) == pytest.approx(54, rel=1e-14)
    assert aggregate.mean("harmonic", [16, 81], [1, 3]) == pytest.approx(4 / (1 / 16 + 1 / 27), rel=1e-15)


def test_mean_shares_the_weight_of_what_is_missing() -> None:
    """Without the middle one weights 1 and 3 remain: (10 + 3·50)/4 = 40; a weight of 0 takes no part."""
    assert aggregate.mean("arithmetic", [10, NAN, 50], [1, 6, 3]) == 40
    assert aggregate.mean("geometric", [4, -1], [1, 0]) == pytest.approx(4)
    assert math.isnan(aggregate.mean("arithmetic", [NAN, 5], [1, 0]))


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
@pytest.mark.parametrize("value", [0.0, -1.0])
def test_mean_of_what_is_not_positive_is_refused(method: str, value: float) -> None:
    with pytest.raises(ValueError, match="not positive"):
        aggregate.mean(method, [1, value], [1, 1])


def test_ranks_share_the_best_place_and_skip_the_unknown() -> None:
    assert aggregate.ranks(np.array([5, 7, NAN, 5, 1])) == [2, 1, None, 2, 4]


def test_ranks_are_taken_unrounded() -> None:
    """A difference in the tenth digit ranks; one that only the arithmetic made (0.1 + 0.2) does not."""
    assert aggregate.ranks(np.array([50.0, 50.00000001])) == [2, 1]
    assert aggregate.ranks(np.array([0.3, 0.1 + 0.2])) == [1, 1]


CHILDREN = tuple(Node(code, 1, "I", weight) for code, weight in (("a", 1.0), ("b", 1.0), ("c", 2.0)))


def orthogonal() -> np.ndarray:
    """a and b are the same, c is uncorrelated with both: correlations [[1,1,0],[1,1,0],[0,0,1]]."""
    pattern = np.array([1.0, 1, -1, -1])
    return np.column_stack([pattern, pattern, [1.0, -1, 1, -1]])


def test_weights_equal_and_given() -> None:
    assert weights.given(CHILDREN, orthogonal()) == [1, 1, 2]
    assert weights.equal(CHILDREN, orthogonal()) == [1, 1, 1]


def test_weights_from_principal_components() -> None:
    """Eigenvalues 2, 1, 0: only the first is above 1, its squared loadings 1, 1, 0 → weights ½, ½, 0."""
    assert weights.principal(CHILDREN, orthogonal()) == pytest.approx([0.5, 0.5, 0], abs=1e-12)


def test_weights_from_principal_components_without_any_above_one_are_equal() -> None:
    scores = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    assert weights.principal(CHILDREN[:2], scores) == [0.5, 0.5]


def test_weights_optimised_make_unlike_spreads_matter_alike() -> None:
    """Two uncorrelated children, sd s and 4s: corr with w₁x₁ + w₂x₂ is wᵢsᵢ ÷ norm, equal for w = (0.8, 0.2)."""
    children = tuple(Node(code, 1, "I", 1.0) for code in "ab")
    scores = np.array([[1.0, 4], [1, -4], [-1, 4], [-1, -4]])
    assert weights.optimised(children, scores) == pytest.approx([0.8, 0.2], abs=1e-9)


def test_weights_optimised_reach_the_given_importance() -> None:
    """Given 1 and 3 with equal spreads, uncorrelated: importance ∝ w, hence ¼ and ¾."""
    children = (Node("a", 1, "I", 1.0), Node("b", 1, "I", 3.0))
    scores = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    assert weights.optimised(children, scores) == pytest.approx([0.25, 0.75], abs=1e-9)


def test_weights_optimised_keep_the_given_for_what_does_not_vary() -> None:
    scores = np.column_stack([[1.0, -1, 1, -1], [1.0, 1, -1, -1], [5.0] * 4])
    assert weights.optimised(CHILDREN, scores) == pytest.approx([0.25, 0.25, 0.5], abs=1e-9)


def test_effective_weights_multiply_down_the_tree() -> None:
    """P has ¾ of the index, a and b ⅓ and ⅔ of P, c all of Q: ¼, ½, ¼."""
    leaves = (Node("a", 1, "P", 1.0), Node("b", 1, "P", 2.0), Node("c", 1, "Q", 9.0))
    tree = Hierarchy(leaves, (Node("P", 2, "I", 3.0), Node("Q", 2, "I", 1.0), Node("I", 3, "", 1.0)))
    found = weights.effective(tree, {node.code: node.weight for node in tree.nodes})
    assert {code: found[code] for code in "abcPQI"} == pytest.approx(
        {"a": 0.25, "b": 0.5, "c": 0.25, "P": 0.75, "Q": 0.25, "I": 1}
    )


def test_pearson_and_spearman_by_hand() -> None:
    """x 1 2 3 4, y 1 3 2 10: means 2.5 and 4; Σdxdy = 4.5 + 0.5 − 1 + 9 = 13, Σdx² = 5, Σdy² = 50.

    Ranks 1 2 3 4 and 1 3 2 4: 1 − 6·2/(4·15) = 0.8. The unknown pair is left out.
    """
    x, y = np.array([1, 2, 3, 4, NAN]), np.array([1, 3, 2, 10, 7.0])
    assert coherence.pearson(x, y) == pytest.approx(13 / math.sqrt(250), rel=1e-14)
    assert coherence.spearman(x, y) == pytest.approx(0.8, rel=1e-14)
    assert coherence.midranks(np.array([5.0, 1, 5])).tolist() == [2.5, 1, 2.5]
    assert coherence.midranks(np.array([0.1 + 0.2, 1, 0.3])).tolist() == [1.5, 3, 1.5]
    assert math.isnan(coherence.pearson(x, np.full(5, 2.0)))


def test_cronbach_alpha_by_hand() -> None:
    """Items 1 2 3 and 2 2 5: variances 1 and 3, sums 3 4 8 with variance 7: 2·(1 − 4/7) = 6/7."""
    scores = np.array([[1, 2], [2, 2], [3, 5], [NAN, 9]])
    assert coherence.cronbach_alpha(scores) == pytest.approx(6 / 7, rel=1e-14)
    assert coherence.cronbach_alpha(np.column_stack([scores[:3, 0]] * 3)) == pytest.approx(1, rel=1e-14)
    assert math.isnan(coherence.cronbach_alpha(scores[:, :1]))
