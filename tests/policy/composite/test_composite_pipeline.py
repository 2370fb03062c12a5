"""A whole index worked out by hand, stage by stage, and what must not change it."""

import dataclasses
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.composite import hierarchy, panel, pipeline, records, tables
from policy.composite.errors import CompositeError
from policy.composite.pipeline import Index, Options

META = """code,level,parent,weight,direction,denominator,normalise,target,floor
a,1,P,1,1,pop,,,
b,1,P,3,-1,,,,
c,1,Q,1,1,,target,40,
d,1,Q,1,1,,,,
P,2,I,2,1,,,,
Q,2,I,1,1,,,,
I,3,,1,1,,,,
"""
DATA = """unit,group,a,b,c,d,pop
x,g,2,10,10,,2
y,g,6,30,40,5,3
z,h,10,20,,9,2
w,h,,,,7,1
"""


def build(data: str = DATA, meta: str = META, **options: object) -> Index:
    tree = hierarchy.read(meta.encode(), "meta.csv")
    table = tables.read(data.encode(), "data.csv", tree.columns)
    return pipeline.build(table, tree, Options(**options))  # type: ignore[arg-type]


def stage(index: Index, name: str) -> list[tuple[object, ...]]:
    found = next(stage for stage in index.stages if stage.name == name)
    return [
        (unit, *(None if isinstance(cell, float) and math.isnan(cell) else cell for cell in row))
        for unit, row in zip(found.units, found.rows, strict=True)
    ]


def test_index_by_hand_stage_by_stage() -> None:
    """a ÷ pop: x 1, y 2, z 5. w knows 1 of 4 and leaves; z knows 3 of 4 and stays.

    Group means: x lacks d, its group g has y's 5; z lacks c, its group h has nobody else left, so the
    mean of 10 and 40 = 25. b turned. Min–max: a 0, 25, 100; b of −10, −30, −20: 100, 0, 50;
    c to the target 40: 25, 100, 62.5; d of 5, 5, 9: 0, 0, 100.
    P = (a + 3b)/4: 75, 6.25, 62.5; Q = (c + d)/2: 12.5, 50, 81.25.
    I = (2P + Q)/3: x 162.5/3, y 62.5/3, z 206.25/3 → z, x, y.
    """
    index = build(impute="group_mean")

    assert stage(index, "denominate")[:3] == [("x", 1, 10, 10, None), ("y", 2, 30, 40, 5), ("z", 5, 20, None, 9)]
    assert [row[0] for row in stage(index, "screen")] == ["x", "y", "z"]
    assert stage(index, "impute") == [("x", 1, 10, 10, 5), ("y", 2, 30, 40, 5), ("z", 5, 20, 25, 9)]
    assert stage(index, "treat") == stage(index, "impute")
    assert stage(index, "direction")[0] == ("x", 1, -10, 10, 5)
    assert stage(index, "normalise") == [("x", 0, 100, 25, 0), ("y", 25, 0, 100, 0), ("z", 100, 50, 62.5, 100)]
    assert [row[:3] for row in stage(index, "aggregate")] == [("x", 75, 12.5), ("y", 6.25, 50), ("z", 62.5, 81.25)]
    assert index.scores["I"].tolist()[:3] == pytest.approx([162.5 / 3, 62.5 / 3, 206.25 / 3], abs=1e-12)
    assert index.ranks == (2, 3, 1, None)
    assert stage(index, "rank")[3] == ("w", None, None, None, None)


def test_index_without_imputation_shares_the_weight() -> None:
    """x has no d: Q is its c, 25; z has no c: Q is its d, 100."""
    index = build()
    assert index.scores["Q"].tolist()[:3] == [25, 50, 100]


def test_index_output_names_aggregates_and_leaves_the_unranked_empty() -> None:
    assert build().text.splitlines()[0] == "unit,P,Q,I,rank"
    assert build().text.splitlines()[-1] == "w,,,,"


def test_index_of_levels_that_mix_and_means_per_level() -> None:
    """A leaf beside an aggregate right below the top: geometric at the top, arithmetic below.

    Rank scores of 1, 2, 3: 0, 50, 100. For 3 rows: P = mean(a, b), top √(P·c); a goalpost below all
    keeps c positive: (x − 0)/4: 25, 50, 75.
    """
    meta = (
        "code,level,parent,weight,direction,normalise,target,floor\n"
        "a,1,P,1,1,goalposts,4,0\nb,1,P,1,1,goalposts,4,0\nc,1,I,1,1,goalposts,4,0\nP,2,I,1,1,,,\nI,5,,,,,,\n"
    )
    index = build("unit,a,b,c\nx,1,3,1\ny,2,2,2\nz,3,3,3\n", meta, levels={5: "geometric"})

    assert index.scores["I"].tolist() == pytest.approx([math.sqrt(50 * 25), 50, 75], rel=1e-14)


def test_index_of_a_geometric_mean_of_zero_names_unit_parent_and_child() -> None:
    with pytest.raises(CompositeError, match=r"x 的 P 无法按 geometric 合成：下级 a 的得分为 0.0"):
        build(aggregate="geometric")


