"""Outlier treatment (异常值处理): the JRC rule, winsorising first and a logarithm where that fails."""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from policy.composite.prepare import Matrix

TREATMENTS = ("none", "winsorise")
SKEWNESS = 2.0
KURTOSIS = 3.5
POINTS = 5
_EDGE = 1e-9

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Treatment:
    """What was done to one indicator: `none`, `winsorise` or `log`, and how many points were moved."""

    method: str
    points: int
    skewness: float | None
    kurtosis: float | None


def moments(values: Vector) -> tuple[float, float] | None:
    """Skewness and excess kurtosis, both sample-corrected (as e1071 type 2); None below 4 values or without spread.

    G1 = √(n(n−1))/(n−2) · m3/m2^1.5;  G2 = (n−1)/((n−2)(n−3)) · ((n+1)(m4/m2² − 3) + 6).
    Next to a threshold of the rule both are computed from exact fractions: of four values of which three are
    the same, G1 is exactly 2, whatever they are.
    """
    known = values[~np.isnan(values)]
    n = len(known)
    if n < 4 or known.max() == known.min():
        return None
    scaled = known / np.abs(known).max()
    deviations = scaled - math.fsum(scaled) / n
    largest = np.abs(deviations).max()
    if largest == 0.0:  # the spread is below what a float can tell from the mean
        return None
    deviations /= largest
    m2, m3, m4 = (math.fsum(deviations**power) / n for power in (2, 3, 4))
    skewness = math.sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5
    kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2**2 - 3) + 6)
    if min(abs(abs(skewness) - SKEWNESS), abs(kurtosis - KURTOSIS)) < _EDGE:
        return _exact_moments([Fraction(float(value)) for value in known])
    return skewness, kurtosis


def _exact_moments(values: list[Fraction]) -> tuple[float, float]:
    n = len(values)
    mean = sum(values, Fraction()) / n
    m2, m3, m4 = (sum(((value - mean) ** power for value in values), Fraction()) / n for power in (2, 3, 4))
    square = Fraction(n * (n - 1), (n - 2) ** 2) * m3**2 / m2**3
    kurtosis = Fraction(n - 1, (n - 2) * (n - 3)) * ((n + 1) * (m4 / m2**2 - 3) + 6)
    return math.copysign(math.sqrt(square), m3), float(kurtosis)


def is_outlying(found: tuple[float, float] | None) -> bool:
    """Both |skewness| ≥ 2 and excess kurtosis ≥ 3.5."""
    return found is not None and abs(found[0]) >= SKEWNESS and found[1] >= KURTOSIS


def winsorise(values: Vector) -> tuple[Vector, int]:
    """Pull in the most extreme value on the skewed side, tied points together, while the rule asks for it.

    Never more than 5 points in all: a step that would move a sixth is not taken. Returns the new values
    and how many points were moved; whether they satisfy the rule is for the caller to see.
    """
    pulled = values.copy()
    moved: set[int] = set()
    while True:
        found = moments(pulled)
        if found is None or not is_outlying(found):
            break
        known = pulled[~np.isnan(pulled)]
        extreme, rest = _extreme(known, found[0] >= 0)
        tied = {int(row) for row in np.flatnonzero(pulled == extreme)}
        if len(moved | tied) > POINTS:
            break
        moved |= tied
        pulled[list(tied)] = rest
    return pulled, len(moved)


def _extreme(known: Vector, high: bool) -> tuple[float, float]:
    """The extreme value on one side and the next one inwards."""
    ordered = np.unique(known)
    return (float(ordered[-1]), float(ordered[-2])) if high else (float(ordered[0]), float(ordered[1]))


def logarithm(values: Vector) -> Vector:
    """log(x − min + 0.01·(max − min)), defined for negative values too; keeps the order."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return np.asarray(np.log(values - low + 0.01 * (high - low)), dtype=np.float64)


def treat_one(values: Vector, may_log: bool = True) -> tuple[Vector, Treatment]:
    """Treat one indicator; the logarithm works on the original values, as the JRC's tool does.

    `may_log` is False for an indicator that is measured against fixed points in its own unit (target,
    goalposts): a logarithm would make the comparison meaningless, so it keeps its values instead.
    """
    before = moments(values)
    if not is_outlying(before):
        return values, _told("none", 0, before)
    pulled, points = winsorise(values)
    after = moments(pulled)
    if not is_outlying(after):
        return pulled, _told("winsorise", points, after)
    if not may_log:
        return values, _told("none", 0, before)
    logged = logarithm(values)
    return logged, _told("log", 0, moments(logged))


def treat(values: Matrix, method: str, may_log: list[bool]) -> tuple[Matrix, list[Treatment]]:
    """Treat every indicator by itself. Returns the new values and what was done to each."""
    columns = [values[:, column] for column in range(values.shape[1])]
    if method == "none":
        return values, [_told("none", 0, moments(column)) for column in columns]
    done = [treat_one(column, may) for column, may in zip(columns, may_log, strict=True)]
    return np.column_stack([column for column, _ in done]), [told for _, told in done]


def _told(method: str, points: int, found: tuple[float, float] | None) -> Treatment:
    return Treatment(method, points, *(found or (None, None)))
