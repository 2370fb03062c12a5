"""How the report prints numbers: to two places, thousands parted, a dash where nothing is known."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from statistics import median

from policy import decimals

UNKNOWN = "—"
HUNDRED = Fraction(100)
# From here on a page has no decimals; the data files have them all.
LARGE = 1000


def parsed(text: str | None) -> Fraction | None:
    """A plain decimal as an exact number; None where there is none."""
    return decimals.parse(text) if text else None


def shown(value: Fraction | str | None, places: int = 2) -> str:
    """Rounded half up; a dash for what is unknown."""
    number = parsed(value) if isinstance(value, str) else value
    return UNKNOWN if number is None else parted(decimals.show(number, places=places))


def amount(value: Fraction | None) -> str:
    """A quantity: whole where it is whole or large, else to two places; a dash for what is unknown."""
    if value is None:
        return UNKNOWN
    whole = value.denominator == 1 or abs(value) >= LARGE
    return parted(decimals.show(value, places=0 if whole else 2))


def parted(text: str) -> str:
    """A plain decimal with its thousands parted by commas."""
    sign, rest = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, places = rest.partition(".")
    return f"{sign}{int(whole):,}{point}{places}"


def signed(value: Fraction | None, places: int = 2) -> str:
    """A change with its sign; a dash for what is unknown."""
    if value is None:
        return UNKNOWN
    return f"+{shown(value, places)}" if value > 0 else shown(value, places)


def growth(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """The change in per cent; None where either is unknown or the base is not above zero."""
    return None if now is None or before is None or before <= 0 else (now / before - 1) * HUNDRED


def middle_and_best(values: Iterable[Fraction]) -> tuple[Fraction | None, Fraction | None]:
    """Median and best of what is known."""
    known = list(values)
    return (median(known), max(known)) if known else (None, None)


def moved(change: int | None) -> str:
    """Places up or down since last year, in signs; a dash where there was no rank."""
    if change is None:
        return UNKNOWN
    return f"↑{change}" if change > 0 else f"↓{-change}" if change < 0 else "→0"


def interval(low: int | None, high: int | None) -> str:
    """A rank interval; a dash where there is none."""
    return f"{low}–{high}" if low and high else UNKNOWN
