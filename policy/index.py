"""The tree of an index version (指标体系): read from plain data, checked against clauses, figures and P-II.2.4c."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from policy import clauses, decimals, figures
from policy.clauses import Clause
from policy.composite import hierarchy
from policy.composite.errors import CompositeError
from policy.figures import Level, Type
from policy.yamlfile import Entry, load, read

FOLDER = Path(__file__).with_name("index_defaults")
WHOLE = Fraction(100)
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED = ("unit", "group", "rank")
TARGET, DIFFERENCE, FIGURE, GROWTH, RISE, REVIEW = KINDS = (
    "target",
    "difference",
    "figure",
    "growth",
    "rise",
    "review",
)
KIND_LABELS: Mapping[str, str] = {
    TARGET: "目标型（观测值 ÷ 目标值，0 至 1）",
    DIFFERENCE: "增速差（本园区 − 整体）",
    FIGURE: "数据或比值",
    GROWTH: "增长率",
    RISE: "占比变化（百分点）",
    REVIEW: "定性评分",
}
OF_CLAUSES = (TARGET, DIFFERENCE)
OF_FIGURES = (FIGURE, GROWTH, RISE)
# What a target-type indicator may be measured by is fixed; the others choose.
METHODS = ("minmax", "rank", "percentile")
LEVELS: Mapping[str, tuple[Level, ...]] = {
    "creating": (Level.PARK, Level.ZONE),
    "recognised": (Level.PARK, Level.ZONE),
    "city": (Level.CITY,),
    "county": (Level.CITY,),
}
# P-II.2.4c asks it of the parks' indices.
MOSTLY_INCREMENT = ("creating", "recognised")
FIELDS = (
    *("code", "label", "level", "parent", "weight", "kind", "clause", "quote", "numerator", "denominator"),
    *("direction", "normalise", "incremental", "unit", "formula", "card"),
)


@dataclass(frozen=True)
class Part:
    """One node: an indicator at level 1, a dimension above. `weight` is its share of 100, a plain decimal.

    `numerator` are figure codes that are added up; `card` is the metadata card (指标卡) by its field's name.
    """

    code: str
    label: str
    level: int
    parent: str
    weight: str
    kind: str = ""
    clause: str = ""
    quote: str = ""
    numerator: tuple[str, ...] = ()
    denominator: str = ""
    direction: int = 1
    normalise: str = ""
    incremental: bool = False
    unit: str = ""
    formula: str = ""
    card: Mapping[str, str] = field(default_factory=dict)

    @property
    def share(self) -> Fraction:
        """The weight as an exact number. Raises ValueError where it is none."""
        return decimals.parse(self.weight)

    @property
    def method(self) -> str:
        """How an indicator is put on the scale: a target's and a reviewer's score have points of their own."""
        return {TARGET: "target", REVIEW: "goalposts"}.get(self.kind) or self.normalise or "minmax"

    @property
    def kind_label(self) -> str:
        return KIND_LABELS.get(self.kind, "")

    def as_json(self) -> dict[str, Any]:
        """Plain data, without what is left empty; `from_json` reads it back."""
        own = {name: getattr(self, name) for name in FIELDS}
        own |= {"numerator": list(self.numerator), "card": dict(self.card)}
        always = ("code", "label", "level", "parent", "weight", "direction")
        return {name: value for name, value in own.items() if value or name in always}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Part:
        """One node of plain data; fields that are lacking take their default."""
        known = {name: row[name] for name in FIELDS if name in row}
        known["numerator"] = tuple(known.get("numerator", ()))
        return cls(**known)

    @property
    def own_quote(self) -> str:
        """The words of the policy that the node rests on: its own quotation, else its clause's."""
        found = clause_of(self.clause)
        return self.quote or (found.quote if found else "")


@dataclass(frozen=True)
class Default:
    """A version as the project brings it, before anybody signed it."""

    list: str
    title: str
    valid_from: int
    basis: tuple[str, ...]
    tree: tuple[Part, ...]


