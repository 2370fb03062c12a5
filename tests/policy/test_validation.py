"""The twelve checks of reported figures: at and beyond each bound, and what each answers."""

from fractions import Fraction
from typing import Any

import pytest

from policy import figures
from policy.validation import RULES, TYPING, Severity, Sheet, check
from policy.validation.relations import ADDITIVE, PARTS, STOCKS, SUM_WITHIN, UNION_WITHIN, USUAL

YEAR = 2014
Series = dict[str, tuple[str | None, str | None]]


def sheet(figures: Series, **more: Any) -> Sheet:
    """Figures by code as (last year, this year)."""
    exact = {
        code: {
            year: None if value is None else Fraction(value)
            for year, value in zip((YEAR - 1, YEAR), values, strict=True)
        }
        for code, values in figures.items()
    }
    return Sheet(YEAR, exact, **more)


def found(figures: Series, **more: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(fault.rule, fault.severity.value, fault.codes) for fault in check(sheet(figures, **more))]


def levels(*values: str | None) -> Series:
    """Institutions of research by their level."""
    codes = figures.totals()["P.ent_rd_institutions"]
    return {code: (None, value) for code, value in zip(codes, values, strict=True)}


GDP = ("P.gdp",)
CASES: list[tuple[str, Series, dict[str, Any], list[tuple[str, str, tuple[str, ...]]]]] = [
    ("nothing known", {"P.gdp": (None, None)}, {}, []),
    ("zero", {"P.gdp": (None, "0")}, {}, []),
    ("negative", {"P.gdp": (None, "-0.01")}, {}, [("V1", "refusal", GDP)]),
    ("slip upwards, at 1000", {"P.gdp": ("1", "1000")}, {}, [("V2", "refusal", GDP)]),
    ("no slip below 1000", {"P.gdp": ("1", "999.9")}, {}, [("V3", "confirmation", GDP)]),
    ("slip upwards, at 20000", {"P.gdp": ("1", "20000")}, {}, [("V2", "refusal", GDP)]),
    ("no slip above 20000", {"P.gdp": ("1", "20000.1")}, {}, [("V3", "confirmation", GDP)]),
    ("slip downwards", {"P.gdp": ("52000", "5.2")}, {}, [("V2", "refusal", GDP)]),
    ("rise of half", {"P.gdp": ("100", "150")}, {}, []),
    ("rise above half", {"P.gdp": ("100", "150.01")}, {}, [("V3", "warning", GDP)]),
    ("fall of half", {"P.gdp": ("100", "50")}, {}, []),
    ("fall above half", {"P.gdp": ("100", "49.99")}, {}, [("V3", "warning", GDP)]),
    ("rise of three times", {"P.gdp": ("100", "400")}, {}, [("V3", "warning", GDP)]),
    ("rise above three times", {"P.gdp": ("100", "400.01")}, {}, [("V3", "confirmation", GDP)]),
    ("from nothing", {"P.gdp": ("0", "5")}, {}, []),
    ("part equal to its whole", {"P.sei_va": (None, "5"), "P.gdp": (None, "5")}, {}, []),
    ("part above its whole", {"P.sei_va": (None, "5.01"), "P.gdp": (None, "5")}, {},
     [("V4", "refusal", ("P.sei_va", "P.gdp"))]),
    ("part in another unit", {"P.rd_expenditure": (None, "10000.01"), "P.tit_revenue": (None, "1")}, {},
     [("V4", "refusal", ("P.rd_expenditure", "P.tit_revenue"))]),
    ("part in another unit, equal", {"P.rd_expenditure": (None, "10000"), "P.tit_revenue": (None, "1")}, {}, []),
    ("leading industries together above the whole",
     {"P.lead_output[1]": (None, "6"), "P.lead_output[2]": (None, "5"), "P.industrial_output": (None, "10")}, {},
     [("V4", "refusal", ("P.lead_output[1]", "P.lead_output[2]", "P.industrial_output"))]),
    ("counted once above its parts",
     {"P.tax_union": (None, "7"), "P.tax_hitech": (None, "3"), "P.tax_sei": (None, "2"), "P.tax_hts": (None, "1")}, {},
     [("V4", "refusal", ("P.tax_union", "P.tax_hitech", "P.tax_sei", "P.tax_hts"))]),
    ("research of 30 % of the product", {"P.rd_expenditure": (None, "30000"), "P.gdp": (None, "10")}, {}, []),
    ("research above 30 % of the product", {"P.rd_expenditure": (None, "30001"), "P.gdp": (None, "10")}, {},
     [("V4", "warning", ("P.rd_expenditure", "P.gdp"))]),
    ("income below 80 % of the output", {"P.tit_revenue": (None, "7.9"), "P.industrial_output": (None, "10")}, {},
     [("V4", "warning", ("P.tit_revenue", "P.industrial_output"))]),
    ("sum off by a hundredth", {"P.gdp": (None, "3.01"), "P.sei_va": (None, "1"), "P.hitech_va": (None, "2")},
     {"sums": {"P.gdp": ("P.sei_va", "P.hitech_va")}}, []),
    ("sum off by more", {"P.gdp": (None, "3.02"), "P.sei_va": (None, "1"), "P.hitech_va": (None, "2")},
     {"sums": {"P.gdp": ("P.sei_va", "P.hitech_va")}}, [("V5", "refusal", ("P.gdp", "P.sei_va", "P.hitech_va"))]),
    ("sum with an unknown part", {"P.gdp": (None, "9"), "P.sei_va": (None, "1")},
     {"sums": {"P.gdp": ("P.sei_va", "P.hitech_va")}}, []),
    ("levels short of the whole", {"P.ent_rd_institutions": (None, "10"), **levels("1", "2", "3", "3")}, {},
     [("V5", "refusal", ("P.ent_rd_institutions", *figures.totals()["P.ent_rd_institutions"]))]),
    ("levels that make the whole", {"P.ent_rd_institutions": (None, "10"), **levels("1", "2", "3", "4")}, {}, []),
    ("levels of which one is unknown", {"P.ent_rd_institutions": (None, "10"), **levels("1", "2", "3", None)}, {}, []),
    ("a hundredth from the ledger", {"P.new_project_investment": (None, "2.01")},
     {"counted": {"P.new_project_investment": Fraction(2)}}, []),
    ("more than a hundredth from the ledger", {"P.new_project_investment": (None, "1.98")},
     {"counted": {"P.new_project_investment": Fraction(2)}}, [("V5", "warning", ("P.new_project_investment",))]),
    ("nothing reported beside the ledger", {"P.new_projects": (None, None)},
     {"counted": {"P.new_projects": Fraction(2)}}, []),
    ("a ledger that does not count", {"P.new_projects": (None, "2")}, {"counted": {"P.new_projects": None}}, []),
    ("one per cent from its counties", {"C.gdp": (None, "100")}, {"counties": {"C.gdp": Fraction(99)}}, []),
    ("more than one per cent from its counties", {"C.gdp": (None, "100")}, {"counties": {"C.gdp": Fraction("98.99")}},
     [("V5", "warning", ("C.gdp",))]),
    ("research of 15 % of a city's product", {"C.rd_expenditure": (None, "15000"), "C.gdp": (None, "10")}, {}, []),
    ("research above 15 % of a city's product", {"C.rd_expenditure": (None, "15000.01"), "C.gdp": (None, "10")}, {},
     [("V4", "warning", ("C.rd_expenditure", "C.gdp"))]),
    ("all spending on science", {"C.fiscal_st_expenditure": (None, "9"), "C.fiscal_expenditure": (None, "9")}, {}, []),
    ("spending on science above all spending",
     {"C.fiscal_st_expenditure": (None, "9.01"), "C.fiscal_expenditure": (None, "9")}, {},
     [("V4", "refusal", ("C.fiscal_st_expenditure", "C.fiscal_expenditure"))]),
    ("more inventions than patents", {"C.invention_granted": (None, "8"), "C.patents_granted": (None, "7")}, {},
     [("V4", "refusal", ("C.invention_granted", "C.patents_granted"))]),
    ("institutes nested", {"C.enterprise_institutes[100]": (None, "5"), "C.enterprise_institutes[300]": (None, "5")},
     {}, []),
    ("institutes not nested",
     {"C.enterprise_institutes[100]": (None, "4"), "C.enterprise_institutes[300]": (None, "5")}, {},
     [("V4", "refusal", ("C.enterprise_institutes[300]", "C.enterprise_institutes[100]"))]),
    ("institutes below 100 people", {"C.enterprise_institutes[99]": (None, "1")}, {},
     [("V4", "refusal", ("C.enterprise_institutes[99]",))]),
    ("no institutes below 100 people", {"C.enterprise_institutes[99]": (None, "0")}, {}, []),
    ("half an enterprise", {"P.new_enterprises": (None, "2.5")}, {}, [("V6", "refusal", ("P.new_enterprises",))]),
    ("half an amount", {"P.gdp": (None, "2.5")}, {}, []),
    ("stock fed by its flow", {"P.tech_smes": ("10", "13"), "P.new_tech_smes": (None, "3")}, {}, []),
    ("stock short of its flow", {"P.tech_smes": ("10", "12"), "P.new_tech_smes": (None, "3")}, {},
     [("V7", "warning", ("P.tech_smes", "P.new_tech_smes"))]),
    ("boundary changed", {"P.gdp": ("10", "11")}, {"boundaries": {2013: "第1版", 2014: "第2版"}},
     [("V8", "refusal", GDP)]),
    ("boundary kept", {"P.gdp": ("10", "11")}, {"boundaries": {2013: "第2版", 2014: "第2版"}}, []),
    ("one per cent from the department", {"P.gdp": (None, "101")}, {"department": {"P.gdp": Fraction(100)}}, []),
    ("more than one per cent from the department", {"P.gdp": (None, "98.99")},
     {"department": {"P.gdp": Fraction(100)}}, [("V9", "conflict", GDP)]),
    ("the department has none", {"P.gdp": (None, "1")}, {"department": {"P.gdp": Fraction(0)}},
     [("V9", "conflict", GDP)]),
    ("nothing after something", {"P.gdp": ("10", "0")}, {}, [("V10", "warning", GDP)]),
    ("unknown after something", {"P.gdp": ("10", None)}, {}, []),
    ("submitted already", {"P.gdp": (None, "10")}, {"locked": frozenset(GDP)}, [("V11", "refusal", GDP)]),
    ("year to come", {"P.gdp": (None, "10")}, {"this_year": 2013}, [("V12", "refusal", GDP)]),
    ("this year", {"P.gdp": (None, "10")}, {"this_year": 2014}, []),
    ("closed year", {"P.gdp": (None, "10")}, {"closed": frozenset({2014})}, [("V12", "refusal", GDP)]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "more", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_check_finds_exactly_the_fault(
    given: Series, more: dict[str, Any], expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert found(given, **more) == expected


def test_check_every_rule_has_a_case() -> None:
    assert {rule for *_, expected in CASES for rule, *_ in expected} == set(RULES)


def test_check_names_values_words_and_example() -> None:
    (fault,) = check(sheet({"P.gdp": ("52000", "5.2")}))

    assert (fault.year, fault.values, fault.severity.label) == (2014, (Fraction("5.2"),), "不予保存")
    assert fault.words == "生产总值（园区增加值）（P.gdp） 5.2 亿元 与上年 52000 亿元 相差千倍以上，单位似乎偏小"
    assert fault.example == "例如 52000 亿元（1 亿元 = 10000 万元）"


@pytest.mark.parametrize(("given", "more"), [case[1:3] for case in CASES if case[3]], ids=[c[0] for c in CASES if c[3]])
def test_check_says_each_fault_in_words_with_an_example(given: Series, more: dict[str, Any]) -> None:
    for fault in check(sheet(given, **more)):
        assert fault.example.strip()
        assert fault.rule == "V12" or fault.rule == "V8" or figures.name(fault.codes[0]) in fault.words


def test_check_change_just_above_the_bound_does_not_look_like_it() -> None:
    (fault,) = check(sheet({"P.gdp": ("100000", "150000.1")}))

    assert (fault.severity, fault.words.endswith("变化 50.0001%")) == (Severity.WARNING, True)


def test_check_while_typing_leaves_the_rest_for_saving() -> None:
    given = sheet({"P.gdp": (None, "-1")}, locked=frozenset(GDP), this_year=2013)

    assert [fault.rule for fault in check(given, TYPING)] == ["V1"]
    assert [fault.rule for fault in check(given)] == ["V1", "V11", "V12"]


def test_what_counties_add_up_to_are_amounts_of_cities() -> None:
    found = [figures.find(code) for code in ADDITIVE]
    assert all(figure and figure.level is figures.Level.CITY and figure.unit not in ("", "%") for figure in found)


def test_relations_name_known_figures_of_like_units() -> None:
    pairs = [*PARTS, *STOCKS, *((usual.part, usual.whole) for usual in USUAL)]
    pairs += [(part, whole) for parts, whole in SUM_WITHIN for part in parts]
    pairs += [(part, whole) for whole, parts in UNION_WITHIN for part in parts]
    money = {"亿元", "万元"}
    unlike = []
    for part, whole in pairs:
        first, second = figures.find(part), figures.find(whole)
        units = {first.unit if first else None, second.unit if second else None}
        if None in units or not (len(units) == 1 or units <= money or units == {"人", "人年"}):
            unlike.append((part, whole, units))

    assert unlike == []


def test_slip_of_a_count_speaks_of_digits_and_one_of_money_of_units() -> None:
    faults = {
        fault.codes[0]: fault
        for fault in check(sheet({"P.hitech_enterprises": ("3", "6000"), "P.gdp": ("1", "10000")}))
        if fault.rule == "V2"
    }
    counted, money = faults["P.hitech_enterprises"], faults["P.gdp"]
    assert "6000 家 与上年 3 家 相差千倍以上，似乎多写了几位" in counted.words
    assert ("单位" in counted.words, "亿元" in counted.example) == (False, False)
    assert ("单位似乎偏大" in money.words, money.example) == (True, "例如 1 亿元（1 亿元 = 10000 万元）")
