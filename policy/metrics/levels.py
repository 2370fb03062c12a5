"""Metrics over the figures of one year as they stand."""

from fractions import Fraction

from policy.metrics.registry import Measure, Scope, metric, written
from policy.outcomes import Outcome


@metric("level", unit=None, inputs=("value",))
def level(scope: Scope) -> Measure:
    """The figure itself, under the judged year."""
    (value,) = scope.read((scope.code("value"), 0))
    return Measure(value, written(value))


@metric("filled_of_required", unit=None, inputs=("filled", "required"), two_sided=True)
def filled_of_required(scope: Scope) -> Measure:
    """How many are filled (observed) of how many are required (threshold)."""
    filled, required = scope.read((scope.code("filled"), 0), (scope.code("required"), 0))
    if required == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, reason="应填项数为 0，无从比较")
    return Measure(filled, f"已填 {written(filled)}，应填 {written(required)}", threshold=required)


@metric("unexplained_parts", unit="块", inputs=("parts", "explained"))
def unexplained_parts(scope: Scope) -> Measure:
    """Parts of the boundary beyond the first that no text explains (AMB-15)."""
    (parts,) = scope.read((scope.code("parts"), 0))
    if parts <= 1:
        return Measure(Fraction(0), f"共 {written(parts)} 块")
    (explained,) = scope.read((scope.code("explained"), 0))
    if explained:
        return Measure(
            Fraction(0),
            f"共 {written(parts)} 块，已作说明",
            reason=f"范围分为 {written(parts)} 块，已说明理由，由评审核实是否连片",
        )
    return Measure(parts - 1, f"{written(parts)} − 1")


@metric("share", unit="%", inputs=("part", "whole"))
def share(scope: Scope) -> Measure:
    """Part ÷ whole of the year's new totals; a total of 0 is proposed as not met (AMB-05)."""
    part, whole = scope.read((scope.code("part"), 0), (scope.code("whole"), 0))
    if whole == 0:
        return Measure(
            outcome=Outcome.NOT_ASSESSABLE,
            formula=f"{written(part)} ÷ 0",
            reason="当年无新增，总量为 0",
            proposal=Outcome.NOT_MET,
        )
    return Measure(100 * part / whole, f"{written(part)} ÷ {written(whole)}")
