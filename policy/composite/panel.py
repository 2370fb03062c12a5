"""A panel (多年面板): several years on one scale, so that a score may be compared with last year's."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from policy.composite import hierarchy, normalise, pipeline, prepare, tables
from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy
from policy.composite.pipeline import Index, Options
from policy.composite.prepare import Matrix
from policy.composite.tables import Table


@dataclass(frozen=True)
class Panel:
    """The index of each period, all measured on the fixed goalposts `posts` (code → worst, best, raw unit)."""

    periods: Mapping[str, Index]
    posts: Mapping[str, tuple[float, float]]


def build(given: Mapping[str, Table], tree: Hierarchy, options: Options, base: str | None = None) -> Panel:
    """Build every period on goalposts fixed once: the range of the base period, or of all periods.

    Under minmax each indicator's least and greatest value (after denominators, screening and imputation
    within its own period) become its goalposts; a value beyond those of the base period is cut to 0 or 100, as
    goalposts are. Indicators with a target or goalposts of their own are fixed already. The posts may be
    written into a meta file (`normalise` goalposts, `floor`, `target`) to score later years by.
    Raises CompositeError for a method without fixed points (zscore, rank, percentile), for outlier treatment,
    which would move the points with each year's data, and for an unknown base period.
    """
    if base is not None and base not in given:
        raise CompositeError(f"面板：没有基期 {base!r}；有的期：{'、'.join(given)}")
    posts = posts_of([table for period, table in given.items() if base in (None, period)], tree, options)
    nodes = {node.code: node for node in tree.nodes}
    for code, (floor, target) in posts.items():
        nodes[code] = replace(nodes[code], normalise="goalposts", floor=floor, target=target)
    fixed = Hierarchy(
        tuple(nodes[node.code] for node in tree.indicators), tuple(nodes[node.code] for node in tree.aggregates)
    )
    return Panel({period: pipeline.build(table, fixed, options) for period, table in given.items()}, posts)


def posts_of(base: Sequence[Table], tree: Hierarchy, options: Options) -> dict[str, tuple[float, float]]:
    """The worst and the best value of each minmax indicator over some periods. Raises CompositeError."""
    if options.treat != "none":
        raise CompositeError("面板：异常值处理随各年数据而变，固定上下限时不能用；请改为 none")
    values = np.vstack([_prepared(table, tree, options) for table in base])
    posts: dict[str, tuple[float, float]] = {}
    for at, node in enumerate(tree.indicators):
        method = normalise.method_of(node, options.normalise)
        if method in normalise.FIXED:
            continue
        if method != "minmax":
            raise CompositeError(
                f"面板：指标 {node.code} 的方法 {method} 没有固定的上下限；请用 minmax、target 或 goalposts"
            )
        known = values[:, at][~np.isnan(values[:, at])]
        if not len(known) or known.min() == known.max():
            raise CompositeError(
                f"面板：指标 {node.code} 在基期内没有差异，定不出上下限；请在元数据中给 floor 和 target"
            )
        ends = (float(known.min()), float(known.max()))
        posts[node.code] = ends if node.direction > 0 else (ends[1], ends[0])
    return posts


def write_posts(meta: bytes, name: str, posts: Mapping[str, tuple[float, float]]) -> bytes:
    """A meta file with goalposts in it, to score by; the other cells stay. Raises CompositeError."""
    header, rows = tables.rows(meta, name, hierarchy.NEEDED)
    columns = list(dict.fromkeys((*header, "normalise", "floor", "target")))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for _line, row in rows:
        if row["code"] in posts:
            floor, target = posts[row["code"]]
            row |= {"normalise": "goalposts", "floor": repr(floor), "target": repr(target)}
        writer.writerow(row)
    return text.getvalue().encode()


def _prepared(table: Table, tree: Hierarchy, options: Options) -> Matrix:
    values = prepare.denominate(table, tree)
    stays = prepare.kept(values, options.available)
    groups = [group for group, stay in zip(table.groups, stays, strict=True) if stay] if table.groups else None
    return prepare.impute(values[np.array(stays, dtype=bool)], groups, options.impute)
