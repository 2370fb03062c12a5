"""Reads and writes angles as people print them: decimal degrees or 度分秒."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋，", "0123456789.-+,")
MARKS = str.maketrans(
    {"度": "°", "º": "°", "˚": "°", "分": "′", "'": "′", "’": "′", "‘": "′", "＇": "′"}
    | {"秒": "″", '"': "″", "”": "″", "“": "″", "＂": "″"}
)
HEMISPHERE = r"东经|北纬|西经|南纬|[EWNS]"
SIGNED = re.compile(rf"^({HEMISPHERE})?(.*?)({HEMISPHERE})?$", re.IGNORECASE)
NEGATIVE = frozenset({"西经", "南纬", "W", "S"})
SEXAGESIMAL = re.compile(r"^(\d{1,3})°(?:(\d{1,2}(?:\.\d+)?)′(?:(\d{1,2}(?:\.\d+)?)″)?)?$")
PLAIN = re.compile(r"^[+-]?\d{1,12}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?°?$")
SIXTY = 60


def parse_number(text: str) -> float | None:
    """A coordinate as a float: plain number, or 120°12′30.5″ with or without 东经/E. None if unreadable."""
    clean = text.translate(FULL_WIDTH).translate(MARKS).replace("′′", "″")
    clean = re.sub(r"\s+", "", clean)
    if PLAIN.match(clean):
        return _float(clean.rstrip("°"))
    before, clean, after = SIGNED.match(clean).groups()  # type: ignore[union-attr]
    if before and after:
        return None
    side = (before or after or "").upper()
    sign = -1 if side in NEGATIVE else 1
    if side and PLAIN.match(clean):
        number = _float(clean.rstrip("°"))
        return None if number is None else sign * number
    match = SEXAGESIMAL.match(clean)
    if match is None:
        return None
    degrees, minutes, seconds = (Fraction(group or "0") for group in match.groups())
    if minutes >= SIXTY or seconds >= SIXTY:
        return None
    return float(sign * (degrees + minutes / SIXTY + seconds / SIXTY**2))


def format_dms(degrees: float, places: int = 4) -> str:
    """An angle as 120°12′30.5000″; 4 decimals of a second are about 3 mm."""
    unit = Decimal(1).scaleb(-places)
    total = (abs(Decimal(repr(degrees))) * SIXTY * SIXTY).quantize(unit)
    minutes, seconds = divmod(total, SIXTY)
    whole, minutes = divmod(minutes, SIXTY)
    sign = "-" if degrees < 0 and total else ""
    return f"{sign}{whole}°{int(minutes):02d}′{seconds:0{3 + places if places else 2}.{places}f}″"


def _float(text: str) -> float | None:
    try:
        return float(Decimal(text))
    except (InvalidOperation, OverflowError):
        return None
