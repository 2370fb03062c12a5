"""The stages of a composite index in the handbook's order, each stored with its parameters and its digest."""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction

import numpy as np

from policy.composite import aggregate, normalise, prepare, treat, weights
from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy
from policy.composite.prepare import Matrix
from policy.composite.tables import Table

AVAILABLE = Fraction(66, 100)
STAGES = ("denominate", "screen", "impute", "treat", "direction", "normalise", "aggregate", "rank")


@dataclass(frozen=True)
class Options:
    """How an index is built. `levels` overrides `aggregate` for single levels. Raises CompositeError."""

    normalise: str = "minmax"
    aggregate: str = "arithmetic"
    impute: str = "none"
    treat: str = "none"
    available: Fraction = AVAILABLE
    weights: str = "given"
    levels: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value, known in (
            ("normalise", self.normalise, normalise.METHODS),
            ("impute", self.impute, prepare.IMPUTATIONS),
            ("treat", self.treat, treat.TREATMENTS),
            ("weights", self.weights, tuple(weights.CHOOSERS)),
            *(("aggregate", method, aggregate.METHODS) for method in (self.aggregate, *self.levels.values())),
        ):
            if value not in known:
                raise CompositeError(f"选项 {name}：没有方法 {value!r}，可用：{'、'.join(known)}")
        if not 0 <= self.available <= 1:
            raise CompositeError(f"选项 available：{float(self.available)!r} 应在 0 与 1 之间，是所需指标的最低比例")

    def methods(self, tree: Hierarchy) -> dict[int, str]:
        """The mean of each level of aggregates. Raises CompositeError for a level that there is not."""
        found = {node.level: self.aggregate for node in tree.aggregates}
        for level, method in self.levels.items():
            if level not in found:
                raise CompositeError(
                    f"选项 aggregate：第 {level} 级没有要合成的项目；有的级次：{'、'.join(map(str, found))}"
                )
            found[level] = method
        return found


@dataclass(frozen=True)
class Stage:
    """One stage as stored: what it was given, how it was set, and its result, by digest and as a table."""

    name: str
    parameters: Mapping[str, object]
    source: str
    units: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[float | int | None, ...], ...]

    @property
    def text(self) -> str:
        """The result as CSV, numbers in full, unknown ones empty."""
        return table_text(
            ("unit", *self.columns), ((unit, *row) for unit, row in zip(self.units, self.rows, strict=True))
        )

    @property
    def digest(self) -> str:
        return digest_of(self.text.encode())


@dataclass(frozen=True)
class Index:
    """A built index. `scores` and `ranks` cover every unit of the data; a screened one has NaN and None."""

    units: tuple[str, ...]
    tree: Hierarchy
    options: Options
    kept: tuple[str, ...]
    directed: Matrix
    normalised: Matrix
    scores: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]
    ranks: tuple[int | None, ...]
    weights: Mapping[str, float]
    stages: tuple[Stage, ...]

    @property
    def text(self) -> str:
        """`unit, <code of each aggregate>…, rank` as CSV in the order of the data."""
        return self.stages[-1].text


