"""Decimals at the door, exact fractions inside: reading, printing and showing numbers."""

import re
from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
SIGNIFICANT_DIGITS = 20
_SHORT = 1000


def parse(text: str) -> Fraction:
    """Read a plain decimal string: ASCII digits, one point at most, no exponent, sign `-` only.

    Raises ValueError for anything else. There is no limit to the number of digits.
    """
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"不是普通十进制数：{text!r}")
    if len(text) < _SHORT and "." not in text:
        return Fraction(int(text))
    # Decimal reads any length exactly; int() would refuse more than 4,300 digits.
    return Fraction(Decimal(text))


def render(value: Fraction, digits: int = SIGNIFICANT_DIGITS) -> str:
    """Print without exponent: exactly when the decimal is finite, else to `digits` significant digits."""
    places = _finite_places(value)
    if places is not None:
        return _shift(value.numerator * 10**places // value.denominator, places)
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN)
    return format(context.divide(Decimal(value.numerator), Decimal(value.denominator)), "f")


def render_beside(value: Fraction, others: Iterable[Fraction]) -> tuple[str, tuple[str, ...]]:
    """Print `value` and what it is compared with, in as many digits as keep their order true.

    No printed pair looks equal or reversed when the exact numbers are not.
    """
    exact = tuple(others)
    if all(_finite_places(number) is not None for number in (value, *exact)):
        return render(value), tuple(render(other) for other in exact)
    digits = SIGNIFICANT_DIGITS
    while True:
        printed = render(value, digits)
        beside = tuple(render(other, digits) for other in exact)
        own = parse(printed)
        if all(_order(own, parse(text)) == _order(value, other) for text, other in zip(beside, exact, strict=True)):
            return printed, beside
        digits *= 2


def show(value: Fraction, others: Iterable[Fraction] = (), places: int = 2) -> str:
    """Round half up to `places` for a page; take more places while a failed value would look passed."""
    unequal = [other for other in others if other != value]
    while True:
        shown = _fixed(value, places)
        if all(_order(parse(shown), other) == _order(value, other) for other in unequal):
            return shown
        places += 1


def amount(value: Fraction, others: Iterable[Fraction] = (), places: int = 2) -> str:
    """A quantity for a page: a whole number as it is counted, anything else as `show` rounds it."""
    return show(value, others, 0 if value.denominator == 1 else places)


def _order(left: Fraction, right: Fraction) -> int:
    return (left > right) - (left < right)


def _finite_places(value: Fraction) -> int | None:
    """Decimal places of a finite decimal; None when the expansion never ends."""
    rest = value.denominator
    if rest == 1:
        return 0
    counts = {2: 0, 5: 0}
    for prime in counts:
        while rest % prime == 0:
            rest //= prime
            counts[prime] += 1
    return max(counts.values()) if rest == 1 else None


def _shift(scaled: int, places: int) -> str:
    """Print a whole number moved `places` decimal places to the right of the point."""
    sign = "-" if scaled < 0 else ""
    # str() would refuse more than 4,300 digits, Decimal prints any number of them.
    digits = str(abs(scaled)) if scaled.bit_length() < _SHORT else format(Decimal(abs(scaled)), "f")
    if not places:
        return sign + digits
    digits = digits.rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _fixed(value: Fraction, places: int) -> str:
    """Round half up (away from zero on a tie) to a fixed number of places."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if 2 * rest >= scaled.denominator:
        whole += 1
    return _shift(-whole if value < 0 else whole, places)
