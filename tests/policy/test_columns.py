"""A year of the whole province in columns: the outcomes of the judge, row by row, whatever the figures."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import clauses, columns
from policy.facts import Facts
from policy.judge import judge
from policy.outcomes import Audience
from policy.parameters import ParameterError

ANNUAL = clauses.load("park-annual")
MODES: tuple[dict[str, str], ...] = (
    {},
    {"tax_share_mode": "GROUPED", "va_whole": "gdp"},
    {"tax_share_mode": "EACH", "share_ceiling": "90"},
)
CODES = sorted({code for params in MODES for code in columns.codes_of(ANNUAL, params)})
# Small numbers meet every threshold exactly every now and then; the others sit just beside one, or in no float64.
TIGHT = ["0", "1", "3", "4", "5", "6", "8.16", "10", "12.5", "18", "20", "25", "30", "60", "72", "97", "100"]
ODD = [
    "0.1",
    "0.3",
    "0.6",
    "59.9999999999999999999",
    "60.0000000000000000001",
    "0.36",
    "1" + "0" * 400,
    "9007199254740993",
]
RULINGS = [{}, {}, {}, {"P-II.2.2a": {"outcome": "exempt", "paper": "浙科发高〔2015〕3号"}}]


def row(figures: dict[str, dict[str, str | None]], **others: object) -> Facts:
    return Facts.parse({"subject": "lx-park", "year": 2015, "listed_on": "2013-01-31", "figures": figures, **others})


def judged(rows: Sequence[Facts], params: dict[str, str] | None = None) -> columns.Judged:
    table = columns.Columns.of(rows, columns.codes_of(ANNUAL, params))
    return columns.outcomes(ANNUAL, table, rows.__getitem__, params)


def by_the_judge(rows: Iterable[Facts], params: dict[str, str] | None = None) -> list[tuple[list[str], str]]:
    answers = (judge(ANNUAL, facts, params=params, audience=Audience.CONTRACT) for facts in rows)
    return [([str(found.outcome) for found in answer.findings], str(answer.verdict)) for answer in answers]


def told(found: columns.Judged) -> list[tuple[list[str], str]]:
    return [
        ([str(columns.OUTCOMES[code]) for code in codes], str(columns.VERDICTS[verdict]))
        for codes, verdict in zip(found.outcomes.tolist(), found.verdicts.tolist(), strict=True)
    ]


def a_row(pick: np.random.Generator) -> Facts:
    """A park's year; unknown figures, rulings, whole zones, years before the first one and before 2012."""
    year = int(pick.choice([2011, 2013, 2014, 2015]))
    pool = TIGHT if pick.random() < 0.7 else [*TIGHT, *ODD]
    unknown = 0.0 if pick.random() < 0.7 else 0.1
    # every fourth stays as it was the year before
    figures = {}
    for code in CODES:
        before, now = (None if pick.random() < unknown else str(pick.choice(pool)) for _ in range(2))
        figures[code] = {str(year - 1): before, str(year): before if pick.random() < 0.25 else now}
    return row(
        figures,
        year=year,
        listed_on=str(pick.choice(["2009-05-01", "2013-01-01", "2014-12-31"])),
        whole_zone=bool(pick.random() < 0.1),
        decisions=RULINGS[int(pick.integers(len(RULINGS)))],
    )


@pytest.mark.parametrize("params", MODES, ids=str)
def test_columns_outcomes_are_those_of_the_judge(params: dict[str, str]) -> None:
    pick = np.random.default_rng(20150101)
    rows = [a_row(pick) for _ in range(200)]
    found = judged(rows, params)

    assert told(found) == by_the_judge(rows, params)
    assert 0 < found.rechecked.sum() < len(rows)
    assert set(found.outcomes.ravel().tolist()) == set(range(len(columns.OUTCOMES)))
    assert set(found.verdicts.tolist()) == set(range(len(columns.VERDICTS)))


@settings(max_examples=60, deadline=None)
@given(
    base=st.integers(0, 10**12),
    whole=st.integers(1, 10**12),
    step=st.sampled_from([-1, 0, 1]),
    places=st.integers(0, 30),
    clause=st.sampled_from(["share", "growth", "rise"]),
)
def test_columns_beside_a_threshold_are_those_of_the_judge(
    base: int, whole: int, step: int, places: int, clause: str
) -> None:
    asked = {"share": Fraction(6, 10) * whole, "growth": Fraction(5, 4) * base, "rise": base + Fraction(3, 100) * whole}
    value = max(asked[clause] + Fraction(step, 10**places), Fraction(0))
    codes = {"share": "P.new_hitech_projects", "growth": "P.hitech_output", "rise": "P.sei_va"}
    still = {2014: Fraction(whole), 2015: Fraction(whole)}
    figures = {codes[clause]: {2014: Fraction(base), 2015: value}, "P.new_projects": still, "P.gdp": still}
    rows = [replace(row({}), figures=figures)]

    assert told(judged(rows)) == by_the_judge(rows)


@pytest.mark.parametrize(("now", "outcome"), [("8.16", "met"), ("8.1599999999999999", "not_met")])
def test_columns_rise_of_exactly_three_points_is_met(now: str, outcome: str) -> None:
    rows = [row({"P.sei_va": {"2014": "6", "2015": now}, "P.gdp": {"2014": "72", "2015": "72"}})]
    found = judged(rows)

    assert columns.OUTCOMES[found.outcomes[0, found.clauses.index("P-II.2.2a")]] == outcome
    assert found.rechecked.tolist() == [True]


def test_columns_whole_numbers_at_a_threshold_need_no_second_judge() -> None:
    rows = [row({"P.new_hitech_enterprises": {"2015": "6"}, "P.new_enterprises": {"2015": "10"}})]
    found = judged(rows)

    assert columns.OUTCOMES[found.outcomes[0, 0]] == "met"
    assert found.rechecked.tolist() == [False]


def test_columns_order_of_rows_does_not_matter() -> None:
    pick = np.random.default_rng(7)
    rows = [a_row(pick) for _ in range(60)]
    order = pick.permutation(len(rows)).tolist()
    straight, turned = told(judged(rows)), told(judged([rows[at] for at in order]))

    assert turned == [straight[at] for at in order]


def test_columns_of_no_rows_are_no_outcomes() -> None:
    assert told(judged([])) == []


def test_columns_refuse_what_they_have_no_arithmetic_for() -> None:
    recognition = clauses.load("park-recognition")
    with pytest.raises(ValueError, match=r"P-II\.3\.0a"):
        columns.outcomes(recognition, columns.Columns.of([row({})], []), lambda at: row({}))
    with pytest.raises(ParameterError):
        judged([row({})], {"tax_share_mode": "NONE"})


@pytest.mark.parametrize(("part", "outcome"), [("6", "met"), ("5.9999999999999999", "not_met")])
def test_columns_figure_that_a_float_makes_whole_is_judged_exactly(part: str, outcome: str) -> None:
    rows = [row({"P.new_hitech_project_investment": {"2015": part}, "P.new_project_investment": {"2015": "10"}})]
    found = judged(rows)

    assert columns.OUTCOMES[found.outcomes[0, 2]] == outcome
    assert found.rechecked.tolist() == [outcome == "not_met"]
