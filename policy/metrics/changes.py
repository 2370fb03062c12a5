"""Metrics over the change from the year before: growth, increments, shares that rise."""

from fractions import Fraction

from policy.metrics.registry import Measure, Scope, metric, written
from policy.outcomes import Outcome


@metric("increment_share", unit="%", inputs=("parts", "whole"))
def increment_share(scope: Scope) -> Measure:
    """Growth of the part ÷ growth of the whole; of several parts, the one that grew least (AMB-05, 09)."""
    codes = (*scope.codes["parts"], scope.code("whole"))
    values = scope.read(*((code, back) for code in codes for back in (0, 1)))
    growths = [now - before for now, before in zip(values[::2], values[1::2], strict=True)]
    part, whole = min(growths[:-1]), growths[-1]
    smallest = growths.index(part)
    formula = f"{_difference(values[2 * smallest], values[2 * smallest + 1])} ÷ {_difference(*values[-2:])}"
    if whole > 0:
        return Measure(100 * part / whole, formula)
    proposal = Outcome.MET if part > 0 else Outcome.NOT_MET
    trend = "增长" if part > 0 else "未增长"
    return Measure(
        outcome=Outcome.NOT_ASSESSABLE,
        formula=formula,
        reason=f"总量未增长（增量 {written(whole)}），部分{trend}（增量 {written(part)}），占比无意义",
        proposal=proposal,
    )


@metric("growth", unit="%", inputs=("value",))
def growth(scope: Scope) -> Measure:
    """This year ÷ the year before − 1; a base of 0 is put to a ruling (AMB-07)."""
    code = scope.code("value")
    now, before = scope.read((code, 0), (code, 1))
    if before == 0:
        return Measure(
            outcome=Outcome.NOT_ASSESSABLE,
            formula=growth_formula(now, before),
            reason="上年基数为 0，增速无意义",
            proposal=Outcome.MET if now > 0 else Outcome.NOT_MET,
        )
    return Measure(100 * (now / before - 1), growth_formula(now, before))


@metric("share_rise", unit="pp", inputs=("part", "whole"))
def share_rise(scope: Scope) -> Measure:
    """Rise of part ÷ whole in percentage points; near the ceiling a failure is put to a ruling (AMB-06)."""
    part_code, whole_code = scope.code("part"), scope.code("whole")
    part, part_before, whole, whole_before = scope.read(
        (part_code, 0), (part_code, 1), (whole_code, 0), (whole_code, 1)
    )
    formula = f"{written(part)} ÷ {written(whole)} − {written(part_before)} ÷ {written(whole_before)}"
    if whole == 0 or whole_before == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason="分母为 0，占比无意义")
    before = 100 * part_before / whole_before
    rise = 100 * part / whole - before
    ceiling = scope.settings.number("share_ceiling")
    if before > ceiling and scope.threshold is not None and rise < scope.threshold:
        return Measure(
            rise,
            formula,
            outcome=Outcome.NOT_ASSESSABLE,
            reason=f"上年占比已超过 {written(ceiling)}%，提升空间不足",
            proposal=Outcome.EXEMPT,
        )
    return Measure(rise, formula)


@metric("growth_above", unit="%", inputs=("own", "other"), two_sided=True)
def growth_above(scope: Scope) -> Measure:
    """Own growth (observed) against the growth of the whole (threshold), both from the year before."""
    own_code, other_code = scope.code("own"), scope.code("other")
    own, own_before, other, other_before = scope.read((own_code, 0), (own_code, 1), (other_code, 0), (other_code, 1))
    formula = f"{growth_formula(own, own_before)} 比 {growth_formula(other, other_before)}"
    if own_before == 0 or other_before == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason="上年基数为 0，增速无意义")
    ahead, behind = (100 * (own / own_before - 1), 100 * (other / other_before - 1))
    both_fell = behind < ahead < 0
    return Measure(
        ahead,
        formula,
        threshold=behind,
        reason="两者均为负增长，仅作高低比较" if both_fell else "",
    )


def growth_formula(now: Fraction, before: Fraction) -> str:
    """How a growth is written."""
    return f"{written(now)} ÷ {written(before)} − 1"


def _difference(now: Fraction, before: Fraction) -> str:
    return f"({written(now)} − {written(before)})"
