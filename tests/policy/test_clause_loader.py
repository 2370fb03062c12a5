"""The loader names file, clause and field of whatever is missing or of the wrong type."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy.clauses import UnknownSetError, load, load_file
from policy.yamlfile import DataError

Change = Callable[[dict[str, Any]], object]


def document() -> dict[str, Any]:
    """A small sound clause file."""
    return yaml.safe_load(
        """
        name: sample
        label: 示例
        title: ""
        number: ""
        text: park-creation.txt
        default_on: year_end
        clauses:
          - id: P-1
            label: 面积
            quote: 面积不少于10平方公里
            kind: quantitative
            audience: contract
            metric: level
            inputs: {value: P.area_planned}
            unit: km²
            operator: ">="
            thresholds:
              - {since: 2012-01-01, value: "10"}
              - {since: 2020-01-01, value: "12"}
            advice: 调整范围。
          - id: P-2
            label: 增量
            quote: 高新技术产业增加值
            kind: quantitative
            audience: contract
            applies: [after_listing_year]
            metric: increment_share
            inputs:
              parts: P.hitech_va
              whole: {va_whole: {industrial_va: P.industrial_va, gdp: P.gdp}}
            parameters: [va_whole]
            unit: "%"
            operator: ">="
            thresholds: [{since: 2012-01-01, value: "60"}]
            advice: 培育企业。
          - id: P-3
            label: 增速
            quote: 研发经费
            kind: quantitative
            audience: contract
            metric: growth_above
            inputs: {own: P.rd_expenditure, other: Z.rd_expenditure}
            unit: "%"
            operator: ">"
            since: 2012-01-01
            advice: 增加投入。
          - id: P-4
            label: 目的
            quote: [目的意义, 实施步骤]
            kind: review
            audience: portal
            advice: 写明目的。
        """
    )


def saved(folder: Path, content: object) -> Path:
    path = folder / "sample.yaml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


def test_load_file_reads_a_sound_file(tmp_path: Path) -> None:
    clause_set = load_file(saved(tmp_path, document()))

    assert [clause.id for clause in clause_set.clauses] == ["P-1", "P-2", "P-3", "P-4"]
    assert [threshold.text for threshold in clause_set.clauses[0].thresholds] == ["10", "12"]
    assert clause_set.clauses[3].quote == "目的意义……实施步骤"


def clause(number: int, **changes: object) -> Change:
    return lambda content: content["clauses"][number].update(changes)


def without(number: int, field: str) -> Change:
    return lambda content: content["clauses"][number].pop(field)


DAY = date(2012, 1, 1)
FAULTS: list[tuple[Change, list[str]]] = [
    *[(lambda content, field=field: content.pop(field), [field]) for field in
      ("name", "label", "title", "number", "text", "default_on", "clauses")],
    (lambda content: content.update(name="other"), ["name", "sample"]),
    (lambda content: content.update(nmae="x"), ["nmae"]),
    (lambda content: content.update(date="2012"), ["date"]),
    (lambda content: content.update(default_on="today"), ["default_on", "today"]),
    (lambda content: content.update(requires=["founded_on"]), ["requires", "founded_on"]),
    (lambda content: content.update(clauses=[]), ["clauses"]),
    (lambda content: content.update(clauses=["P-1"]), ["第 1 条"]),
    (without(0, "id"), ["第 1 条", "id"]),
    *[(without(0, field), ["P-1", field]) for field in
      ("label", "quote", "kind", "audience", "metric", "inputs", "unit", "operator", "thresholds", "advice")],
    (clause(0, quote=10), ["P-1", "quote"]),
    (clause(0, quote=["面积", 10]), ["P-1", "quote"]),
    (clause(0, advice=" "), ["P-1", "advice"]),
    (clause(0, kind="number"), ["P-1", "kind", "number"]),
    (clause(0, audience="all"), ["P-1", "audience", "all"]),
    (clause(0, applies=["never"]), ["P-1", "applies", "never"]),
    (clause(0, metric="leval"), ["P-1", "metric", "leval"]),
    (clause(0, treshold="10"), ["P-1", "treshold"]),
    (clause(0, inputs={}), ["P-1", "inputs", "value"]),
    (clause(0, inputs={"value": "P.aera"}), ["P-1", "inputs", "value", "P.aera"]),
    (clause(0, inputs={"value": "P.area_planned", "more": "P.gdp"}), ["P-1", "inputs", "more"]),
    (clause(0, unit="公顷"), ["P-1", "unit", "公顷"]),
    (clause(0, operator="=>"), ["P-1", "operator", "=>"]),
    (clause(0, since="2012"), ["P-1", "since"]),
    (clause(0, parameters=["va_hole"]), ["P-1", "parameters", "va_hole"]),
    (clause(0, thresholds=[{"value": "10"}]), ["P-1", "thresholds", "第 1 项", "since"]),
    (clause(0, thresholds=[{"since": "2012", "value": "10"}]), ["P-1", "thresholds", "since"]),
    (clause(0, thresholds=[{"since": 2012, "value": 10}]), ["P-1", "thresholds", "value"]),
    (clause(0, thresholds=[{"since": 2012, "value": "ten"}]), ["P-1", "thresholds", "value", "ten"]),
    (clause(0, thresholds=[{"since": 2012, "value": "1..3"}]), ["P-1", "thresholds", "value", "1..3"]),
    (clause(0, operator="between"), ["P-1", "thresholds", "value", "10"]),
    (clause(0, thresholds=[{"since": DAY, "value": "10", "parameter": "va_whole"}]), ["P-1", "parameter", "va_whole"]),
    (clause(0, thresholds=[{"since": DAY, "value": "10", "parameter": "share_ceiling"}]),
     ["P-1", "parameters", "share_ceiling"]),
    (clause(0, recommendation="yes"), ["P-1", "recommendation"]),
    (lambda content: content["clauses"][0]["thresholds"].reverse(), ["P-1", "第 2 项", "since"]),
    (clause(1, id="P-1"), ["P-1", "id", "两次"]),
    (clause(1, parameters=None), ["P-2", "parameters", "va_whole"]),
    (clause(1, inputs={"parts": "P.hitech_va", "whole": {"va_whole": {"gdp": "P.gdp"}}}),
     ["P-2", "whole", "industrial_va"]),
    (clause(1, inputs={"parts": "P.hitech_va", "whole": {"share_ceiling": {"97": "P.gdp"}}}),
     ["P-2", "whole", "share_ceiling"]),
    (clause(1, inputs={"parts": "P.hitech_va", "whole": {}}), ["P-2", "whole"]),
    (clause(2, thresholds=[{"since": 2012, "value": "10"}]), ["P-3", "thresholds"]),
    (without(2, "since"), ["P-3", "since"]),
    (clause(3, metric="level"), ["P-4", "metric"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "named"), FAULTS)
def test_load_file_names_file_clause_and_field(change: Change, named: list[str], tmp_path: Path) -> None:
    content = document()
    change(content)
    with pytest.raises(DataError) as fault:
        load_file(saved(tmp_path, content))

    assert [part for part in ["sample.yaml", *named] if part not in str(fault.value)] == []


@pytest.mark.parametrize(
    "content", ["", "- a", "name: [", "name: sample\nname: sample", "name: !!python/name:os.system"]
)
def test_load_file_names_the_file_that_is_no_clause_file(content: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"sample\.yaml"):
        load_file(saved(tmp_path, content))


def test_load_file_names_the_file_that_is_absent(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.yaml"):
        load_file(tmp_path / "absent.yaml")


def test_load_refuses_an_unknown_set_and_names_the_known() -> None:
    with pytest.raises(UnknownSetError, match="park-creation"):
        load("../figures")
