"""Clause sets: dated, quoted data, loaded with every fault named by file, clause and field."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from policy import decimals, figures, parameters
from policy.metrics import METRICS, RULES, Metric
from policy.outcomes import Audience, Kind
from policy.parameters import Settings
from policy.yamlfile import DataError, Entry, read
from policy.yamlfile import load as load_yaml

FOLDER = Path(__file__).with_name("clauses")
TEXTS = Path(__file__).with_name("texts")
OPERATORS = (">=", ">", "<=", "<", "between")
SUBJECT_DATES = ("listed_on", "applied_on")
_SET_FIELDS = ("name", "label", "title", "number", "date", "text", "requires", "default_on", "clauses")
_CLAUSE_FIELDS = (
    *("id", "label", "quote", "kind", "audience", "applies", "advice"),
    *("metric", "inputs", "parameters", "unit", "operator", "since", "thresholds"),
    "recommendation",
)


class UnknownSetError(DataError):
    """There is no clause set of that name."""


@dataclass(frozen=True)
class Threshold:
    """One dated threshold. `low` and `high` are the same number except for the operator `between`.

    `parameter` names the one that, when a caller gives it, replaces the number.
    """

    since: date
    text: str
    low: Fraction
    high: Fraction
    parameter: str = ""

    def under(self, settings: Settings) -> "Threshold":
        """The threshold with what the caller gave in its place."""
        if self.parameter not in settings.given:
            return self
        given = settings.number(self.parameter)
        return replace(self, text=decimals.render(given), low=given, high=given)


@dataclass(frozen=True)
class Input:
    """The figure codes behind a metric's input; which ones may hang on a parameter's value."""

    parameter: str
    options: Mapping[str, tuple[str, ...]]

    def codes(self, settings: Settings) -> tuple[str, ...]:
        return self.options[settings.text(self.parameter) if self.parameter else ""]


@dataclass(frozen=True)
class Clause:
    """One clause. Review clauses have no metric; two-sided metrics leave `thresholds` empty.

    `quotes` are exact fragments of the policy text, `advice` says what to do when it is not met.
    A `recommendation` is found like any other clause and left out of the verdict.
    """

    id: str
    label: str
    quotes: tuple[str, ...]
    kind: Kind
    audience: Audience
    applies: tuple[str, ...]
    advice: str
    metric: Metric | None = None
    inputs: Mapping[str, Input] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    unit: str = ""
    operator: str = ""
    since: date | None = None
    thresholds: tuple[Threshold, ...] = ()
    recommendation: bool = False

    @property
    def quote(self) -> str:
        return "……".join(self.quotes)

    @property
    def first_day(self) -> date | None:
        """The day from which the clause can be judged; None when it was never dated."""
        return self.thresholds[0].since if self.thresholds else self.since

    def threshold_on(self, day: date) -> Threshold | None:
        """The threshold in force on a day."""
        past = [threshold for threshold in self.thresholds if threshold.since <= day]
        return past[-1] if past else None


@dataclass(frozen=True)
class ClauseSet:
    """One file of clauses with the editable metadata of the policy; `digest` is of the file's bytes.

    `requires` names the dates that every subject must have; `default_on` says from where the judged day
    is taken: `year_end` or `applied_on`.
    """

    name: str
    label: str
    title: str
    number: str
    date: date | None
    text_file: str
    requires: tuple[str, ...]
    default_on: str
    clauses: tuple[Clause, ...]
    digest: str

    def of(self, audience: Audience) -> tuple[Clause, ...]:
        """The clauses that an audience sees, in order: the portal sees all."""
        if audience is Audience.PORTAL:
            return self.clauses
        return tuple(clause for clause in self.clauses if clause.audience is audience)

    def clause(self, clause_id: str) -> Clause:
        """One clause by id. Raises KeyError."""
        return {clause.id: clause for clause in self.clauses}[clause_id]

    def text(self) -> str:
        """The whole policy text that the clauses quote."""
        return read(TEXTS / self.text_file).decode("utf-8")


def names() -> tuple[str, ...]:
    """The clause sets there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load(name: str) -> ClauseSet:
    """Load a clause set by name. Raises UnknownSetError, or DataError naming file, clause and field."""
    if name not in names():
        raise UnknownSetError(f"没有条款集 {name!r}，可用：{'、'.join(names())}")
    return load_file(FOLDER / f"{name}.yaml")


def load_file(path: Path) -> ClauseSet:
    """Load a clause set from a file. Raises DataError naming file, clause and field."""
    content = read(path)
    root = Entry(path.name, load_yaml(content, path.name))
    root.only(*_SET_FIELDS)
    if root.text("name") != path.stem:
        raise root.fault("name", f"应与文件名 {path.stem} 一致")
    clauses: dict[str, Clause] = {}
    for number, fields in enumerate(root.items("clauses"), start=1):
        clause = _clause(path.name, number, fields)
        if clause.id in clauses:
            raise DataError(f"{path.name}：{clause.id}：字段 id：出现两次")
        clauses[clause.id] = clause
    return ClauseSet(
        name=root.text("name"),
        label=root.text("label"),
        title=root.text("title", empty=True),
        number=root.text("number", empty=True),
        date=root.day("date") if root.has("date") else None,
        text_file=root.text("text"),
        requires=_chosen(root, "requires", SUBJECT_DATES),
        default_on=root.choice("default_on", ("year_end", "applied_on")),
        clauses=tuple(clauses.values()),
        digest=f"sha256:{hashlib.sha256(content).hexdigest()}",
    )


