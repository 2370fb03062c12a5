"""What a check is given, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from policy import decimals, figures
from policy.facts import Figures
from policy.figures import totals


class Severity(StrEnum):
    """What a fault asks for; `label` is the Chinese word shown to people."""

    WARNING = "warning"
    CONFIRMATION = "confirmation"
    CONFLICT = "conflict"
    REFUSAL = "refusal"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Severity.WARNING: "请说明原因",
    Severity.CONFIRMATION: "须由市科技局确认",
    Severity.CONFLICT: "与部门数据不一致，须协商",
    Severity.REFUSAL: "不予保存",
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with reported figures.

    `codes` and `values` (exact, None unknown) stand in the same order; `words` says what is wrong, `example` how it
    would be right.
    """

    rule: str
    codes: tuple[str, ...]
    year: int
    values: tuple[Fraction | None, ...]
    severity: Severity
    words: str
    example: str


@dataclass(frozen=True)
class Sheet:
    """The figures of one subject's year with what they are checked against.

    `figures` holds the years by code, in the catalogue's units; only `year` and the year before are looked at.
    `this_year` is the calendar year, `closed` the years that only a correction (勘误) may change, `locked` the codes
    already submitted; `boundaries` names the boundary version of each year, `department` the departments' own values
    of `year`; `sums` gives the components of a total, as the catalogue names them; `counted` what the subject's
    ledgers come to in `year`, `counties` what a city's counties add up to, as far as all of them are known.
    """

    year: int
    figures: Figures
    this_year: int | None = None
    closed: frozenset[int] = frozenset()
    locked: frozenset[str] = frozenset()
    boundaries: Mapping[int, str] = field(default_factory=dict)
    department: Mapping[str, Fraction | None] = field(default_factory=dict)
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=totals)
    counted: Mapping[str, Fraction | None] = field(default_factory=dict)
    counties: Mapping[str, Fraction] = field(default_factory=dict)

    def value(self, code: str, back: int = 0) -> Fraction | None:
        return self.figures.get(code, {}).get(self.year - back)

    def reported(self) -> dict[str, Fraction]:
        """The known figures of the year, in the order given."""
        known = ((code, self.value(code)) for code in self.figures)
        return {code: value for code, value in known if value is not None}

    def fault(self, rule: str, severity: Severity, codes: tuple[str, ...], words: str, example: str) -> Fault:
        return Fault(rule, codes, self.year, tuple(self.value(code) for code in codes), severity, words, example)


def written(code: str, value: Fraction) -> str:
    """A value with its unit, unrounded."""
    figure = figures.find(code)
    unit = f" {figure.unit}" if figure and figure.unit else ""
    return f"{decimals.render(value)}{unit}"