def digest_of(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def table_text(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """CSV with `\\n` and quotes only where needed; floats as the shortest text that reads back the same."""
    return "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in (header, *lines))


def _quoted(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    text = repr(cell) if isinstance(cell, float) else str(cell)
    if any(mark in text for mark in ',"\n\r') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


class _Record:
    """Collects the stages; each takes the digest of the one before as its source."""

    def __init__(self, table: Table, tree: Hierarchy) -> None:
        rows = zip(table.units, *(table.columns[code] for code in tree.columns), strict=True)
        exact = ((row[0], *(None if cell is None else str(cell) for cell in row[1:])) for row in rows)
        self.source = digest_of(table_text(("unit", *tree.columns), exact).encode())
        self.codes = tuple(node.code for node in tree.indicators)
        self.stages: list[Stage] = []

    def add(
        self, name: str, parameters: Mapping[str, object], units: Sequence[str], values: Matrix,
        columns: Sequence[str] | None = None, places: Sequence[int | None] | None = None,
    ) -> None:  # fmt: skip
        rows: list[tuple[float | int | None, ...]] = [tuple(float(cell) for cell in row) for row in values]
        if places is not None:
            rows = [(*row, place) for row, place in zip(rows, places, strict=True)]
        stage = Stage(name, parameters, self.source, tuple(units), tuple(columns or self.codes), tuple(rows))
        self.source = stage.digest
        self.stages.append(stage)


def build(table: Table, tree: Hierarchy, options: Options | None = None) -> Index:
    """Build an index from exact data. Raises CompositeError for what cannot be computed."""
    options = options or Options()
    means = options.methods(tree)
    methods = {node.code: normalise.method_of(node, options.normalise) for node in tree.indicators}
    record = _Record(table, tree)
    kept, directed = _prepared(table, tree, options, methods, record)
    normalised = normalised_by(tree, methods, directed)
    record.add("normalise", _scales(tree, methods), kept, normalised)
    found, used = aggregate.climb(tree, kept, normalised, means, weights.CHOOSERS[options.weights])
    codes = [node.code for node in tree.aggregates]
    record.add(
        "aggregate",
        {"methods": {str(level): method for level, method in means.items()}, "from": options.weights, "weights": used},
        kept, np.column_stack([found[code] for code in codes]), codes,
    )  # fmt: skip
    scores = {code: _spread_out(table.units, kept, found[code]) for code in found}
    ranks = aggregate.ranks(scores[tree.root.code])
    everywhere = np.column_stack([scores[code] for code in codes])
    record.add("rank", {"ties": "best"}, table.units, everywhere, [*codes, "rank"], ranks)
    return Index(
        table.units, tree, options, kept, directed, normalised, scores, tuple(ranks), used, tuple(record.stages)
    )


def _prepared(
    table: Table, tree: Hierarchy, options: Options, methods: Mapping[str, str], record: _Record
) -> tuple[tuple[str, ...], Matrix]:
    """The stages before normalising: the units that stay, and their directed values."""
    values = prepare.denominate(table, tree)
    divided = {node.code: node.denominator for node in tree.indicators if node.denominator}
    record.add("denominate", {"denominators": divided}, table.units, values)
    stays = prepare.kept(values, options.available)
    kept = tuple(unit for unit, stay in zip(table.units, stays, strict=True) if stay)
    groups = [group for group, stay in zip(table.groups, stays, strict=True) if stay] if table.groups else None
    values = values[np.array(stays, dtype=bool)]
    left = [unit for unit, stay in zip(table.units, stays, strict=True) if not stay]
    record.add("screen", {"available": str(options.available), "left": left}, kept, values)
    values = prepare.impute(values, groups, options.impute)
    record.add("impute", {"method": options.impute, "groups": groups}, kept, values)
    may_log = [methods[node.code] not in normalise.FIXED for node in tree.indicators]
    values, done = treat.treat(values, options.treat, may_log)
    told = {node.code: asdict(one) for node, one in zip(tree.indicators, done, strict=True)}
    record.add("treat", {"method": options.treat, "done": told}, kept, values)
    directions = [node.direction for node in tree.indicators]
    values = values * np.array(directions, dtype=np.float64) + 0.0  # no negative zero
    record.add("direction", dict(zip(record.codes, directions, strict=True)), kept, values)
    return kept, values


def normalised_by(tree: Hierarchy, methods: Mapping[str, str], directed: Matrix) -> Matrix:
    """Normalise every indicator by the method that `methods` names for its code."""
    return np.column_stack(
        [normalise.normalise(node, methods[node.code], directed[:, at]) for at, node in enumerate(tree.indicators)]
    )


def _scales(tree: Hierarchy, methods: Mapping[str, str]) -> dict[str, object]:
    return {
        node.code: {"method": methods[node.code], "target": node.target, "floor": node.floor}
        for node in tree.indicators
    }


def _spread_out(units: Sequence[str], kept: Sequence[str], scores: Matrix) -> Matrix:
    """Scores of the kept units in the places of all units; NaN for the others."""
    known = dict(zip(kept, scores, strict=True))
    return np.array([known.get(unit, math.nan) for unit in units], dtype=np.float64)
