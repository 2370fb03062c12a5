"""Metrics of the provincial lead (全省领先水平): low intensity among peers and below the province."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from policy.metrics.average import NO_PEERS, unknown_of_peer
from policy.metrics.registry import UNKNOWABLE, Measure, Scope, metric, written
from policy.outcomes import Outcome

_INPUTS = ("amount", "product", "other_amount", "other_product")


@metric("emission_leading", unit="t/亿元", inputs=_INPUTS, two_sided=True)
def emission_leading(scope: Scope) -> Measure:
    """Tonnes ÷ product in 亿元: P-II.3.5f, AMB-22."""
    return _lead(scope, 1)


@metric("energy_leading", unit="tce/万元", inputs=_INPUTS, two_sided=True)
def energy_leading(scope: Scope) -> Measure:
    """tce ÷ product at constant prices, of 亿元 turned into 万元: P-II.3.5g, AMB-22."""
    return _lead(scope, 10_000)


def _lead(scope: Scope, per: int) -> Measure:
    """Met when among the best quantile of peers and itself, and strictly below the province.

    Equal intensities share the best rank. A peer with an unknown figure leaves it open, as it might rank before.
    """
    amount, product, other_amount, other_product = scope.inputs(*_INPUTS)
    peers = scope.facts.peers
    if peers is None:
        return _open(NO_PEERS)
    divide = _divider(per)
    formula = f"{divide(amount, product)} 比 {divide(other_amount, other_product)}"
    if product == 0 or other_product == 0:
        return _open(UNKNOWABLE, formula)
    own, province = amount / (per * product), other_amount / (per * other_product)
    before = 0
    for number, peer in enumerate(peers, start=1):
        values = [peer.get(scope.code(name), {}).get(scope.facts.year) for name in _INPUTS[:2]]
        if unknown := [name for name, value in zip(_INPUTS, values, strict=False) if value is None]:
            missing = ((scope.code(name), scope.facts.year) for name in unknown)
            return _open(unknown_of_peer(number, missing), formula)
        peer_amount, peer_product = (value for value in values if value is not None)
        if peer_product == 0:
            return _open(f"同年第 {number} 个参评园区{UNKNOWABLE}", formula)
        before += peer_amount / (per * peer_product) < own
    count = len(peers) + 1
    places = ceil(scope.settings.number("leading_quantile") * count)
    ranked = f"{formula}；{count} 个园区中由低到高居第 {before + 1} 位，前 {places} 位为领先"
    faults = [] if before < places else [f"居第 {before + 1} 位，未进入前 {places} 位"]
    if own >= province:
        faults.append("未低于全省水平")
    outcome = Outcome.NOT_MET if faults else Outcome.MET
    return Measure(own, ranked, threshold=province, outcome=outcome, reason="；".join(faults))


def _open(reason: str, formula: str = "") -> Measure:
    return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason=reason)


def _divider(per: int) -> Callable[[Fraction, Fraction], str]:
    """How a division is written: the factor stands in it only where the unit asks for one."""

    def divide(amount: Fraction, product: Fraction) -> str:
        divisor = written(product) if per == 1 else f"({written(product)} × {per})"
        return f"{written(amount)} ÷ {divisor}"

    return divide
