"""The default index of parks under creation against a reckoning by hand, and against the command `composite`."""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import call_command

from indicators.scoring import Scored, score
from tests.indicators.indices import Example, unsaved

FIGURES = ("P.rd_expenditure", "P.gdp", "P.invention_patents_held", "P.employees", "P.tit_revenue", "P.area_planned",
           "P.energy_use", "P.gdp_const")  # fmt: skip


def figures(*values: str) -> dict[str, str]:
    return dict(zip(FIGURES, values, strict=True))


# a reaches half of each target, b all of them, c as b but one is not assessable.
PARKS = [
    Example(
        "a",
        ["30", "30", "30", "30", "1.5", "12.5", "10", "30"],
        [("10", "10"), ("10", "10"), ("10", "10")],
        figures("100", "100", "100", "100", "100", "10", "400", "100"),
    ),
    Example(
        "b",
        ["60", "75", "60", "90", "3", "25", "40", "60"],
        [("20", "10"), ("30", "10"), ("40", "10")],
        figures("300", "100", "200", "100", "300", "10", "200", "100"),
    ),
    Example(
        "c",
        ["60", "60", "60", None, "-1", "25", "20", "60"],
        [("15", "10"), ("20", "10"), ("25", "10")],
        figures("200", "100", "150", "100", "200", "10", "300", "100"),
    ),
]
# By hand. Dimensions: quality 30, growth 34, ahead 12, standing 20; the 4 of the reviewers are shared.
# a: 50, 50, 0, 0.  b: 100 in all four.
# c: quality 100 (8 + 6 + 8 of 22), growth 24/34, ahead 50, standing 50.
BY_HAND = {
    "a": Fraction(30 * 50 + 34 * 50, 96),
    "b": Fraction(100),
    "c": (30 * 100 + 34 * Fraction(2400, 34) + 12 * 50 + 20 * 50) / 96,
}


def test_default_index_gives_what_is_reckoned_by_hand() -> None:
    scores = score(unsaved(), [park.scored() for park in PARKS], 2014)
    assert {code: pytest.approx(float(found), abs=1e-12) for code, found in BY_HAND.items()} == {
        code: float(one.score) for code, one in scores.by_subject.items()
    }
    assert [scores.by_subject[code].rank for code in "abc"] == [3, 1, 2]
    assert scores.ranked == 3
    assert scores.by_subject["c"].left_out == ("added_value", "plan_and_services")
    assert scores.by_subject["c"].scores["ahead"] == "50.0"
    assert "judged" not in scores.by_subject["c"].scores
    assert all(one.rank_low == one.rank == one.rank_high for one in scores.by_subject.values())


def test_composite_gives_the_same_to_the_last_digit(tmp_path: Path) -> None:
    scores = score(unsaved(), [park.scored() for park in PARKS], 2014)
    (tmp_path / "data.csv").write_bytes(scores.data)
    (tmp_path / "meta.csv").write_bytes(scores.meta)
    out = tmp_path / "out.csv"
    call_command("composite", data=tmp_path / "data.csv", meta=tmp_path / "meta.csv", out=str(out), available="0.66")
    answer = {row["unit"]: row for row in csv.DictReader(io.StringIO(out.read_text()))}
    for unit, one in scores.by_subject.items():
        assert answer[unit]["rank"] == str(one.rank)
        told = {code: text for code, text in answer[unit].items() if code not in ("unit", "rank") and text}
        assert {code: Decimal(text) for code, text in told.items()} == {
            code: Decimal(one.scores[code]) for code in told
        }
        assert set(told) == set(one.scores) & set(answer[unit])
    assert scores.files()["8-rank.csv"] == out.read_bytes()


def test_order_of_subjects_does_not_matter_and_the_seed_is_the_year() -> None:
    given = [park.scored() for park in PARKS]
    first = score(unsaved(), given, 2014)
    random.Random(7).shuffle(given)
    again = score(unsaved(), given, 2014)
    assert (again.data, again.meta, again.by_subject) == (first.data, first.meta, first.by_subject)


def test_ties_share_a_rank_and_nothing_known_has_none() -> None:
    twin = PARKS[0].scored()
    twins = [*(park.scored() for park in PARKS), Scored("d", twin.figures, twin.findings), Scored("e", {}, [])]
    scores = score(unsaved(), twins, 2014)
    assert {code: one.rank for code, one in scores.by_subject.items()} == {"a": 3, "b": 1, "c": 2, "d": 3, "e": None}
    assert (scores.ranked, scores.by_subject["e"].score, scores.by_subject["e"].rank_low) == (4, "", None)


def test_zero_below_is_left_out_and_exempt_too() -> None:
    park = PARKS[0].scored()
    bare = {code: years for code, years in park.figures.items() if code != "P.employees"}
    with_zero = Scored("a", {**bare, "P.employees": {2014: Fraction(0)}}, park.findings)
    left = score(unsaved(), [with_zero, PARKS[1].scored(), PARKS[2].scored()], 2014).by_subject["a"].left_out
    assert left == ("patents", "plan_and_services")
    for finding in park.findings:
        if finding.clause == "P-II.2.2a":
            object.__setattr__(finding, "outcome", "exempt")
    assert score(unsaved(), [park, *(one.scored() for one in PARKS[1:])], 2014).by_subject["a"].left_out == (
        "emerging_share",
        "plan_and_services",
    )


def test_recognised_index_needs_figures_alone() -> None:
    def park(code: str, growth: int) -> Scored:
        now = {"P.hitech_output": 100 + growth, "P.hts_revenue": 100 + growth, "P.sei_va": 50 + growth, "P.gdp": 100}
        whole = {"P.new_hitech_enterprises": growth, "P.new_enterprises": 100, "P.tit_revenue": growth + 1,
                 "P.area_planned": 10, "P.rd_expenditure": 100 + growth, "P.energy_use": 100 - growth,
                 "P.gdp_const": 100, "P.industrial_output": 200, "P.rd_personnel": growth, "P.employees": 100,
                 "P.invention_patents_held": growth}  # fmt: skip
        then = {"P.hitech_output": 100, "P.hts_revenue": 100, "P.sei_va": 50, "P.gdp": 100, "P.rd_expenditure": 100}
        return Scored(
            code,
            {
                one: {2014: Fraction(value)} | ({2013: Fraction(then[one])} if one in then else {})
                for one, value in {**now, **whole}.items()
            },
            [],
        )

    scores = score(unsaved("recognised"), [park("low", 10), park("mid", 20), park("high", 30)], 2014)
    assert {code: one.rank for code, one in scores.by_subject.items()} == {"low": 3, "mid": 2, "high": 1}
    assert scores.by_subject["mid"].scores["hitech_growth"] == "50.0"
    rows = {row["unit"]: row for row in csv.DictReader(io.StringIO(scores.data.decode()))}
    assert (rows["mid"]["hitech_growth"], rows["mid"]["emerging_share"]) == ("20", "20")