def test_index_of_one_unit_and_of_nothing_known() -> None:
    """Alone nothing compares, so there is no score and no rank, and neither is zero."""
    meta = "code,level,parent,weight,direction\na,1,I,1,1\nI,2,,,\n"
    assert build("unit,a\nx,5\n", meta).text == "unit,I,rank\nx,,\n"
    assert build("unit,a\nx,\ny,\n", meta).text == "unit,I,rank\nx,,\ny,,\n"


def test_index_ignores_an_indicator_that_nobody_knows_but_counts_it_for_screening() -> None:
    meta = "code,level,parent,weight,direction\na,1,I,1,1\nb,1,I,1,1\nI,2,,,\n"
    assert build("unit,a,b\nx,1,\ny,3,\n", meta, available=Fraction(1, 2)).ranks == (2, 1)
    assert build("unit,a,b\nx,1,\ny,3,\n", meta).ranks == (None, None)


def test_stages_chain_by_digest_and_replay(tmp_path: Path) -> None:
    index = build(treat="winsorise")
    assert [stage.source for stage in index.stages[1:]] == [stage.digest for stage in index.stages[:-1]]

    records.write(index, DATA.encode(), META.encode(), tmp_path)
    assert records.replay(tmp_path) == []
    stored = tmp_path / "6-normalise.csv"
    stored.write_text(stored.read_text("utf-8").replace("25.0", "26.0"), "utf-8")
    assert records.replay(tmp_path) == ["6-normalise.csv：文件与记录的摘要不符"]
    (tmp_path / "data.csv").write_text(DATA.replace("x,g,2,", "x,g,3,"), "utf-8")
    assert "1-denominate.csv：重算的结果与记录不符" in records.replay(tmp_path)
    (tmp_path / "stages.json").write_text("{}", "utf-8")
    with pytest.raises(CompositeError, match="不是一次完整的计算记录"):
        records.replay(tmp_path)


def test_analyses_of_a_built_index() -> None:
    """Effective weights ⅔·¼, ⅔·¾, ⅓·½, ⅓·½; without Q the order is that of P: x, z, y; w is unranked."""
    found = records.analyses(build(impute="group_mean"))

    effective = [float(line.split(",")[3]) for line in found["effective-weights.csv"].splitlines()[1:5]]
    assert effective == pytest.approx([1 / 6, 1 / 2, 1 / 6, 1 / 6])
    assert "\nQ,0.6666666666666666,1,3,2,\n" in found["leave-one-out.csv"]
    assert found["correlations.csv"].splitlines()[1].startswith("a,P,")
    assert found["consistency.csv"].splitlines()[0] == "code,items,alpha"


PANEL_META = "code,level,parent,weight,direction\na,1,I,1,1\nb,1,I,1,-1\nI,2,,,\n"


def periods() -> tuple[dict[str, tables.Table], hierarchy.Hierarchy]:
    tree = hierarchy.read(PANEL_META.encode(), "meta.csv")
    texts = {"2013": "unit,a,b\nx,0,10\ny,10,20\n", "2014": "unit,a,b\nx,5,10\ny,20,30\n"}
    return {year: tables.read(text.encode(), year, tree.columns) for year, text in texts.items()}, tree


def test_panel_on_the_goalposts_of_the_base_period() -> None:
    """Posts of 2013: a 0…10, b 20 (worst)…10. 2014: x (50 + 100)/2 = 75; y beyond both: (100 + 0)/2 = 50."""
    given_tables, tree = periods()
    found = panel.build(given_tables, tree, Options(), base="2013")

    assert found.posts == {"a": (0, 10), "b": (20, 10)}
    assert found.periods["2013"].scores["I"].tolist() == [50, 50]
    assert found.periods["2014"].scores["I"].tolist() == [75, 50]
    assert found.periods["2014"].ranks == (1, 2)


def test_panel_on_the_range_of_all_periods() -> None:
    """a 0…20, b 30…10: 2013 x (0 + 100)/2, y (50 + 50)/2; 2014 x (25 + 100)/2, y (100 + 0)/2."""
    given_tables, tree = periods()
    found = panel.build(given_tables, tree, Options())

    assert {year: index.scores["I"].tolist() for year, index in found.periods.items()} == {
        "2013": [50, 50],
        "2014": [62.5, 50],
    }


@pytest.mark.parametrize(
    ("options", "base", "word"),
    [
        (Options(), "2012", "没有基期"),
        (Options(treat="winsorise"), None, "异常值处理"),
        (Options(normalise="zscore"), None, "没有固定的上下限"),
    ],
)
def test_panel_without_fixed_points_is_refused(options: Options, base: str | None, word: str) -> None:
    given_tables, tree = periods()
    with pytest.raises(CompositeError, match=word):
        panel.build(given_tables, tree, options, base)


