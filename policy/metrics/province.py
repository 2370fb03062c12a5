"""Metrics of the province-wide targets of the Twelfth Five-Year Plan and of the cities' yearly duty."""

from fractions import Fraction
from math import ceil

from policy.metrics.registry import UNKNOWABLE, Measure, MissingFigureError, Scope, metric, written
from policy.outcomes import Outcome

# 「十二五」 runs from 2011 to 2015; its growth is counted from the year before it.
BASE_YEAR = 2010


@metric("count", unit="个", inputs=("value",))
def count(scope: Scope) -> Measure:
    """A number of cities, counties or institutes, under the judged year."""
    (value,) = scope.inputs("value")
    return Measure(value, written(value))


@metric("nested_count", unit="个", inputs=("value", "nested"))
def nested_count(scope: Scope) -> Measure:
    """A number out of nested ones, widest first; a narrower one above a wider one is noted: C-IV.2h."""
    (value,) = scope.inputs("value")
    codes = scope.codes["nested"]
    own = codes.index(scope.code("value"))
    others = [scope.facts.figures.get(code, {}).get(scope.facts.year) for code in codes]
    broken = any(other is not None and other < value for other in others[:own]) or any(
        other is not None and other > value for other in others[own + 1 :]
    )
    return Measure(value, written(value), reason="各档家数不成包含关系，请核对" if broken else "")


@metric("national_cities", unit="个", inputs=("value", "base"))
def national_cities(scope: Scope) -> Measure:
    """National innovative cities against the clause's number, or a third of the recognised: C-III.3d, AMB-28."""
    if scope.settings.text("national_city_base") == "all":
        return count(scope)
    try:
        value, base = scope.inputs("value", "base")
    except MissingFigureError as missing:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, reason=str(missing), unbounded=True)
    third = ceil(base / 3)
    return Measure(value, f"{written(value)} 比 {written(base)} ÷ 3（进一取整为 {third}）", threshold=Fraction(third))


@metric("multiple_since_base", unit="", inputs=("value",))
def multiple_since_base(scope: Scope) -> Measure:
    """This year ÷ 2010: C-III.3b, AMB-27."""
    now, before = _since_base(scope)
    formula = f"{written(now)} ÷ {written(before)}"
    if before == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason=UNKNOWABLE)
    return Measure(now / before, formula)


@metric("growth_above_plan", unit="%", inputs=("value", "plan"), two_sided=True)
def growth_above_plan(scope: Scope) -> Measure:
    """Growth from 2010 to this year against the plan's growth, both in per cent: C-III.3g."""
    code = scope.code("value")
    now, before, plan = scope.read((code, 0), (code, scope.facts.year - BASE_YEAR), (scope.code("plan"), 0))
    formula = f"{written(now)} ÷ {written(before)} − 1 比 {written(plan)}%"
    if before == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason="2010 年基数为 0，增速无意义")
    return Measure(100 * (now / before - 1), formula, threshold=plan)


@metric("rate_above_plan", unit="%", inputs=("part", "whole", "rate", "plan"), two_sided=True)
def rate_above_plan(scope: Scope) -> Measure:
    """The year's part ÷ whole against the plan's rate; a rate given itself serves where both parts are unknown."""
    part, whole = scope.look(scope.code("part")), scope.look(scope.code("whole"))
    rate = scope.look(scope.code("rate"))
    if part is None and whole is None and rate is not None:
        (plan,) = scope.inputs("plan")
        return Measure(rate, f"{written(rate)}% 比 {written(plan)}%", threshold=plan)
    part, whole, plan = scope.inputs("part", "whole", "plan")
    formula = f"{written(part)} ÷ {written(whole)} 比 {written(plan)}%"
    if whole == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason=UNKNOWABLE)
    return Measure(100 * part / whole, formula, threshold=plan)


@metric("growth_lead", unit="pp", inputs=("own", "other"))
def growth_lead(scope: Scope) -> Measure:
    """Growth of the one minus growth of the other, from the year before, in points: C-V.3a."""
    own, other = scope.inputs("own", "other")
    own_before, other_before = scope.inputs("own", "other", back=1)
    formula = f"({written(own)} ÷ {written(own_before)} − 1) − ({written(other)} ÷ {written(other_before)} − 1)"
    if own_before == 0 or other_before == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason="上年基数为 0，增速无意义")
    return Measure(100 * (own / own_before - other / other_before), formula)


def _since_base(scope: Scope) -> list[Fraction]:
    code = scope.code("value")
    return scope.read((code, 0), (code, scope.facts.year - BASE_YEAR))
