"""Metrics that divide one figure of the year by another."""

from fractions import Fraction

from policy.metrics.registry import UNKNOWABLE, Measure, MissingFigureError, Scope, metric, written
from policy.outcomes import Outcome

_LISTED_AT_MOST = 5


@metric("ratio", unit="%", inputs=("part", "whole"))
def ratio(scope: Scope) -> Measure:
    """Part ÷ whole as they stand; a whole of 0 leaves it open."""
    part, whole = scope.inputs("part", "whole")
    return _quotient(part, whole, 100)


@metric("density", unit="亿元/km²", inputs=("output", "area"))
def density(scope: Scope) -> Measure:
    """Output in 亿元 ÷ area in km² (AMB-20)."""
    output, area = scope.inputs("output", "area")
    return _quotient(output, area, 1)


@metric("full_share", unit="%", inputs=("part", "whole"))
def full_share(scope: Scope) -> Measure:
    """Part ÷ whole where nothing new (a whole of 0) satisfies the clause: P-II.3.4d."""
    part, whole = scope.inputs("part", "whole")
    if whole == 0:
        return Measure(outcome=Outcome.MET, formula=f"{written(part)} ÷ 0", reason="当年总量为 0，视为达到")
    return _quotient(part, whole, 100)


@metric("leading_share", unit="%", inputs=("count", "outputs", "whole"))
def leading_share(scope: Scope) -> Measure:
    """The largest three of the declared industries' outputs ÷ the whole: P-II.3.1c, AMB-16.

    `outputs` names the first of the numbered figures; as many are needed as industries are declared.
    """
    (count,) = scope.inputs("count")
    base = scope.code("outputs").partition("[")[0]
    outputs = _numbered(scope, base, int(count))
    (whole,) = scope.inputs("whole")
    largest = sorted(outputs, reverse=True)[:3]
    if not largest:
        return _quotient(Fraction(0), whole, 100)
    formula = f"({' + '.join(written(value) for value in largest)}) ÷ {written(whole)}"
    if whole == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason=UNKNOWABLE)
    return Measure(100 * sum(largest, Fraction(0)) / whole, formula)


def _numbered(scope: Scope, base: str, count: int) -> list[Fraction]:
    """The figures base[1] to base[count]; MissingFigureError names the first few unknown.

    It stops at those few, so that a count of millions costs nothing.
    """
    known: list[Fraction] = []
    unknown: list[tuple[str, int]] = []
    for number in range(1, count + 1):
        code = f"{base}[{number}]"
        value = scope.look(code)
        if value is None:
            unknown.append((code, scope.facts.year))
        else:
            known.append(value)
        if len(unknown) == _LISTED_AT_MOST:
            break
    if unknown:
        raise MissingFigureError(unknown)
    return known


def _quotient(part: Fraction, whole: Fraction, scale: int) -> Measure:
    formula = _division(part, whole)
    if whole == 0:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, formula=formula, reason=UNKNOWABLE)
    return Measure(scale * part / whole, formula)


def _division(part: Fraction, whole: Fraction) -> str:
    return f"{written(part)} ÷ {written(whole)}"
