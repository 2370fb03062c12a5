"""One finding as a person reads it: outcome, clause and quotation, formula, figures and where they come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policy import decimals, figures
from policy.judge import Assessment, Finding
from policy.metrics import Used
from policy.outcomes import Outcome

Source = Callable[[str, int], str]
_SIGNS = {">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于", "between": "介于"}
_SHORT = 6
_PROPOSALS = {"met": "认定为达到", "not_met": "认定为未达到", "exempt": "予以豁免"}


@dataclass(frozen=True)
class Explanation:
    """One finding in words; `lines` are whole sentences in reading order, `heading` names clause and outcome."""

    clause: str
    heading: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((self.heading, *(f"  {line}" for line in self.lines)))


def explain(finding: Finding, source: Source | None = None) -> Explanation:
    """Put a finding into words.

    `source` tells where the value of a figure code and year comes from (公报、部门核定 …); by default, or where it
    returns nothing, the departments that verify the figure are named.
    """
    lines = [
        f"条款原文：「{finding.quote}」",
        *_comparison(finding),
        *([f"算式：{finding.formula}"] if finding.formula else []),
        *(f"数据：{_figure(used, source)}" for used in finding.figures),
        *([f"说明：{finding.reason}"] if finding.reason else []),
        *_next_step(finding),
    ]
    return Explanation(finding.clause, f"{finding.clause} {finding.label}：{finding.outcome.label}", tuple(lines))


def explain_all(assessment: Assessment, source: Source | None = None) -> str:
    """A whole assessment in words: who, when, the verdict, then every finding."""
    params = "、".join(f"{name}={value}" for name, value in assessment.params.items())
    opening = [
        f"{assessment.subject} {assessment.year} 年：{assessment.verdict.label}",
        f"条款集 {assessment.set}（{assessment.digest}），按 {assessment.on.isoformat()} 的要求评判",
        *([f"口径参数：{params}"] if params else []),
    ]
    return "\n\n".join(["\n".join(opening), *(str(explain(finding, source)) for finding in assessment.findings)])


def _comparison(finding: Finding) -> Iterable[str]:
    unit = f" {finding.unit}" if finding.unit else ""
    asked = ""
    if finding.threshold is not None and finding.operator:
        bounds = finding.threshold.split("..") if finding.operator == "between" else [_rounded(finding)]
        asked = f"要求{_SIGNS[finding.operator]} {' 至 '.join(bounds)}{unit}"
    if finding.value is None:
        return [f"{asked}，没有可比的数值"] if asked and finding.outcome is not Outcome.NOT_APPLICABLE else []
    return ["，".join(part for part in (f"实际 {finding.shown}{unit}", asked) if part)]


def _rounded(finding: Finding) -> str:
    """The threshold as it stands when it is short; else to as many places as set it apart from the value shown."""
    text = finding.threshold or ""
    if len(text) <= _SHORT or not finding.bounds:
        return text
    (bound, *_) = finding.bounds
    if finding.value is None:
        return decimals.show(bound)
    shown, places = decimals.parse(finding.shown), 2
    while True:
        rounded = decimals.show(bound, [finding.value], places)
        other = decimals.parse(rounded)
        if (shown < other) == (finding.value < bound) and (shown > other) == (finding.value > bound):
            return rounded
        places += 1


def _figure(used: Used, source: Source | None) -> str:
    figure = figures.find(used.code)
    value = "未报" if used.value is None else decimals.render(used.value)
    unit = f" {figure.unit}" if figure and figure.unit and used.value is not None else ""
    origin = source(used.code, used.year) if source else ""
    if not origin and figure and figure.verifiers:
        origin = f"由{figure.verifier}核定"
    return f"{used.year} 年 {figures.name(used.code)} {value}{unit}" + (f"，{origin}" if origin else "")


def _next_step(finding: Finding) -> Iterable[str]:
    if finding.decided:
        return []
    if finding.proposal:
        return [f"须由省科技厅签发裁定，建议{_PROPOSALS[finding.proposal]}"]
    if finding.outcome is Outcome.NOT_MET or (finding.outcome is Outcome.NOT_ASSESSABLE and finding.advice):
        return [f"怎么办：{finding.advice}"]
    return []
