"""A running year: figures carried to its end, and what a missed target lacks."""

from fractions import Fraction

import pytest

from policy import clauses
from policy.facts import Facts
from policy.foresight import Outlook, carried, outlook
from policy.outcomes import Outcome


def looked(figures: dict[str, dict[str, str]], **params: str) -> dict[str, Outlook]:
    document = {"subject": "lx-park", "year": 2014, "listed_on": "2012-06-01", "figures": figures}
    found = outlook(clauses.load("park-annual"), Facts.parse(document), params)
    return {one.finding.clause: one for one in found}


@pytest.mark.parametrize(
    ("code", "months", "expected"),
    [("P.hitech_output", 9, Fraction(120)), ("P.hitech_output", 12, Fraction(90)), ("P.high_talents", 3, Fraction(90))],
)
def test_carried_flow_goes_on_evenly_and_stock_stays(code: str, months: int, expected: Fraction) -> None:
    assert carried(code, Fraction(90), months) == expected


@pytest.mark.parametrize("months", [0, 13])
def test_carried_refuses_other_months(months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        carried("P.hitech_output", Fraction(1), months)


@pytest.mark.parametrize(
    ("clause", "figures", "code", "value", "above"),
    [
        ("P-II.2.2b", {"P.hitech_output": {"2013": "100", "2014": "120"}}, "P.hitech_output", "125", False),
        (
            "P-II.2.1a",
            {"P.new_hitech_enterprises": {"2014": "5"}, "P.new_enterprises": {"2014": "11"}},
            "P.new_hitech_enterprises",
            "7",
            False,
        ),
        (
            "P-II.2.1d",
            {"P.hitech_va": {"2013": "40", "2014": "45"}, "P.industrial_va": {"2013": "100", "2014": "110"}},
            "P.hitech_va",
            "46",
            False,
        ),
        (
            "P-II.2.2a",
            {"P.sei_va": {"2013": "6", "2014": "7"}, "P.gdp": {"2013": "72", "2014": "72"}},
            "P.sei_va",
            "8.16",
            False,
        ),
        (
            "P-II.2.3c",
            {"P.rd_expenditure": {"2013": "100", "2014": "105"}, "Z.rd_expenditure": {"2013": "200", "2014": "220"}},
            "P.rd_expenditure",
            "110",
            True,
        ),
        (
            "P-II.2.3a",
            {
                "P.ent_rd_institutions": {"2013": "10", "2014": "10"},
                "Z.ent_rd_institutions": {"2013": "20", "2014": "22"},
            },
            "P.ent_rd_institutions",
            "12",
            False,
        ),
    ],
)
def test_outlook_says_how_large_a_figure_has_to_be(
    clause: str, figures: dict[str, dict[str, str]], code: str, value: str, above: bool
) -> None:
    found = looked(figures)[clause]
    assert found.finding.outcome is Outcome.NOT_MET
    assert found.need is not None
    assert (found.need.code, found.need.value, found.need.above) == (code, Fraction(value), above)
    assert found.need.lacking == Fraction(value) - Fraction(figures[code]["2014"])


def test_outlook_gives_no_single_figure_where_the_smallest_of_several_counts() -> None:
    figures = {f"P.tax_{name}": {"2013": "100", "2014": "100"} for name in ("hitech", "sei", "hts")}
    figures["P.tax_total"] = {"2013": "400", "2014": "500"}
    found = looked(figures, tax_share_mode="EACH")["P-II.2.2d"]
    assert found.finding.outcome is Outcome.NOT_MET
    assert found.need is None


def test_outlook_is_silent_where_the_target_is_met_or_cannot_be_judged() -> None:
    found = looked({"P.hitech_output": {"2013": "100", "2014": "125"}, "P.hts_revenue": {"2014": "9"}})
    assert found["P-II.2.2b"].need is None
    assert (found["P-II.2.2c"].finding.outcome, found["P-II.2.2c"].need) == (Outcome.NOT_ASSESSABLE, None)
