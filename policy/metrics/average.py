"""The provincial average (全省平均水平): the whole province, or the unweighted mean of the year's parks (AMB-29)."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from policy import decimals, figures
from policy.metrics.changes import growth_above, growth_formula
from policy.metrics.registry import UNKNOWABLE, Measure, Scope, metric, written
from policy.outcomes import Outcome

AGGREGATE = "aggregate"
NO_PEERS = "缺少同年参评园区的数据（peers）"
Wanted = Sequence[tuple[str, int]]


def is_of_parks(scope: Scope) -> bool:
    """Whether the other side is the mean of the year's parks instead of the province's own figures."""
    return scope.settings.text("prov_avg_basis") != AGGREGATE


def of_parks(
    scope: Scope, wanted: Wanted, value: Callable[..., Fraction], formula: Callable[..., str], unknowable: str
) -> Measure:
    """The own value against the mean over all parks of the year, itself included.

    `value` and `formula` take the figures in the order `wanted` (code, years back); the last divides. One unknown
    figure of any park leaves it open, as the mean is then unknown.
    """
    own = scope.read(*wanted)
    if scope.facts.peers is None:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, reason=NO_PEERS)
    rows = [own]
    for number, peer in enumerate(scope.facts.peers, start=1):
        told = [peer.get(code, {}).get(scope.facts.year - back) for code, back in wanted]
        if unknown := [key for key, found in zip(wanted, told, strict=True) if found is None]:
            reason = unknown_of_peer(number, ((code, scope.facts.year - back) for code, back in unknown))
            return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula(*own), reason=reason)
        rows.append([found for found in told if found is not None])
    if any(row[-1] == 0 for row in rows):
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula(*own), reason=unknowable)
    values = [value(*row) for row in rows]
    mean = sum(values, Fraction(0)) / len(values)
    told_mean = decimals.amount(mean, [values[0]])
    words = f"{formula(*own)} 比 {len(rows)} 个园区的平均值 {told_mean}"
    return Measure(values[0], words, threshold=mean)


def unknown_of_peer(number: int, wanted: Iterable[tuple[str, int]]) -> str:
    """Which figures of which peer are unknown."""
    years: dict[int, list[str]] = {}
    for code, year in wanted:
        years.setdefault(year, []).append(figures.name(code))
    listed = "，".join(f"{year} 年 {'、'.join(names)}" for year, names in years.items())
    return f"缺少数据：同年第 {number} 个参评园区 {listed}"


@metric("growth_above_average", unit="%", inputs=("own", "other"), two_sided=True)
def growth_above_average(scope: Scope) -> Measure:
    """Own growth against that of the provincial total, or against the mean growth of the parks: P-II.3.2e to i."""
    if not is_of_parks(scope):
        return growth_above(scope)
    code = scope.code("own")
    return of_parks(
        scope,
        ((code, 0), (code, 1)),
        lambda now, before: 100 * (now / before - 1),
        growth_formula,
        "上年基数为 0，增速无意义",
    )


@metric("rd_intensity_above", unit="%", inputs=("rd", "product", "other_rd", "other_product"), two_sided=True)
def rd_intensity_above(scope: Scope) -> Measure:
    """R&D spending ÷ product, own (R&D in 万元, product in 亿元) against the province's (both in 亿元)."""
    return _level_above(
        scope,
        ("rd", "product", "other_rd", "other_product"),
        lambda rd, product: 100 * rd / 10_000 / product,
        lambda rd, product: 100 * rd / product,
        lambda rd, product: f"{written(rd)} ÷ 10000 ÷ {written(product)}",
        _division,
    )


@metric("ratio_above", unit="%", inputs=("part", "whole", "other_part", "other_whole"), two_sided=True)
def ratio_above(scope: Scope) -> Measure:
    """Own part ÷ whole against the province's, in per cent."""
    names = ("part", "whole", "other_part", "other_whole")
    return _level_above(scope, names, _percent, _percent, _division, _division)


@metric(
    "per_ten_thousand_above",
    unit="件/万人",
    inputs=("part", "whole", "other_part", "other_whole"),
    two_sided=True,
)
def per_ten_thousand_above(scope: Scope) -> Measure:
    """Own 件 per 10⁴ persons against the province's; both sides count persons."""
    names = ("part", "whole", "other_part", "other_whole")
    return _level_above(scope, names, _per_ten_thousand, _per_ten_thousand, _times, _times)


def _level_above(
    scope: Scope,
    names: tuple[str, str, str, str],
    own: Callable[[Fraction, Fraction], Fraction],
    other: Callable[[Fraction, Fraction], Fraction],
    own_words: Callable[[Fraction, Fraction], str],
    other_words: Callable[[Fraction, Fraction], str],
) -> Measure:
    """A level of the park (part, whole) against that of the province, each computed in its own units."""
    if is_of_parks(scope):
        wanted = tuple((scope.code(name), 0) for name in names[:2])
        return of_parks(scope, wanted, own, own_words, UNKNOWABLE)
    part, whole, other_part, other_whole = scope.inputs(*names)
    formula = f"{own_words(part, whole)} 比 {other_words(other_part, other_whole)}"
    if whole == 0 or other_whole == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason=UNKNOWABLE)
    return Measure(own(part, whole), formula, threshold=other(other_part, other_whole))


def _percent(part: Fraction, whole: Fraction) -> Fraction:
    return 100 * part / whole


def _per_ten_thousand(part: Fraction, whole: Fraction) -> Fraction:
    return 10_000 * part / whole


def _division(part: Fraction, whole: Fraction) -> str:
    return f"{written(part)} ÷ {written(whole)}"


def _times(part: Fraction, whole: Fraction) -> str:
    return f"{_division(part, whole)} × 10000"
