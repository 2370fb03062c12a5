"""Metrics of a park's standing: years under creation, rank, land secured for an expansion."""

from datetime import date
from fractions import Fraction
from math import ceil

from policy.metrics.registry import Measure, Scope, metric, written
from policy.outcomes import Outcome


@metric("years_since_listing", unit="年", inputs=())
def years_since_listing(scope: Scope) -> Measure:
    """Whole years from the listing to the application: P-II.3.0a. An anniversary of 29 February is 1 March."""
    listed_on, applied_on = scope.facts.listed_on, scope.facts.applied_on
    if listed_on is None or applied_on is None:
        missing = "列入创建名单日期（listed_on）" if listed_on is None else "申请认定日期（applied_on）"
        return Measure(outcome=Outcome.NOT_ASSESSABLE, reason=f"缺少{missing}")
    years = max(applied_on.year - listed_on.year, 0)
    if years and applied_on < _anniversary(listed_on, years):
        years -= 1
    return Measure(Fraction(years), f"{listed_on.isoformat()} 至 {applied_on.isoformat()}")


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@metric("rank", unit="", inputs=("rank",))
def rank(scope: Scope) -> Measure:
    """The rank itself, 1 being the best."""
    (place,) = scope.inputs("rank")
    return Measure(place, f"第 {written(place)} 名")


@metric("rank_in_top", unit="", inputs=("rank", "ranked"), two_sided=True)
def rank_in_top(scope: Scope) -> Measure:
    """The rank (observed) against the places of the top fraction, rounded up (threshold): AMB-23."""
    place, ranked = scope.inputs("rank", "ranked")
    fraction = scope.settings.text("top_fraction")
    places = ceil(ranked * scope.settings.number("top_fraction"))
    formula = f"第 {written(place)} 名，{written(ranked)} 个 × {fraction}，进一取整为 {places}"
    return Measure(place, formula, threshold=Fraction(places))


@metric("land_secured", unit="km²", inputs=("quota", "area"), two_sided=True)
def land_secured(scope: Scope) -> Measure:
    """Land quota in 公顷, turned into km² (observed), against the added area in km² (threshold)."""
    quota, area = scope.inputs("quota", "area")
    return Measure(quota / 100, f"{written(quota)} ÷ 100 比 {written(area)}", threshold=area)
