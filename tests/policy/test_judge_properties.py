"""Laws of the judge: more of the good never fails, units cancel, unknown decides nothing, order is of no matter."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import clauses, decimals, facts
from policy.facts import Facts
from policy.figures import Type, find
from policy.judge import Finding, judge
from policy.outcomes import Audience, Outcome

YEAR = 2015
# The figures that are better larger; MIXED: clauses for which the same figure is the whole.
MORE_IS_BETTER = {
    "park-annual": ("P.new_hitech_enterprises", "P.hitech_output", "P.hts_revenue", "P.tax_union", "P.sei_va",
                    "P.hitech_va", "P.rd_expenditure", "P.high_talents", "P.ent_rd_institutions"),
    "park-recognition": ("P.tit_revenue", "P.hitech_output", "P.lead_output[1]", "P.hitech_business_enterprises",
                         "P.rd_expenditure", "P.rd_personnel", "P.invention_patents_held", "P.listed_companies",
                         "P.new_industrial_land_sei"),
    "park-expansion": ("P.land_quota", "P.ranked"),
    "city-annual": ("C.fiscal_st_expenditure",),
    "province-targets": ("PV.high_talents", "PV.recognised_cities", "PV.innovative_enterprises", "PV.sei_va",
                         "PV.new_product_output", "PV.institutes_300"),
}  # fmt: skip
MIXED = {("park-recognition", "P.tit_revenue"): {"P-II.3.1d"}}
PAIRS = [(name, code) for name, codes in MORE_IS_BETTER.items() for code in codes]
YEARS = (2010, YEAR - 1, YEAR)


def codes_of(name: str) -> list[str]:
    found = {
        code
        for clause in clauses.load(name).of(Audience.CONTRACT)
        for source in clause.inputs.values()
        for codes in source.options.values()
        for code in codes
    }
    return sorted(found)


def known(name: str, data: st.DataObject, years: tuple[int, ...] = YEARS) -> dict[str, dict[int, Fraction | None]]:
    """Every figure that a set asks for, drawn; yes-or-no figures and the number of industries stay 0 or 1."""
    codes = codes_of(name)
    size = len(codes) * len(years)
    amounts = iter(data.draw(st.lists(st.integers(0, 60), min_size=size, max_size=size)))
    return {code: {year: Fraction(next(amounts) % _below(code)) for year in years} for code in codes}


def _below(code: str) -> int:
    figure = find(code)
    return 2 if figure and (figure.whole or figure.type is Type.BOOLEAN) else 61


def given_facts(figures: dict[str, dict[int, Fraction | None]]) -> Facts:
    document = {
        "subject": "lx-park",
        "year": YEAR,
        "listed_on": "2012-06-01",
        "applied_on": "2015-12-01",
        "peers": [],
        "figures": {
            code: {str(year): None if value is None else decimals.render(value) for year, value in series.items()}
            for code, series in figures.items()
        },
    }
    return Facts.parse(document)


def findings(name: str, figures: dict[str, dict[int, Fraction | None]]) -> dict[str, Finding]:
    answer = judge(clauses.load(name), given_facts(figures), audience=Audience.CONTRACT)
    return {finding.clause: finding for finding in answer.findings}


@pytest.mark.parametrize(("name", "code"), PAIRS, ids=str)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_judge_more_of_the_good_never_turns_met_into_not_met(name: str, code: str, data: st.DataObject) -> None:
    figures = known(name, data)
    before = findings(name, figures)
    more = data.draw(st.integers(1, 50))
    figures[code] = figures[code] | {YEAR: (figures[code][YEAR] or Fraction(0)) + more}
    after = findings(name, figures)

    spared = MIXED.get((name, code), set())
    assert [
        clause
        for clause, finding in before.items()
        if clause not in spared and finding.outcome is Outcome.MET and after[clause].outcome is Outcome.NOT_MET
    ] == []


@settings(max_examples=30, deadline=None)
@given(data=st.data(), scale=st.integers(2, 10**9))
def test_judge_yearly_targets_do_not_depend_on_the_unit_of_money(data: st.DataObject, scale: int) -> None:
    figures = known("park-annual", data, (YEAR - 1, YEAR))
    scaled = {
        code: {year: None if value is None else value * scale for year, value in series.items()}
        for code, series in figures.items()
    }
    first, second = findings("park-annual", figures), findings("park-annual", scaled)

    assert {clause: (item.outcome, item.value, item.proposal) for clause, item in first.items()} == {
        clause: (item.outcome, item.value, item.proposal) for clause, item in second.items()
    }


@pytest.mark.parametrize("name", clauses.names())
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_judge_unknown_figure_never_fails_a_clause(name: str, data: st.DataObject) -> None:
    figures = known(name, data)
    before = findings(name, figures)
    code = data.draw(st.sampled_from(sorted(figures)))
    after = findings(name, figures | {code: {}})

    changed = {clause for clause in before if after[clause].outcome is not before[clause].outcome}
    assert {after[clause].outcome for clause in changed} <= {Outcome.NOT_ASSESSABLE}


@pytest.mark.parametrize("name", clauses.names())
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_judge_printed_numbers_agree_with_the_outcome(name: str, data: st.DataObject) -> None:
    signs = {">=": (1, 0), ">": (1,), "<=": (-1, 0), "<": (-1,)}
    for finding in findings(name, known(name, data)).values():
        if finding.observed is None or finding.threshold is None or finding.operator not in signs:
            continue
        if finding.outcome is Outcome.NOT_ASSESSABLE or finding.clause.startswith("P-II.3.5"):
            continue
        left, right = decimals.parse(finding.observed), decimals.parse(finding.threshold)
        order = (left > right) - (left < right)
        assert (order in signs[finding.operator]) == (finding.outcome is Outcome.MET), finding


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_judge_order_of_figures_and_peers_does_not_matter(data: st.DataObject) -> None:
    figures = known("park-recognition", data)
    peers = [
        {"figures": {code: {str(YEAR): str(data.draw(st.integers(1, 9)))} for code in ("P.cod", "P.gdp")}}
        for _ in range(3)
    ]
    document = {
        "subject": "lx-park",
        "year": YEAR,
        "listed_on": "2012-06-01",
        "peers": peers,
        "figures": {
            code: {str(year): str(value) for year, value in series.items()} for code, series in figures.items()
        },
    }
    turned = document | {"peers": peers[::-1], "figures": dict(reversed(document["figures"].items()))}
    answers = [
        judge(clauses.load("park-recognition"), facts.read(json.dumps(item).encode())[0][0]).findings
        for item in (document, turned)
    ]

    assert answers[0] == answers[1]


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(1, 10**12), st.sampled_from([-1, 0, 1]), st.integers(1, 60))
def test_judge_share_rise_is_exact_at_three_points(base: int, whole: int, step: int, places: int) -> None:
    whole = max(whole, base)
    now = Fraction(base) + Fraction(3, 100) * whole + Fraction(step, 10**places)
    figures = {"P.sei_va": {YEAR - 1: Fraction(base), YEAR: max(now, Fraction(0))}}
    figures["P.gdp"] = {YEAR - 1: Fraction(whole), YEAR: Fraction(whole)}
    found = findings("park-annual", figures)["P-II.2.2a"]

    below = Outcome.NOT_ASSESSABLE if Fraction(base, whole) > Fraction(97, 100) else Outcome.NOT_MET
    assert found.outcome is (Outcome.MET if now >= base + Fraction(3, 100) * whole else below)


@pytest.mark.parametrize("name", ["park-annual", "park-expansion", "city-annual", "province-targets"])
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_judge_replays_from_the_figures_that_its_findings_name(name: str, data: st.DataObject) -> None:
    """What stands beside a finding is all that it was judged by: through JSON and back the answer is the same."""
    unknown = data.draw(st.sampled_from(codes_of(name)))
    first = judge(clauses.load(name), given_facts(known(name, data) | {unknown: {}}), audience=Audience.CONTRACT)
    named: dict[str, dict[str, str | None]] = {}
    for finding in reversed(first.findings):
        for used in finding.figures:
            value = None if used.value is None else decimals.render(used.value)
            named.setdefault(used.code, {})[str(used.year)] = value
    document = {"listed_on": "2012-06-01", "figures": named, "year": YEAR, "subject": "lx-park"}
    again = judge(clauses.load(name), facts.read(json.dumps(document).encode())[0][0], audience=Audience.CONTRACT)

    assert again.as_json() == first.as_json()
