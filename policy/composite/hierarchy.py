"""The hierarchy of an index (指标体系): any depth, read from the meta file and checked as a tree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policy.composite import normalise, tables
from policy.composite.errors import CompositeError

NEEDED = ("code", "level", "parent", "weight", "direction")
OPTIONAL = ("denominator", "normalise", "target", "floor", "unit")
_DIRECTIONS = {"1": 1, "+1": 1, "1.0": 1, "-1": -1, "−1": -1, "-1.0": -1}
_OF_INDICATORS = ("denominator", "normalise", "target", "floor")


@dataclass(frozen=True)
class Node:
    """One row: an indicator at level 1, an aggregate above. `weight` counts among the parent's children."""

    code: str
    level: int
    parent: str
    weight: float
    direction: int = 1
    denominator: str = ""
    normalise: str = ""
    target: float | None = None
    floor: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Hierarchy:
    """A checked tree; aggregates stand lower levels first, so that children are known before parents."""

    indicators: tuple[Node, ...]
    aggregates: tuple[Node, ...]

    @property
    def root(self) -> Node:
        return self.aggregates[-1]

    @property
    def nodes(self) -> tuple[Node, ...]:
        return self.indicators + self.aggregates

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the data must have: indicators, then denominators."""
        denominators = (node.denominator for node in self.indicators if node.denominator)
        return tuple(dict.fromkeys((*(node.code for node in self.indicators), *denominators)))

    def children(self) -> dict[str, tuple[Node, ...]]:
        """The children of each aggregate, in the order of the file."""
        found: dict[str, tuple[Node, ...]] = {node.code: () for node in self.aggregates}
        for node in self.nodes:
            if node is not self.root:
                found[node.parent] += (node,)
        return found


def read(content: bytes, name: str) -> Hierarchy:
    """Read the meta file: `code, level, parent, weight, direction` and what is optional.

    Raises CompositeError naming line and column of what cannot be used.
    """
    _, given = tables.rows(content, name, NEEDED)
    nodes: dict[str, Node] = {}
    for line, row in given:
        node = _node(row, f"{name}：第 {line} 行")
        if node.code in nodes:
            raise CompositeError(f"{name}：第 {line} 行的代码 {node.code!r} 已经用过；每个代码只能有一行")
        nodes[node.code] = node
    blank = {row["code"] for _, row in given if row["weight"] in tables.MISSING}
    return checked(_equal_where_blank(nodes, blank, name), name)


def checked(nodes: Mapping[str, Node], name: str = "指标体系") -> Hierarchy:
    """Make a tree of nodes. Raises CompositeError for whatever is not one, and for useless weights."""
    for node in nodes.values():
        _check_place(node, nodes, name)
    top = max(node.level for node in nodes.values())
    roots = [node for node in nodes.values() if not node.parent]
    if len(roots) != 1 or roots[0].level != top:
        named = "、".join(f"{node.code}（第 {node.level} 级）" for node in roots)
        raise CompositeError(
            f"{name}：没有上级的有 {named}；只能有一个总指数，且在最高的第 {top} 级，其余各行请填 parent"
        )
    if top == 1:
        raise CompositeError(f"{name}：只有第 1 级指标，没有总指数；请加一行第 2 级，并让指标的 parent 指向它")
    tree = Hierarchy(
        tuple(node for node in nodes.values() if node.level == 1),
        tuple(sorted((node for node in nodes.values() if node.level > 1), key=lambda node: node.level)),
    )
    for parent, children in tree.children().items():
        if not children:
            raise CompositeError(f"{name}：{parent} 在第 1 级以上却没有下级；请给它下级，或删去这一行")
        if not any(child.weight for child in children):
            codes = "、".join(child.code for child in children)
            raise CompositeError(f"{name}：{parent} 的下级（{codes}）权重全为零，无法加权；请至少给一个正的权重")
    return tree


def _check_place(node: Node, nodes: Mapping[str, Node], name: str) -> None:
    """Walk up from a node: every parent exists, none comes twice, each stands on a higher level."""
    seen = [node.code]
    below = node
    while below.parent:
        if below.parent not in nodes:
            raise CompositeError(f"{name}：{below.code} 的上级 {below.parent!r} 不存在；请补上这一行或改正 parent")
        above = nodes[below.parent]
        if above.code in seen:
            raise CompositeError(f"{name}：上级关系成环：{' → '.join((*seen, above.code))}；请改正其中一个 parent")
        seen.append(above.code)
        below = above
    if node.parent and nodes[node.parent].level <= node.level:
        raise CompositeError(
            f"{name}：{node.code}（第 {node.level} 级）的上级 {node.parent} 在第 {nodes[node.parent].level} 级；"
            "上级的级次须更高，请改正 level 或 parent"
        )


def _equal_where_blank(nodes: Mapping[str, Node], blank: set[str], name: str) -> dict[str, Node]:
    """Children that all lack a weight are weighted equally; some with and some without is a fault."""
    for code in blank:
        node = nodes[code]
        weighted = [other for other in nodes.values() if other.parent == node.parent and other.code not in blank]
        if node.parent and weighted:
            raise CompositeError(
                f"{name}：{code} 没有权重，而同级的 {weighted[0].code} 有；请都填写，或都留空（即等权）"
            )
    return dict(nodes)


def _node(row: Mapping[str, str], where: str) -> Node:
    cells: dict[str, str] = {key: row.get(key, "") for key in (*NEEDED, *OPTIONAL)}
    code = cells.pop("code")
    if not code:
        raise CompositeError(f"{where}：code 是空的；每行须有代码")
    if code in (tables.UNIT, tables.GROUP, "rank"):
        raise CompositeError(f"{where}：代码不能是 {code!r}，它是输入或输出的列名；请换一个")
    where = f"{where}（{code}）"
    present = {key: "" if text in tables.MISSING else text for key, text in cells.items()}
    level = tables.number(present["level"], f"{where}的列 level")
    if level.denominator != 1 or not 1 <= level <= 1000:
        raise CompositeError(f"{where}的列 level：{present['level']!r} 应为正整数，第 1 级是指标")
    if level > 1:
        for key in _OF_INDICATORS:
            if present[key]:
                raise CompositeError(f"{where}的列 {key}：只有第 1 级指标才有；请留空")
    method = present["normalise"]
    if method and method not in normalise.METHODS:
        raise CompositeError(f"{where}的列 normalise：没有方法 {method!r}，可用：{'、'.join(normalise.METHODS)}")
    return Node(
        code=code,
        level=int(level),
        parent=present["parent"],
        weight=_weight(present["weight"], where),
        direction=_direction(present["direction"], int(level), where),
        denominator=present["denominator"],
        normalise=method,
        unit=present["unit"],
        **_points(present, where),
    )


def _points(present: Mapping[str, str], where: str) -> dict[str, Any]:
    return {
        key: float(tables.number(present[key], f"{where}的列 {key}")) if present[key] else None
        for key in ("target", "floor")
    }


def _weight(text: str, where: str) -> float:
    weight = tables.number(text, f"{where}的列 weight") if text else tables.number("1", where)
    if weight < 0:
        raise CompositeError(
            f"{where}的列 weight：权重 {text!r} 为负；权重须为零或正数，越小越好的指标请用 direction −1"
        )
    return float(weight)


def _direction(text: str, level: int, where: str) -> int:
    if not text and level > 1:
        return 1
    if text not in _DIRECTIONS:
        raise CompositeError(f"{where}的列 direction：{text!r} 应为 1（越大越好）或 -1（越小越好）")
    direction = _DIRECTIONS[text]
    if level > 1 and direction < 0:
        raise CompositeError(f"{where}的列 direction：-1 只用于第 1 级指标；第 {level} 级由已定向的得分合成，请填 1")
    return direction
