"""Denominators, screening, imputation and outlier treatment against numbers worked out by hand."""

import math
from fractions import Fraction

import numpy as np
import pytest

from policy.composite import hierarchy, prepare, tables, treat
from policy.composite.errors import CompositeError

NAN = math.nan
META = b"code,level,parent,weight,direction,denominator\na,1,I,1,1,pop\nb,1,I,1,1,\nI,2,,1,1,\n"


def read(data: str, meta: bytes = META) -> tuple[tables.Table, hierarchy.Hierarchy]:
    tree = hierarchy.read(meta, "meta.csv")
    return tables.read(data.encode(), "data.csv", tree.columns), tree


def test_denominate_divides_exactly_and_unknown_stays_unknown() -> None:
    """x: 0.1 ÷ 0.3 = 1/3; y: 0.2 ÷ 0.6 = 1/3, the same number; z: no value; w: no denominator."""
    table, tree = read("unit,a,b,pop\nx,0.1,1,0.3\ny,0.2,2,0.6\nz,,3,5\nw,4,4,\n")

    assert prepare.denominate(table, tree)[:, 0].tolist()[:2] == [1 / 3, 1 / 3]
    assert np.isnan(prepare.denominate(table, tree)[:, 0]).tolist() == [False, False, True, True]
    assert prepare.denominate(table, tree)[:, 1].tolist() == [1, 2, 3, 4]


def test_denominate_by_zero_is_refused_unless_the_value_is_unknown() -> None:
    table, tree = read("unit,a,b,pop\nx,,1,0\n")
    assert math.isnan(prepare.denominate(table, tree)[0, 0])

    table, tree = read("unit,a,b,pop\nx,1,1,2\ny,1,1,0\n")
    with pytest.raises(CompositeError, match=r"y 的指标 a 要除以 pop，而它是 0"):
        prepare.denominate(table, tree)


def test_kept_counts_all_indicators_and_includes_the_threshold() -> None:
    """Of 3 indicators 2, 1 and 0 are known: 2/3 ≥ 2/3 stays exactly, 2/3 < 0.67 leaves."""
    values = np.array([[1, 2, NAN], [1, NAN, NAN], [NAN, NAN, NAN]])

    assert prepare.kept(values, Fraction(2, 3)) == [True, False, False]
    assert prepare.kept(values, Fraction(67, 100)) == [False, False, False]
    assert prepare.kept(values, Fraction(0)) == [True, True, True]


def test_kept_at_a_decimal_share_that_floats_would_miss() -> None:
    """29 of 50 known is exactly 0.58; as floats 0.58 · 50 is 28.999…, so that a product would err."""
    values = np.array([[1.0] * 29 + [NAN] * 21, [1.0] * 28 + [NAN] * 22])
    assert prepare.kept(values, Fraction(58, 100)) == [True, False]


def test_impute_indicator_mean_and_group_mean() -> None:
    """Column 1: known 1, 3, 8 → mean 4; group g has 1, 3 → 2; h has 8; k nothing, "" no group → 4.

    Column 2 is known to nobody and stays so.
    """
    values = np.array([[1, NAN], [3, NAN], [NAN, NAN], [8, NAN], [NAN, NAN], [NAN, NAN], [NAN, NAN]])
    groups = ["g", "g", "g", "h", "h", "k", ""]

    assert prepare.impute(values, groups, "indicator_mean")[:, 0].tolist() == [1, 3, 4, 8, 4, 4, 4]
    assert prepare.impute(values, groups, "group_mean")[:, 0].tolist() == [1, 3, 2, 8, 8, 4, 4]
    assert np.isnan(prepare.impute(values, groups, "group_mean")[:, 1]).all()
    assert np.isnan(prepare.impute(values, None, "none")).sum() == 11
    with pytest.raises(CompositeError, match="需要数据文件有 group 列"):
        prepare.impute(values, None, "group_mean")


