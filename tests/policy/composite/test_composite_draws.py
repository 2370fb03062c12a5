"""Rank intervals, variance-based sensitivity and leaving one out."""

import math

import numpy as np
import pytest

from policy.composite import draws, hierarchy, pipeline, sensitivity, tables
from policy.composite.errors import CompositeError
from policy.composite.pipeline import Index, Options

META = "code,level,parent,weight,direction\na,1,P,1,1\nb,1,P,2,1\nc,1,I,1,1\nP,2,I,3,1\nI,3,,,\n"


def build(data: str, meta: str = META, options: Options | None = None) -> Index:
    tree = hierarchy.read(meta.encode(), "meta.csv")
    return pipeline.build(tables.read(data.encode(), "data.csv", tree.columns), tree, options)


def random_data(missing: bool) -> str:
    generator = np.random.default_rng(7)
    lines = []
    for at in range(12):
        row = [repr(float(value)) for value in generator.normal(size=3)]
        if missing and at % 3:
            row[at % 2] = ""
        lines.append(f"u{at}," + ",".join(row))
    return "unit,a,b,c\n" + "\n".join(lines) + "\n"


def test_intervals_of_a_unit_that_dominates_have_no_width() -> None:
    """x is best and z worst in everything: no weight and no scale can move them."""
    found = draws.intervals(build("unit,a,b,c\nz,1,1,1\nx,3,3,3\ny,2,2,2\nv,,,1\n"), 200, 1)

    assert [(one.unit, one.rank, one.median, one.p05, one.p95, one.mean) for one in found] == [
        ("z", 3, 3, 3, 3, 3),
        ("x", 1, 1, 1, 1, 1),
        ("y", 2, 2, 2, 2, 2),
        ("v", None, None, None, None, None),
    ]


def test_intervals_of_two_units_whose_order_hangs_on_the_weights() -> None:
    """x leads in a, y in b, both wholly: x wins when wₐ > w_b. Both have mean 1, so in half of the draws."""
    meta = "code,level,parent,weight,direction\na,1,I,1,1\nb,1,I,1,1\nI,2,,,\n"
    found = draws.intervals(build("unit,a,b\nx,1,0\ny,0,1\n", meta), 4000, 3)

    assert [one.rank for one in found] == [1, 1]
    assert [(one.p05, one.p95) for one in found] == [(1, 2), (1, 2)]
    assert found[0].mean == pytest.approx(1.5, abs=4 * 0.5 / math.sqrt(4000))  # four standard errors
    assert found[0].mean + found[1].mean == pytest.approx(3, abs=1e-12)


def test_intervals_repeat_with_the_seed_and_differ_without() -> None:
    index = build(random_data(missing=True))

    assert draws.intervals(index, 300, 5) == draws.intervals(index, 300, 5)
    assert draws.intervals(index, 300, 5) != draws.intervals(index, 300, 6)


def test_intervals_without_any_change_of_weights_follow_the_normalisation_alone() -> None:
    """Share 0: each draw is one of the three indices, so every draw's rank is one of their ranks."""
    index = build(random_data(missing=False))
    each = [build(random_data(missing=False), META, Options(normalise=method)).ranks for method in draws.NORMALISATIONS]

    for at, one in enumerate(draws.intervals(index, 400, 2, 0.0)):
        assert (one.p05, one.p95) == (min(ranks[at] for ranks in each), max(ranks[at] for ranks in each))


def test_intervals_do_not_depend_on_the_order_of_rows() -> None:
    lines, leaves = random_data(missing=True).splitlines(), META.splitlines()
    turned = "\n".join([lines[0], *reversed(lines[1:])]) + "\n"
    meta = "\n".join([leaves[0], *reversed(leaves[1:])]) + "\n"
    first = draws.intervals(build(random_data(missing=True)), 500, 1)
    second = draws.intervals(build(turned, meta), 500, 1)

    assert {one.unit: one for one in first} == {one.unit: one for one in second}


@pytest.mark.parametrize("missing", [False, True])
@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic"])
def test_many_weightings_at_once_rank_as_each_one_alone(missing: bool, aggregate: str) -> None:
    """The vectorised index against the scalar one, weights drawn; goalposts keep every score positive."""
    head = "code,level,parent,weight,direction,normalise,floor,target\n"
    tail = ",1,goalposts,-9,9\n"
    generator = np.random.default_rng(11)
    options = Options(aggregate=aggregate)

    def meta(weights: np.ndarray) -> str:
        a, b, c, p = (repr(float(weight)) for weight in weights)
        return f"{head}a,1,P,{a}{tail}b,1,P,{b}{tail}c,1,I,{c}{tail}P,2,I,{p},1,,,\nI,3,,,,,,\n"

    drawn = generator.uniform(0.1, 5, (20, 4))
    surrogate = draws.Surrogate(build(random_data(missing), meta(np.ones(4)), options))
    assert surrogate.codes == ("P", "a", "b", "c")
    together = surrogate.ranks(drawn[:, [3, 0, 1, 2]], "minmax")

    alone = [build(random_data(missing), meta(weights), options).ranks for weights in drawn]
    assert together.tolist() == [list(ranks) for ranks in alone]


def test_ranks_of_many_rows_share_ties_and_put_the_unknown_last() -> None:
    scores = np.array([[5, 7, 5, 1], [1, np.nan, 0.1 + 0.2, 0.3], [np.nan, np.nan, 2, 3]])
    assert draws.ranks(scores).tolist() == [[2, 1, 2, 4], [1, 4, 2, 2], [3, 3, 2, 1]]


