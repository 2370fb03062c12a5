"""What a city's counties add up to, beside which its own figures are checked (C.4, V5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from accounts.enums import DivisionLevel
from accounts.models import Division
from indicators.enums import FigureLevel, SubjectKind
from indicators.models import Entry, Figure, Return
from policy import decimals
from policy.validation.relations import ADDITIVE


@dataclass(frozen=True)
class County:
    """A county with the days since and until which it was one, in ISO form; empty is open."""

    code: str
    since: str
    until: str

    def stood(self, year: int) -> bool:
        """Whether it stood on 31 December."""
        day = f"{year}-12-31"
        return (not self.since or self.since <= day) and (not self.until or day < self.until)


def of_cities(cities: Collection[str]) -> dict[str, list[County]]:
    """The counties that each city has or had, in the order of their codes."""
    found: dict[str, list[County]] = {}
    rows = Division.objects.filter(parent__in=cities).order_by("code")
    for city, code, since, until in rows.values_list("parent", "code", "valid_from", "valid_to"):
        found.setdefault(str(city), []).append(County(code, since, until))
    return found


def added(told: Sequence[Mapping[str, Fraction | None]]) -> dict[str, Fraction]:
    """What counties add up to in every figure that adds up, where each of them is known."""
    found = {}
    for code in ADDITIVE if told else ():
        values = [figures_of.get(code) for figures_of in told]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            found[code] = sum(known, Fraction(0))
    return found


def beside(report: Return) -> dict[str, Fraction]:
    """What the counties of the city whose return this is come to now, as far as the scope opens their returns.

    Of a county what is entered counts, else its newest vintage. Empty for any other return.
    """
    if report.kind != SubjectKind.CITY:
        return {}
    place = Division.objects.filter(pk=report.subject, level=DivisionLevel.PREFECTURE).first()
    codes = [one.code for one in of_cities([report.subject]).get(report.subject, []) if one.stood(report.year)]
    if place is None or not codes:
        return {}
    own = {"report__kind": SubjectKind.CITY, "report__year": report.year, "code__in": ADDITIVE}
    told: dict[str, dict[str, Fraction | None]] = {code: {} for code in codes}
    vintages = Figure.objects.filter(subject__in=codes, **own).exclude(level=FigureLevel.RESTATED).order_by("vintage")
    _read(told, vintages.values_list("subject", "code", "value"))
    entered = Entry.objects.filter(report__subject__in=codes, **own)
    _read(told, entered.values_list("report__subject", "code", "value"))
    return added(list(told.values()))


def _read(told: dict[str, dict[str, Fraction | None]], rows: Iterable[tuple[str, str, str | None]]) -> None:
    for subject, code, value in rows:
        told[subject][code] = decimals.parse(value) if value else None
