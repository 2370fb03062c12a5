"""Money shown and typed in 亿元 or 万元, converted exactly; what is stored stays in the catalogue's unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from policy import decimals

MONEY = {"亿元": Fraction(10**8), "万元": Fraction(10**4)}
CHOICES = {"": _("按指标目录"), "yi": "亿元", "wan": "万元"}


@dataclass(frozen=True)
class Scale:
    """The unit in which a figure is shown, and how many of them one unit of the catalogue is."""

    unit: str
    factor: Fraction = Fraction(1)

    def shown(self, text: str | None) -> str:
        """A stored value as it is shown; as it stands where it is no number or nothing is converted."""
        return self._times(text or "", self.factor)

    def stored(self, text: str) -> str:
        """What was typed as it is stored; what is no number comes back as it was typed."""
        return self._times(text, 1 / self.factor)

    def _times(self, text: str, factor: Fraction) -> str:
        if factor == 1:
            return text
        try:
            return decimals.render(decimals.parse(text.strip().replace(",", "").replace("，", "")) * factor)
        except ValueError:
            return text


def scale_of(unit: str, choice: str) -> Scale:
    """How a figure of a unit is shown under a choice of CHOICES; other units than money stay as they are."""
    wanted = {"yi": "亿元", "wan": "万元"}.get(choice, unit)
    if unit not in MONEY or wanted == unit:
        return Scale(unit)
    return Scale(wanted, MONEY[unit] / MONEY[wanted])


def among(choice: str | None) -> str:
    """A choice that came with an address; the catalogue's units where it is none."""
    return choice if choice in CHOICES else ""
