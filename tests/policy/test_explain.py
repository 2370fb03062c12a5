"""Findings in words: what was asked, what was found, from which figures, and what to do."""

import pytest

from policy import clauses
from policy.explain import explain, explain_all
from policy.facts import Facts
from policy.judge import Assessment, judge
from policy.outcomes import Audience


def assessed(figures: dict[str, dict[str, str]], name: str = "park-annual", **more: object) -> Assessment:
    document = {"subject": "lx-park", "year": 2014, "listed_on": "2012-06-01", "figures": figures} | more
    return judge(clauses.load(name), Facts.parse(document), audience=Audience.CONTRACT)


def test_explain_not_met_says_value_threshold_formula_figures_and_advice() -> None:
    answer = assessed({"P.hitech_output": {"2013": "100", "2014": "124.996"}})
    explanation = explain(answer.finding("P-II.2.2b"), lambda code, year: "统计公报" if year == 2013 else "")

    assert str(explanation).splitlines() == [
        "P-II.2.2b 高新技术产业产值增长：未达到",
        "  条款原文：「高新技术产业产值增长25%以上」",
        "  实际 24.996 %，要求不低于 25 %",
        "  算式：124.996 ÷ 100 − 1",
        "  数据：2014 年 高新技术产业产值（P.hitech_output） 124.996 亿元，由科技、统计核定",
        "  数据：2013 年 高新技术产业产值（P.hitech_output） 100 亿元，统计公报",
        "  说明：24.996 %，要求 ≥ 25 %",
        "  怎么办：推动高新技术企业增产扩能；核对两年口径是否一致。",
    ]


def test_explain_unknown_figure_is_not_reported_rather_than_zero() -> None:
    lines = explain(assessed({"P.hitech_output": {"2014": "5"}}).finding("P-II.2.2b")).lines

    assert lines[1] == "要求不低于 25 %，没有可比的数值"
    assert "数据：2013 年 高新技术产业产值（P.hitech_output） 未报，由科技、统计核定" in lines


@pytest.mark.parametrize(("later", "words"), [("5", "认定为达到"), ("0", "认定为未达到")])
def test_explain_undefined_case_says_what_is_proposed(later: str, words: str) -> None:
    lines = explain(assessed({"P.hitech_output": {"2013": "0", "2014": later}}).finding("P-II.2.2b")).lines

    assert lines[-1] == f"须由省科技厅签发裁定，建议{words}"


@pytest.mark.parametrize(
    ("own", "zone", "words"),
    [
        (("3", "4"), ("30000", "40001"), "实际 33.33 %，要求高于 33.34 %"),
        (("1000", "1010.05"), ("1000000", "1010149"), "实际 1.01 %，要求高于 1.0149 %"),
        (("1000", "1010.05"), ("3000000000", "3030447001"), "实际 1.01 %，要求高于 1.015 %"),
        (("3", "4"), ("6", "8"), "实际 33.33 %，要求高于 33.33 %"),
    ],
)
def test_explain_two_sides_never_look_equal_unless_they_are(
    own: tuple[str, str], zone: tuple[str, str], words: str
) -> None:
    series = {"P.rd_expenditure": own, "Z.rd_expenditure": zone}
    answer = assessed({code: {"2013": before, "2014": now} for code, (before, now) in series.items()})

    assert explain(answer.finding("P-II.2.3c")).lines[1] == words


def test_explain_ruling_names_its_paper_and_gives_no_advice() -> None:
    ruling = {"P-II.2.2b": {"outcome": "exempt", "paper": "浙科发高〔2015〕3号"}}
    lines = explain(assessed({}, decisions=ruling).finding("P-II.2.2b")).lines

    assert lines[-1] == "说明：依据裁定 浙科发高〔2015〕3号：豁免"


def test_explain_range_and_whole_assessment() -> None:
    answer = assessed({"P.area_planned": {"2014": "12"}, "P.leading_industries": {"2014": "4"}}, "park-creation")
    text = explain_all(answer)

    assert text.splitlines()[:2] == [
        "lx-park 2014 年：未达到要求",
        f"条款集 park-creation（{answer.digest}），按 2014-12-31 的要求评判",
    ]
    assert "实际 4 个，要求介于 1 至 3 个" in text
    assert [text.count(finding.clause) for finding in answer.findings] == [1, 1]