def parts(rows: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The nodes of a stored tree."""
    return tuple(Part.from_json(row) for row in rows)


def indicators(tree: Iterable[Part]) -> tuple[Part, ...]:
    """The nodes of level 1."""
    return tuple(part for part in tree if part.level == 1)


@cache
def _clauses() -> dict[str, tuple[str, Clause]]:
    found: dict[str, tuple[str, Clause]] = {}
    for name in clauses.names():
        for clause in clauses.load(name).clauses:
            found.setdefault(clause.id, (name, clause))
    return found


def clause_of(clause_id: str) -> Clause | None:
    """A clause of any set by its id."""
    found = _clauses().get(clause_id)
    return found[1] if found else None


@cache
def _texts() -> str:
    return "".join(read(path).decode() for path in sorted(clauses.TEXTS.glob("*.txt")))


def total(tree: Iterable[Part]) -> Fraction:
    """The sum of the indicators' weights; 100 in a version that may be signed."""
    return sum((part.share for part in indicators(tree)), Fraction(0))


def increments(tree: Iterable[Part]) -> Fraction:
    """The sum of the weights of the indicators of increment and growth (P-II.2.4c)."""
    return sum((part.share for part in indicators(tree) if part.incremental), Fraction(0))


def tidy(tree: Sequence[Part]) -> tuple[Part, ...]:
    """The tree with levels counted from below and each dimension weighing what its indicators weigh together.

    Nodes whose parents are lacking or go in a circle keep what they have: `faults` names them.
    """
    below: dict[str, list[Part]] = {}
    for part in tree:
        below.setdefault(part.parent, []).append(part)
    done: dict[str, Part] = {}

    def visit(part: Part, seen: tuple[str, ...]) -> Part:
        if part.kind or part.code in seen:
            return replace(part, level=1) if part.kind else part
        children = [visit(child, (*seen, part.code)) for child in below.get(part.code, [])]
        for child in children:
            done[child.code] = child
        weights = [child.share for child in children]
        return replace(
            part,
            level=1 + max((child.level for child in children), default=1),
            weight=decimals.render(sum(weights, Fraction(0))),
        )

    for part in below.get("", []):
        done[part.code] = visit(part, ())
    return tuple(done.get(part.code, part) for part in tree)


def in_order(tree: Sequence[Part], parent: str = "", depth: int = 0) -> list[tuple[int, Part]]:
    """The nodes from the root down, each with its depth; siblings in the order of the tree."""
    found = []
    for part in tree:
        if part.parent == parent and depth < len(tree):
            found += [(depth, part), *in_order(tree, part.code, depth + 1)]
    return found


def nodes(tree: Iterable[Part], targets: Mapping[str, str] | None = None) -> dict[str, hierarchy.Node]:
    """The tree for the composite engine; `targets` are the thresholds of the target-type indicators."""
    given = targets or {}
    return {
        part.code: hierarchy.Node(
            code=part.code,
            level=part.level,
            parent=part.parent,
            weight=float(part.share),
            direction=part.direction,
            denominator=part.denominator if part.kind == FIGURE else "",
            normalise=part.method if part.level == 1 else "",
            target=float(decimals.parse(given[part.code])) if part.code in given else None,
            floor=0.0 if part.kind == REVIEW else None,
        )
        for part in tree
    }


def faults(tree: tuple[Part, ...], ranking: str) -> list[str]:
    """What stands against signing a tree for a list (creating, recognised, city, county), in words; none: it may be."""
    if not tree:
        return ["指标体系是空的，请先添加总指数、维度和指标。"]
    found = [fault for part in tree for fault in _faults_of(part, ranking)]
    repeated = {part.code for part in tree if sum(other.code == part.code for other in tree) > 1}
    found += [f"代码 {code} 用了不止一次，每个代码只能有一行。" for code in sorted(repeated)]
    if found:
        return found
    try:
        checked = hierarchy.checked(nodes(tree))
    except CompositeError as error:
        return [str(error)]
    return [*_sums(tree, checked), *_increments(tree, ranking)]


def _sums(tree: tuple[Part, ...], checked: hierarchy.Hierarchy) -> list[str]:
    found = []
    if (whole := total(tree)) != WHOLE:
        found.append(f"各指标权重之和为 {decimals.render(whole)}，应为 100。")
    shares = {part.code: part for part in tree}
    for code, below in checked.children().items():
        added = sum((shares[child.code].share for child in below), Fraction(0))
        if shares[code].share != added:
            part = shares[code]
            found.append(f"{part.label}的权重为 {part.weight}，其下各项之和为 {decimals.render(added)}，两者应相等。")
    return found


def _increments(tree: tuple[Part, ...], ranking: str) -> list[str]:
    if ranking not in MOSTLY_INCREMENT or (found := increments(tree)) * 2 > total(tree):
        return []
    return [f"增量、增速类指标的权重为 {decimals.render(found)}，应超过一半（P-II.2.4c 以增量考核为主）。"]


def _faults_of(part: Part, ranking: str) -> Iterable[str]:
    name = part.label or part.code
    if not part.label.strip():
        yield f"{part.code}：没有名称。"
    if not CODE.fullmatch(part.code) or part.code in RESERVED:
        yield f"{name}：代码 {part.code!r} 应为小写字母、数字和下划线，以字母开头，不能是 {'、'.join(RESERVED)}。"
    if part.level < 1:
        yield f"{name}：级次应为 1（指标）或更高（维度、总指数）。"
    try:
        if part.share < 0:
            yield f"{name}：权重不能为负；越小越好的指标，请把方向改为“越小越好”。"
    except ValueError:
        yield f"{name}：权重 {part.weight!r} 应为十进制数，例如 8 或 6.25。"
    if part.level == 1:
        yield from _faults_of_indicator(part, name, ranking)
    elif part.kind:
        yield f"{name}：只有第 1 级指标有计算方式。"


def _faults_of_indicator(part: Part, name: str, ranking: str) -> Iterable[str]:
    if part.kind not in KINDS:
        yield f"{name}：没有选计算方式。"
    if part.direction not in (1, -1):
        yield f"{name}：方向应为越大越好或越小越好。"
    if part.kind not in (TARGET, REVIEW) and part.normalise and part.normalise not in METHODS:
        yield f"{name}：无量纲化方法可用 {'、'.join(METHODS)}。"
    yield from _faults_of_clause(part, name)
    if part.kind in OF_FIGURES:
        yield from _faults_of_figures(part, name, ranking)


def _faults_of_clause(part: Part, name: str) -> Iterable[str]:
    """Every indicator rests on a clause: one of the clause sets, or words that stand in the policy."""
    clause = clause_of(part.clause)
    if not part.clause:
        yield f"{name}：没有写明依据的条款。"
    elif part.quote and part.quote not in _texts():
        yield f"{name}：所引“{part.quote}”不见于两份政策原文，请逐字引用。"
    elif clause is None and (part.kind in OF_CLAUSES or not part.quote):
        yield f"{name}：条款集中没有 {part.clause}；请改正，或引用政策原文。"
    if clause is None or part.kind not in OF_CLAUSES:
        return
    if clause.metric is None:
        yield f"{name}：条款 {part.clause} 由人评审，没有可计算的指标。"
    elif clause.metric.two_sided != (part.kind == DIFFERENCE):
        other = "是两方相比，应选“增速差”" if clause.metric.two_sided else "有目标值，应选“目标型”"
        yield f"{name}：条款 {part.clause} {other}。"
    elif part.kind == TARGET and clause.operator not in ((">=", ">") if part.direction > 0 else ("<=", "<")):
        yield f"{name}：条款 {part.clause} 的比较方向与指标的方向不一致。"


def _faults_of_figures(part: Part, name: str, ranking: str) -> Iterable[str]:
    if not part.numerator:
        yield f"{name}：没有选数据。"
    if part.kind == RISE and not part.denominator:
        yield f"{name}：占比变化需要分母。"
    if part.kind == GROWTH and part.denominator:
        yield f"{name}：增长率不用分母。"
    for code in (*part.numerator, *filter(None, [part.denominator])):
        figure = figures.find(code)
        if figure is None:
            yield f"{name}：指标目录中没有代码 {code}。"
        elif figure.type is Type.TEXT:
            yield f"{name}：{figures.name(code)}是文字，不能计算。"
        elif figure.level not in LEVELS[ranking]:
            yield f"{name}：{figures.name(code)}是{figure.level.label}的数据，不能用于这一名单。"


@cache
def default(ranking: str) -> Default:
    """The version of C.5 for a list. Raises DataError naming file and field."""
    path = FOLDER / f"{ranking}.yaml"
    root = Entry(path.name, load(read(path), path.name))
    root.only("list", "title", "valid_from", "basis", "nodes")
    if root.choice("list", tuple(LEVELS)) != ranking:
        raise root.fault("list", f"应与文件名 {ranking} 一致")
    valid_from = root.value("valid_from")
    if not isinstance(valid_from, int):
        raise root.fault("valid_from", f"应为年份，不是 {valid_from!r}")
    tree = tuple(_part(Entry(f"{path.name}：第 {n} 个", row)) for n, row in enumerate(root.items("nodes"), start=1))
    return Default(ranking, root.text("title"), valid_from, root.texts("basis"), tree)


def _part(entry: Entry) -> Part:
    entry.only(*FIELDS)
    row = {name: entry.value(name) for name in FIELDS if entry.has(name)}
    for name in ("code", "label", "weight"):
        entry.text(name)
    row.setdefault("parent", "")
    level = row.setdefault("level", 1)
    if not isinstance(level, int):
        raise entry.fault("level", f"应为整数，不是 {level!r}")
    if isinstance(row.get("numerator"), str):
        row["numerator"] = [row["numerator"]]
    return Part.from_json(row)