TREE = "code,level,parent,weight,direction\na,1,P,{0},1\nb,1,P,{1},-1\nc,1,I,{2},1\nP,2,I,{3},1\nI,3,,,\n"
CELL = st.one_of(st.none(), st.integers(-50, 50))
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=7)
WEIGHTS = st.tuples(*(st.integers(1, 9) for _ in range(4)))
METHOD = st.sampled_from(["minmax", "zscore", "rank", "percentile"])
quick = settings(max_examples=40, deadline=None)


def text(rows: list[tuple[int | None, ...]], order: list[int] | None = None) -> str:
    lines = [f"u{at}," + ",".join("" if cell is None else str(cell) for cell in row) for at, row in enumerate(rows)]
    return "unit,a,b,c\n" + "".join(lines[at] + "\n" for at in (order or range(len(lines))))


def scores(index: Index) -> dict[str, float]:
    return dict(zip(index.units, (float(score) for score in index.scores["I"]), strict=True))


def places(index: Index) -> dict[str, int | None]:
    return dict(zip(index.units, index.ranks, strict=True))


@quick
@given(ROWS, WEIGHTS, METHOD, st.randoms(use_true_random=False))
def test_index_does_not_depend_on_the_order_of_rows(rows, weights, method, random) -> None:  # type: ignore[no-untyped-def]
    order = list(range(len(rows)))
    random.shuffle(order)
    meta = TREE.format(*weights)
    lines = meta.splitlines()
    shuffled = "\n".join([lines[0], *random.sample(lines[1:], len(lines) - 1)]) + "\n"
    first = build(text(rows), meta, normalise=method, available=Fraction(1, 3))
    second = build(text(rows, order), shuffled, normalise=method, available=Fraction(1, 3))

    assert scores(first) == pytest.approx(scores(second), abs=0, nan_ok=True)
    assert places(first) == places(second)


def test_scores_that_cancel_to_nothing_share_a_rank_whatever_the_unit() -> None:
    """By z-scores u0 and u1 lie as far apart in b as in c, which points the other way: both score 0."""
    for factor in (1, 2, 3, 7):
        rows = [(None, 7, 7), (None, 7 + factor, 7 + 3 * factor)]
        assert places(build(text(rows), TREE.format(1, 1, 1, 1), normalise="zscore")) == {"u0": 1, "u1": 1}


@quick
@given(ROWS, WEIGHTS, METHOD, st.integers(2, 1000))
def test_index_does_not_depend_on_units_of_measure_or_the_sum_of_weights(rows, weights, method, factor) -> None:  # type: ignore[no-untyped-def]
    scaled = [tuple(None if cell is None else cell * factor + 7 for cell in row) for row in rows]
    first = build(text(rows), TREE.format(*weights), normalise=method)
    second = build(text(scaled), TREE.format(*(weight * factor for weight in weights)), normalise=method)

    assert scores(first) == pytest.approx(scores(second), abs=1e-9, nan_ok=True)
    assert places(first) == places(second)


@quick
@given(ROWS, WEIGHTS, METHOD)
def test_index_turns_with_all_directions(rows, weights, method) -> None:  # type: ignore[no-untyped-def]
    """Negated values under the opposite directions are the same index."""
    turned = [tuple(None if cell is None else -cell for cell in row) for row in rows]
    meta = TREE.format(*weights)
    up, down = [",1\n", ",-1\n"], [",-1\n", ",1\n"]
    swapped = "".join(
        line.replace(*(down if line.endswith(",-1\n") else up)) if line.split(",")[1] == "1" else line
        for line in meta.splitlines(keepends=True)
    )
    assert build(text(rows), meta, normalise=method).text == build(text(turned), swapped, normalise=method).text


@quick
@given(ROWS, WEIGHTS, st.sampled_from(["a", "c"]), st.integers(0, 6), st.integers(1, 50))
def test_index_rewards_more_of_the_good(rows, weights, code, at, more) -> None:  # type: ignore[no-untyped-def]
    """Under fixed goalposts a better value never lowers the score of its unit and leaves the others."""
    at, column = at % len(rows), "abc".index(code)
    if rows[at][column] is None:
        rows[at] = tuple(0 if place == column else cell for place, cell in enumerate(rows[at]))
    better = [list(row) for row in rows]
    better[at][column] += more
    tree = hierarchy.read(TREE.format(*weights).encode(), "meta.csv")
    nodes = {node.code: node for node in tree.nodes}
    for leaf in "abc":
        ends = (-100.0, 100.0) if nodes[leaf].direction > 0 else (100.0, -100.0)
        nodes[leaf] = dataclasses.replace(nodes[leaf], normalise="goalposts", floor=ends[0], target=ends[1])
    fixed = hierarchy.checked(nodes)

    def run(values: list) -> np.ndarray:  # type: ignore[type-arg]
        return pipeline.build(tables.read(text(values).encode(), "d", fixed.columns), fixed).scores["I"]

    before, after = run(rows), run(better)
    assert np.array_equal(np.delete(before, at), np.delete(after, at), equal_nan=True)
    assert math.isnan(before[at]) or after[at] > before[at]