def test_moments_of_a_small_sample() -> None:
    """1, 2, 3, 10: mean 4, deviations −3 −2 −1 6, m2 = 50/4, m3 = 180/4, m4 = 1394/4.

    G1 = √12/2 · 45/12.5^1.5; G2 = 3/(2·1) · (5·(348.5/156.25 − 3) + 6).
    """
    found = treat.moments(np.array([1.0, 2, NAN, 3, 10]))

    assert found == pytest.approx((math.sqrt(12) / 2 * 45 / 12.5**1.5, 1.5 * (5 * (348.5 / 156.25 - 3) + 6)), rel=1e-14)


@pytest.mark.parametrize("values", [[], [1.0, 2, 3], [5.0] * 9, [NAN] * 6], ids=str)
def test_moments_undefined_without_four_values_or_spread(values: list[float]) -> None:
    assert treat.moments(np.array(values)) is None
    assert treat.treat_one(np.array(values))[1].method == "none"


def test_winsorise_pulls_in_two_outliers() -> None:
    """0…9 twice is even; 100 and 60 beside it: 100 → 60 leaves two at 60, both then go to 9: two points in all."""
    values = np.array([*range(10), *range(10), 60, 100], dtype=float)
    pulled, points = treat.winsorise(values)

    assert pulled.tolist() == [*range(10), *range(10), 9, 9]
    assert points == 2
    assert treat.treat_one(values)[1].method == "winsorise"


def test_winsorise_on_the_low_side_mirrors_the_high_side() -> None:
    values = np.array([*range(10), *range(10), 60, 100, NAN], dtype=float)
    assert (-treat.winsorise(-values)[0]).tolist()[:-1] == treat.winsorise(values)[0].tolist()[:-1]


def test_winsorise_tied_extremes_move_together() -> None:
    """Two values of 100 take the next one, 9, in one step and count as two points."""
    pulled, points = treat.winsorise(np.array([*range(10), *range(10), *range(10), 100, 100], dtype=float))

    assert pulled.tolist() == [*range(10), *range(10), *range(10), 9, 9]
    assert points == 2


def test_winsorise_never_moves_a_sixth_point() -> None:
    """Six values far out and tied: moving them together would be six points, so none is moved; then log."""
    values = np.array([*(list(range(10)) * 10), *([1000] * 6)], dtype=float)
    pulled, points = treat.winsorise(values)
    assert treat.is_outlying(treat.moments(values))
    assert (pulled.tolist(), points) == (values.tolist(), 0)

    steps = np.array([*(list(range(10)) * 10), 1e3, 2e3, 3e3, 4e3, 5e3, 6e3, 7e3], dtype=float)
    pulled, points = treat.winsorise(steps)
    assert points == 5
    assert pulled.tolist()[-7:] == [1e3, 2e3, 2e3, 2e3, 2e3, 2e3, 2e3]


def test_treat_falls_back_to_the_logarithm_of_the_original_values() -> None:
    """min −1, max 99: log(x + 1 + 0.01·100) = log(x + 2); −1 → log 1 = 0, 99 → log 101."""
    values = np.array([*([-1.0] * 60), 9, 99, 90, 80, 70, 60, 50])
    treated, told = treat.treat_one(values)

    assert told.method == "log"
    assert treated[0] == 0
    assert treated[-6:].tolist() == pytest.approx([math.log(x + 2) for x in (99, 90, 80, 70, 60, 50)], rel=1e-15)
    kept, told = treat.treat_one(values, may_log=False)
    assert (told.method, kept.tolist()) == ("none", values.tolist())


@pytest.mark.parametrize("four", [[2, 2, 2, 6], [0.1, 0.7, 0.7, 0.7], [-3, 1e9, -3, -3]])
def test_treat_of_four_values_of_which_three_are_the_same(four: list[float]) -> None:
    """|G1| = √12/2 · 2/√3 is exactly 2 and G2 exactly 4 whatever the two values are: on the threshold."""
    found = treat.moments(np.array(four))

    assert found is not None
    assert (abs(found[0]), found[1]) == (2, 4)
    assert treat.treat_one(np.array(four))[1].method == "winsorise"


def test_treat_leaves_what_does_not_stand_out() -> None:
    values = np.column_stack([np.arange(20.0), np.arange(20.0) ** 2])
    treated, told = treat.treat(values, "winsorise", [True, True])

    assert [one.method for one in told] == ["none", "none"]
    assert treated.tolist() == values.tolist()