@pytest.mark.parametrize(
    ("count", "seed", "share"), [(0, 1, 0.2), (10, -1, 0.2), (10, 1, -0.1), (10, 1, 1.1), (10**9, 1, 0.2)]
)
def test_intervals_of_unusable_settings_are_refused(count: int, seed: int, share: float) -> None:
    with pytest.raises(CompositeError, match="选项"):
        draws.intervals(build("unit,a,b,c\nx,1,1,1\ny,2,2,2\n"), count, seed, share)


def test_intervals_of_a_geometric_index_name_what_cannot_be_drawn() -> None:
    """z-scores are negative below the mean: the geometric mean of them does not exist."""
    head = "code,level,parent,weight,direction\n"
    index = build("unit,a,b\nx,1,1\ny,2,3\n", head + "a,1,I,1,1\nb,1,I,1,1\nI,2,,,\n", Options(normalise="minmax"))
    geometric = pipeline.Options(aggregate="geometric")
    with pytest.raises(CompositeError, match="geometric"):
        draws.intervals(_with(index, geometric), 10, 1)


def _with(index: Index, options: Options) -> Index:
    return Index(**{**{name: getattr(index, name) for name in index.__dataclass_fields__}, "options": options})


def test_sensitivity_indices_of_an_additive_model() -> None:
    """f = 1·u₁ + 2·u₂ + 3·u₃: variances ∝ 1, 4, 9, so S = T = 1/14, 4/14, 9/14."""
    firsts, totals = sensitivity.indices(lambda sample: sample @ np.array([1.0, 2, 3]), 3, 8192, 1)

    assert firsts == pytest.approx([1 / 14, 4 / 14, 9 / 14], abs=0.03)
    assert totals == pytest.approx([1 / 14, 4 / 14, 9 / 14], abs=0.03)


def test_sensitivity_indices_of_the_ishigami_function() -> None:
    """sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on ±π: V = ½ + 7²/8 + 0.1π⁴/5 + 0.01π⁸/18.

    V₁ = ½(1 + 0.1π⁴/5)², V₂ = 49/8, V₁₃ = 0.01π⁸(1/18 − 1/50): x₃ acts only together with x₁.
    """

    def model(sample: np.ndarray) -> np.ndarray:
        x = (2 * sample - 1) * np.pi
        return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    first, second = 0.5 * (1 + 0.1 * math.pi**4 / 5) ** 2, 49 / 8
    joint = 0.01 * math.pi**8 * (1 / 18 - 1 / 50)
    whole = first + second + joint
    firsts, totals = sensitivity.indices(model, 3, 16384, 1)

    assert firsts == pytest.approx([first / whole, second / whole, 0], abs=0.03)
    assert totals == pytest.approx([(first + joint) / whole, second / whole, joint / whole], abs=0.03)


def test_sensitivity_indices_of_a_constant_are_unknown() -> None:
    firsts, totals = sensitivity.indices(lambda sample: np.ones(len(sample)), 2, 8, 1)
    assert np.isnan([*firsts, *totals]).all()


def test_rank_effects_name_each_free_weight_and_the_normalisation() -> None:
    """An only child's weight moves nothing and is not asked; order hangs on a against b, never on P and c."""
    meta = "code,level,parent,weight,direction\na,1,P,1.1,1\nb,1,P,1,1\nP,2,I,3,1\nI,3,,,\n"
    found = sensitivity.rank_effects(build("unit,a,b\nx,1,0\ny,0,1\n", meta), 256, 1)

    assert [effect.factor for effect in found] == ["a", "b", "normalise"]
    assert found[2].total == 0  # of two units the one that leads in the heavier indicator leads on every scale
    assert min(found[0].total, found[1].total) > 0.1


def test_leave_one_out_of_a_part_that_decides() -> None:
    """P = (a + 2b)/3, I = (3P + c)/4. x leads in a, y in b, z in c.

    Scores (100 for the leader, others 0): x 25, y 50, z 25. Without b: P = a, so x 75, z 25, y 0;
    without P: only c, so z 100 and the others share rank 2.
    """
    found = {left.code: left for left in sensitivity.leave_one_out(build("unit,a,b,c\nx,1,0,0\ny,0,1,0\nz,0,0,1\n"))}

    assert build("unit,a,b,c\nx,1,0,0\ny,0,1,0\nz,0,0,1\n").ranks == (2, 1, 2)
    assert found["b"].ranks == (1, 3, 2)
    assert found["b"].shift == 1
    assert found["P"].ranks == (2, 2, 1)
    assert found["P"].shift == pytest.approx(2 / 3)


def test_leave_one_out_of_a_part_without_which_no_geometric_mean_is_left() -> None:
    """a and b make up for each other: P is 50 for both, with √(P·c) above. Without b, x has P = 0: no ranks."""
    header = "code,level,parent,weight,direction,normalise,floor,target\n"
    meta = "a,1,P,1,1,,,\nb,1,P,1,1,,,\nc,1,I,1,1,goalposts,0,2\nP,2,I,1,1,,,\nI,3,,,,,,\n"
    index = build("unit,a,b,c\nx,1,2,1\ny,2,1,2\n", header + meta, Options(levels={3: "geometric"}))
    found = {left.code: left for left in sensitivity.leave_one_out(index)}

    assert index.ranks == (2, 1)
    assert found["b"].ranks == (None, None)
    assert math.isnan(found["b"].shift)
    assert (found["c"].ranks, found["P"].ranks) == ((1, 1), (2, 1))
