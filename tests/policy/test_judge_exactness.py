"""Comparison is exact however close a figure lies to its threshold, and unknown is never zero."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import clauses, decimals, plan_facts
from policy.facts import Facts
from policy.judge import judge
from policy.outcomes import Audience, Outcome, Verdict
from policy.parameters import ParameterError

CREATION = clauses.load("park-creation")


def filing(**figures: str | None) -> Facts:
    codes = {name.replace("__", "."): {"2014": value} for name, value in figures.items()}
    return Facts.parse({"subject": "lx-park", "year": 2014, "figures": codes})


@given(st.integers(1, 400), st.sampled_from([-1, 0, 1]))
def test_judge_area_a_hair_from_the_threshold(places: int, step: int) -> None:
    area = decimals.render(10 + Fraction(step, 10**places))
    finding = judge(CREATION, filing(P__area_planned=area)).finding("P-II.1.2e")

    assert finding.outcome is (Outcome.MET if step >= 0 else Outcome.NOT_MET)
    assert finding.observed == area


@given(st.integers(0, 10**6))
def test_judge_leading_industries_between_one_and_three(count: int) -> None:
    finding = judge(CREATION, filing(P__leading_industries=str(count))).finding("P-IV.2a")

    assert finding.outcome is (Outcome.MET if count in (1, 2, 3) else Outcome.NOT_MET)
    assert finding.observed == str(count)


def test_judge_default_day_is_the_last_of_the_year() -> None:
    assert judge(CREATION, filing()).on == date(2014, 12, 31)


def test_judge_contract_findings_are_these_two_in_order() -> None:
    findings = judge(CREATION, filing(), audience=Audience.CONTRACT).findings

    assert [finding.clause for finding in findings] == ["P-II.1.2e", "P-IV.2a"]


def test_judge_annual_findings_are_these_eleven_in_order() -> None:
    facts = Facts.parse({"subject": "lx-park", "year": 2014, "listed_on": "2013-01-31"})
    findings = judge(clauses.load("park-annual"), facts, audience=Audience.CONTRACT).findings

    numbers = "2.1a 2.1b 2.1c 2.1d 2.2a 2.2b 2.2c 2.2d 2.3a 2.3b 2.3c"
    assert [finding.clause for finding in findings] == [f"P-II.{number}" for number in numbers.split()]


def test_judge_answers_the_same_twice() -> None:
    facts = filing(P__area_planned="12.345678901234567890", P__leading_industries="2")

    assert judge(CREATION, facts) == judge(CREATION, facts)


def whole_plan(**changes: int | None) -> Facts:
    """A plan in which nothing is missing, except for the changes."""
    values: dict[str, Fraction | int | str | None] = {
        fact.code: 1 if fact.boolean else (fact.total or 1) for fact in plan_facts.PLAN_FACTS
    }
    values |= {"plan.base_figures": 9, "plan.base_figures_required": 9, "plan.industry_justifications": 2}
    values |= {"P.area_planned": Fraction("12.5"), "P.leading_industries": 2}
    values |= {f"plan.{name}": value for name, value in changes.items()}
    document = {"subject": "lx-park", "year": 2014, "figures": plan_facts.figures(2014, values)}
    return Facts.parse(document)


def test_judge_whole_plan_is_met_while_review_is_still_open() -> None:
    assessment = judge(CREATION, whole_plan())

    assert assessment.verdict is Verdict.MET
    assert {finding.outcome for finding in assessment.findings} == {
        Outcome.MET,
        Outcome.NOT_ASSESSABLE,
        Outcome.NOT_APPLICABLE,
    }
    assert {finding.kind.value for finding in assessment.findings if finding.outcome is Outcome.NOT_ASSESSABLE} == {
        "review"
    }


def test_judge_every_plan_fact_decides_its_clause() -> None:
    spoilt = {
        fact.code: judge(CREATION, whole_plan(**{fact.code.removeprefix("plan."): None})).finding(fact.clause)
        for fact in plan_facts.PLAN_FACTS
        if fact.code != "plan.parts_explained"
    }

    assert {code: finding.outcome for code, finding in spoilt.items()} == dict.fromkeys(spoilt, Outcome.NOT_ASSESSABLE)
    assert [code for code, finding in spoilt.items() if code not in finding.reason] == []


def test_judge_every_counted_plan_fact_fails_one_below() -> None:
    for fact in plan_facts.PLAN_FACTS:
        full = 1 if fact.boolean else fact.total
        if full is None or fact.code == "plan.parts_explained":
            continue
        below = judge(CREATION, whole_plan(**{fact.code.removeprefix("plan."): full - 1}))

        assert below.finding(fact.clause).outcome is Outcome.NOT_MET, fact.code
        assert below.verdict is Verdict.NOT_MET


def test_judge_base_figures_are_counted_against_what_is_required() -> None:
    finding = judge(CREATION, whole_plan(base_figures=8)).finding("P-II.1.3[figures]")

    assert (finding.outcome, finding.observed, finding.threshold) == (Outcome.NOT_MET, "8", "9")


def test_judge_justifications_are_counted_against_declared_industries() -> None:
    finding = judge(CREATION, whole_plan(industry_justifications=1)).finding("P-IV.2d")

    assert (finding.outcome, finding.observed, finding.threshold) == (Outcome.NOT_MET, "1", "2")


def test_judge_several_parts_without_explanation() -> None:
    finding = judge(CREATION, whole_plan(parts=3, parts_explained=0)).finding("P-II.1.2a[contiguous]")

    assert (finding.outcome, finding.observed, finding.threshold) == (Outcome.NOT_MET, "2", "0")


def test_judge_several_parts_with_explanation_are_noted_for_review() -> None:
    finding = judge(CREATION, whole_plan(parts=3, parts_explained=1)).finding("P-II.1.2a[contiguous]")

    assert (finding.outcome, finding.observed) == (Outcome.MET, "0")
    assert "由评审核实" in finding.reason


def test_judge_several_parts_and_unknown_explanation() -> None:
    finding = judge(CREATION, whole_plan(parts=2, parts_explained=None)).finding("P-II.1.2a[contiguous]")

    assert finding.outcome is Outcome.NOT_ASSESSABLE


def test_judge_no_declared_industry_has_nothing_to_justify() -> None:
    document = {"P.leading_industries": {"2014": "0"}, "plan.industry_justifications": {"2014": "0"}}
    facts = Facts.parse({"subject": "lx-park", "year": 2014, "figures": document})

    assert judge(CREATION, facts).finding("P-IV.2d").outcome is Outcome.NOT_ASSESSABLE


def test_judge_ruling_on_a_review_clause_counts_in_the_verdict() -> None:
    facts = whole_plan()
    ruled = Facts.parse(
        {
            "subject": "lx-park",
            "year": 2014,
            "figures": {
                code: {str(year): decimals.render(value) for year, value in series.items() if value is not None}
                for code, series in facts.figures.items()
            },
            "decisions": {"P-II.1.1a": {"outcome": "not_met", "paper": "浙科发高〔2014〕3号"}},
        }
    )

    assert judge(CREATION, ruled).verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("area", "shown"),
    [("12", "12"), ("12.5", "12.50"), ("9.996", "9.996"), ("9.99", "9.99"), ("10.001", "10.001"), (None, "")],
)
def test_finding_shown_never_looks_passed_when_it_failed(area: str | None, shown: str) -> None:
    assert judge(CREATION, filing(P__area_planned=area)).finding("P-II.1.2e").shown == shown


def test_judge_refuses_an_unknown_parameter() -> None:
    with pytest.raises(ParameterError, match="nonsense"):
        judge(CREATION, filing(), params={"nonsense": "1"})
