"""Before anything is compared: denominators (分母), screening by availability (筛选), imputation (插补)."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from policy.composite.errors import CompositeError
from policy.composite.hierarchy import Hierarchy, Node
from policy.composite.tables import Table

Matrix = NDArray[np.float64]  # units × indicators; NaN is unknown, made here and nowhere read from a file
IMPUTATIONS = ("none", "indicator_mean", "group_mean")


def denominate(table: Table, tree: Hierarchy) -> Matrix:
    """Value ÷ denominator, exact and rounded once; unknown when either is. Shape units × indicators.

    Equal ratios give equal numbers, so ties stay ties. Raises CompositeError where a known value meets 0.
    """
    columns = [_divided(table, node) for node in tree.indicators]
    return np.array(columns, dtype=np.float64).reshape(len(tree.indicators), len(table.units)).T


def _divided(table: Table, node: Node) -> list[float]:
    values = table.columns[node.code]
    if not node.denominator:
        return [math.nan if value is None else float(value) for value in values]
    below = table.columns[node.denominator]
    ratios = []
    for unit, value, base in zip(table.units, values, below, strict=True):
        if value is None or base is None:
            ratios.append(math.nan)
        elif base == 0:
            raise CompositeError(
                f"数据：{unit} 的指标 {node.code} 要除以 {node.denominator}，而它是 0，无法相除；"
                "请改正分母，若分母未知请留空"
            )
        else:
            ratios.append(_float(value / base, unit, node))
    return ratios


def _float(ratio: Fraction, unit: str, node: Node) -> float:
    value = float(ratio) if abs(ratio) <= 10**300 else math.inf
    if math.isinf(value):
        raise CompositeError(f"数据：{unit} 的 {node.code} ÷ {node.denominator} 太大，无法计算；请核对计量单位")
    return value


def kept(values: Matrix, available: Fraction) -> list[bool]:
    """Which units stay: known level-1 indicators ÷ all level-1 indicators ≥ `available`, compared exactly.

    All indicators of the hierarchy count, also those of weight 0 and those unknown for everybody.
    """
    known = np.sum(~np.isnan(values), axis=1)
    return [Fraction(int(count), values.shape[1]) >= available for count in known]


def impute(values: Matrix, groups: Sequence[str] | None, method: str) -> Matrix:
    """Fill what is unknown with the mean of the known values of the indicator, or of its group.

    A group without a known value, and a unit without a group, take the indicator's mean; an indicator
    that nobody knows stays unknown. Raises CompositeError for group means without groups.
    """
    if method == "none":
        return values
    if method == "group_mean" and groups is None:
        raise CompositeError("插补方法 group_mean 需要数据文件有 group 列；请加上该列，或改用 indicator_mean")
    filled = values.copy()
    for column in range(values.shape[1]):
        known = values[:, column]
        overall = _mean(known)
        for row in np.flatnonzero(np.isnan(known)).tolist():
            own = math.nan
            if method == "group_mean" and groups is not None and groups[row]:
                own = _mean(known[[group == groups[row] for group in groups]])
            filled[row, column] = overall if math.isnan(own) else own
    return filled


def _mean(values: NDArray[np.float64]) -> float:
    known = [float(value) for value in values if not math.isnan(value)]
    return math.fsum(known) / len(known) if known else math.nan