def _clause(file: str, number: int, fields: object) -> Clause:
    entry = Entry(f"{file}：第 {number} 条", fields)
    entry.where = f"{file}：{entry.text('id')}"
    entry.only(*_CLAUSE_FIELDS)
    clause = Clause(
        id=entry.text("id"),
        label=entry.text("label"),
        quotes=entry.texts("quote") if isinstance(entry.value("quote"), list) else (entry.text("quote"),),
        kind=Kind(entry.choice("kind", tuple(Kind))),
        audience=Audience(entry.choice("audience", tuple(Audience))),
        applies=_chosen(entry, "applies", tuple(RULES)),
        advice=entry.text("advice"),
        recommendation=entry.flag("recommendation"),
    )
    if clause.kind is Kind.REVIEW:
        for measured in ("metric", "inputs", "parameters", "unit", "operator", "since", "thresholds"):
            if entry.has(measured):
                raise entry.fault(measured, "由人评审的条款没有这个字段")
        return clause
    return _measured(entry, clause)


def _measured(entry: Entry, clause: Clause) -> Clause:
    """Complete a clause that is judged by a metric."""
    metric = METRICS[entry.choice("metric", tuple(METRICS))]
    operator = entry.choice("operator", OPERATORS)
    if metric.two_sided and entry.has("thresholds"):
        raise entry.fault("thresholds", f"指标 {metric.name} 两方相比，没有阈值")
    if not metric.two_sided and entry.has("since"):
        raise entry.fault("since", "有阈值的条款从阈值的日期起施行，没有这个字段")
    inputs = _inputs(entry, metric)
    thresholds = () if metric.two_sided else _thresholds(entry, operator)
    return replace(
        clause,
        metric=metric,
        inputs=inputs,
        parameters=_parameters(entry, inputs, thresholds),
        unit=_unit(entry, metric, inputs),
        operator=operator,
        since=entry.day("since") if metric.two_sided else None,
        thresholds=thresholds,
    )


def _inputs(entry: Entry, metric: Metric) -> dict[str, Input]:
    inputs = Entry(f"{entry.where}：字段 inputs", entry.value("inputs"))
    inputs.only(*metric.inputs)
    return {name: _input(inputs, name) for name in metric.inputs}


def _input(inputs: Entry, name: str) -> Input:
    value = inputs.value(name)
    if not isinstance(value, dict):
        return Input("", {"": _codes(inputs, name)})
    if len(value) != 1:
        raise inputs.fault(name, "应为一个参数及其各个取值")
    parameter = str(next(iter(value)))
    if parameter not in parameters.CATALOGUE or not parameters.CATALOGUE[parameter].choices:
        raise inputs.fault(name, f"没有可选取值的参数 {parameter!r}")
    options = Entry(f"{inputs.where}：{name}：{parameter}", value[parameter])
    choices = parameters.CATALOGUE[parameter].choices
    options.only(*choices)
    return Input(parameter, {choice: _codes(options, choice) for choice in choices})


def _codes(entry: Entry, name: str) -> tuple[str, ...]:
    codes = entry.texts(name) if isinstance(entry.value(name), list) else (entry.text(name),)
    for code in codes:
        if figures.find(code) is None:
            raise entry.fault(name, f"指标目录中没有代码 {code!r}")
    return codes


def _parameters(entry: Entry, inputs: Mapping[str, Input], thresholds: tuple[Threshold, ...]) -> tuple[str, ...]:
    named = _chosen(entry, "parameters", tuple(parameters.CATALOGUE))
    used = [*(source.parameter for source in inputs.values()), *(item.parameter for item in thresholds)]
    for parameter in filter(None, used):
        if parameter not in named:
            raise entry.fault("parameters", f"应列出 {parameter}")
    return named


def _unit(entry: Entry, metric: Metric, inputs: Mapping[str, Input]) -> str:
    unit = entry.text("unit", empty=True)
    expected = {metric.unit}
    if metric.unit is None:
        found = (figures.find(code) for codes in inputs[metric.inputs[0]].options.values() for code in codes)
        expected = {figure.unit for figure in found if figure}
    if expected != {unit}:
        raise entry.fault("unit", f"应为 {'、'.join(str(item) for item in expected)!r}，不是 {unit!r}")
    return unit


def _thresholds(entry: Entry, operator: str) -> tuple[Threshold, ...]:
    thresholds: list[Threshold] = []
    for number, fields in enumerate(entry.items("thresholds"), start=1):
        item = Entry(f"{entry.where}：thresholds 第 {number} 项", fields)
        item.only("since", "value", "parameter")
        threshold = _threshold(item, operator)
        if thresholds and threshold.since <= thresholds[-1].since:
            raise item.fault("since", "应晚于前一项")
        thresholds.append(threshold)
    return tuple(thresholds)


def _threshold(item: Entry, operator: str) -> Threshold:
    text = item.text("value")
    bounds = text.split("..") if operator == "between" else [text]
    try:
        low, high = (decimals.parse(bound) for bound in (bounds if len(bounds) == 2 else bounds * 2))
    except ValueError as error:
        raise item.fault("value", f"不是十进制数：{text!r}") from error
    if (operator == "between") != (len(bounds) == 2) or low > high:
        raise item.fault("value", f"应写作 低..高，不是 {text!r}")
    parameter = ""
    if item.has("parameter"):
        numbers = tuple(name for name, known in parameters.CATALOGUE.items() if not known.choices)
        parameter = item.choice("parameter", numbers)
    return Threshold(item.day("since"), text, low, high, parameter)


def _chosen(entry: Entry, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """A list, perhaps left out, of words from a vocabulary."""
    words = entry.texts(name) if entry.has(name) else ()
    for word in words:
        if word not in choices:
            raise entry.fault(name, f"不能取 {word!r}，只能取 {'、'.join(choices)}")
    return words
