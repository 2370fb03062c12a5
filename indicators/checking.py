"""What is checked of a return's figures (V1 to V12), with what they are compared with: last year, zone, departments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from indicators import counties, queries
from indicators.enums import FigureLevel, ReturnStatus, SubjectKind, VerificationOutcome
from indicators.models import Confirmation, Entry, Figure, LedgerCount, Return
from policy import decimals, figures
from policy.facts import Figures
from policy.validation import RULES, Fault, Severity, Sheet, check
from registry.models import Park, ParkBoundary
from workflow import instants
from workflow.machine import Refused

Values = Mapping[str, Fraction | None]
# The rule of what cannot be read as a figure at all: no V rule gets to see it.
FORMAT = "format"


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a figure: its code, what was written, which rule, in words, and how it would be right."""

    code: str
    value: str
    rule: str
    severity: Severity
    words: str
    example: str
    codes: tuple[str, ...] = ()
    of_province: bool = False

    def __str__(self) -> str:
        rule = "" if self.rule == FORMAT else _("（%(rule)s）") % {"rule": self.rule}
        said = f"{self.words}{rule}。{self.example}。" if self.example else f"{self.words}{rule}。"
        if not self.needs_city:
            return said
        return said + (_("须由省统计局核实。") if self.of_province else _("须由市科技局核实后才能报送。"))

    @property
    def is_refusal(self) -> bool:
        """Whether nothing but another figure helps."""
        return self.severity is Severity.REFUSAL

    @property
    def needs_city(self) -> bool:
        """Whether the city's office has to confirm it."""
        return self.severity is Severity.CONFIRMATION


class FigureRefused(Refused):
    """Figures that are not taken, with what is wrong with each."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = list(flaws)
        super().__init__([str(flaw) for flaw in self.flaws])


@dataclass
class Basis:
    """What a return's figures are checked against, read once."""

    report: Return
    now: dict[str, Fraction | None]
    before: dict[str, Fraction | None]
    beside: list[Values] = field(default_factory=list)
    boundaries: Mapping[int, str] = field(default_factory=dict)
    department: Values = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    counted: Values = field(default_factory=dict)
    counties: Mapping[str, Fraction] = field(default_factory=dict)

    def flaws(self, changes: Values | None = None, names: Iterable[str] = tuple(RULES)) -> list[Flaw]:
        """What is wrong once the changes hold; what concerns another subject's figures alone is left out."""
        now, names = {**self.now, **(changes or {})}, tuple(names)
        found: dict[tuple[str, tuple[str, ...]], Fault] = {}
        for beside in self.beside or [{}]:
            for fault in check(self._sheet(now, beside), names):
                if any(queries.kind_of(code) == self.report.kind for code in fault.codes):
                    found.setdefault((fault.rule, fault.codes), fault)
        return [self._flaw(fault) for fault in found.values()]

    def _sheet(self, now: Values, beside: Values) -> Sheet:
        year = self.report.year
        known: Figures = {
            code: {year: now.get(code, beside.get(code)), year - 1: self.before.get(code)}
            for code in [*now, *(code for code in beside if code not in now)]
        }
        closed = {year} if self.report.status == ReturnStatus.LOCKED else set()
        return Sheet(
            year,
            known,
            this_year=instants.today().year,
            closed=frozenset(closed),
            locked=self.locked,
            boundaries=self.boundaries,
            department=self.department,
            counted=self.counted,
            counties=self.counties,
        )

    def _flaw(self, fault: Fault) -> Flaw:
        own = [at for at, code in enumerate(fault.codes) if queries.kind_of(code) == self.report.kind]
        return replace(_told(fault, own[0]), of_province=self.report.is_of_province)


def number(text: str | None) -> Fraction | None:
    """A stored value as a number; None where it is unknown or a text."""
    try:
        return decimals.parse(text) if text else None
    except ValueError:
        return None


def numbers(values: Mapping[str, str | None]) -> dict[str, Fraction | None]:
    """Stored values as numbers."""
    return {code: number(text) for code, text in values.items()}


def written(report: Return) -> dict[str, str | None]:
    """What stands in a return now: what is entered, else its newest vintage."""
    levels = [level for level in FigureLevel if level is not FigureLevel.RESTATED]
    held = {code: figure.value for code, figure in queries.newest(report, *levels).items()}
    return {**held, **dict(report.entries.values_list("code", "value"))}


def basis_of(report: Return) -> Basis:
    """Everything that a return's figures are checked against, as far as the scope lets one see it."""
    before = queries.base(report.subject, report.year)
    said = report.verifications.filter(outcome=VerificationOutcome.OWN).order_by("said_at")
    of_park = report.kind == SubjectKind.PARK
    handed_in = report.status in (ReturnStatus.VERIFYING, ReturnStatus.LOCKED)
    return Basis(
        report,
        numbers(written(report)),
        numbers({code: figure.value for code, figure in before.items()}),
        beside=_beside(report),
        boundaries=_boundaries(report, before.values()),
        department=numbers(dict(said.values_list("code", "own_value"))),
        locked=frozenset(queries.reported(report)) if handed_in else frozenset(),
        counted=counted([report.subject], [report.year]).get((report.subject, report.year), {}) if of_park else {},
        counties=counties.beside(report),
    )


def counted(subjects: Iterable[str], years: Iterable[int]) -> dict[tuple[str, int], dict[str, Fraction | None]]:
    """What the parks' ledgers come to, by park and year, of the figures that have to equal it (V5)."""
    found: dict[tuple[str, int], dict[str, Fraction | None]] = {}
    rows = LedgerCount.objects.filter(
        subject__in=list(subjects), year__in=list(years), code__in=figures.of_ledgers(), value__isnull=False
    )
    for subject, year, code, value in rows.values_list("subject", "year", "code", "value"):
        found.setdefault((subject, year), {})[code] = number(value)
    return found


def _beside(report: Return) -> list[Values]:
    """The same year's figures of the zone in which a park lies, or of the parks in a zone."""
    if report.kind == SubjectKind.PARK:
        zones = Park.objects.filter(slug=report.subject, host_zone__isnull=False)
        kind, subjects = SubjectKind.ZONE, zones.values_list("host_zone__slug", flat=True)
    elif report.kind == SubjectKind.ZONE:
        kind, subjects = (
            SubjectKind.PARK,
            Park.objects.filter(host_zone__slug=report.subject).values_list("slug", flat=True),
        )
    else:
        return []
    others = Return.objects.filter(kind=kind, subject__in=list(subjects), year=report.year).order_by("subject")
    return [numbers(written(other)) for other in others]


def _boundaries(report: Return, before: Iterable[Figure]) -> dict[int, str]:
    """The boundary on which each of two years stands (V8)."""
    if report.kind != SubjectKind.PARK:
        return {}
    days = boundary_days([report.subject]).get(report.subject, [])
    return boundaries(days, report.year, before)


def boundary_days(parks: Iterable[str]) -> dict[str, list[dt.date]]:
    """The days since which each park had its boundaries, the earliest first."""
    found: dict[str, list[dt.date]] = {}
    rows = ParkBoundary.objects.filter(park__slug__in=list(parks)).order_by("valid_from")
    for park, day in rows.values_list("park__slug", "valid_from"):
        found.setdefault(park, []).append(day)
    return found


def boundaries(days: Iterable[dt.date], year: int, before: Iterable[Figure]) -> dict[int, str]:
    """The boundary on which a year and the one before stand; what was restated since it changed is on the new one."""
    until = [day for day in days if day.year <= year]
    earlier = [day for day in until if day.year < year]
    if not earlier or until[-1] == earlier[-1]:
        return {}
    restated = [figure.level == FigureLevel.RESTATED and figure.recorded_at.date() >= until[-1] for figure in before]
    stands = until[-1] if restated and all(restated) else earlier[-1]
    return {year: until[-1].isoformat(), year - 1: stands.isoformat()}


def outstanding(report: Return) -> list[Flaw]:
    """What still stands in the way of a return: refusals, warnings nobody explained, leaps the city did not confirm."""
    entries = {entry.code: entry for entry in report.entries.all()}
    confirmed: set[tuple[str, str | None]] = set(
        Confirmation.objects.filter(report=report).values_list("code", "value")
    )
    return list(_outstanding(basis_of(report).flaws(), entries, confirmed))


def _outstanding(
    flaws: Iterable[Flaw], entries: Mapping[str, Entry], confirmed: set[tuple[str, str | None]]
) -> Iterator[Flaw]:
    for flaw in flaws:
        if not any(code in entries for code in flaw.codes):
            continue
        if flaw.is_refusal or not is_explained(flaw, entries) or not is_confirmed(flaw, entries, confirmed):
            yield flaw


def is_explained(flaw: Flaw, entries: Mapping[str, Entry]) -> bool:
    """Whether somebody said why, at any of the figures that the warning is about."""
    return any(code in entries and entries[code].explanation for code in flaw.codes)


def is_confirmed(flaw: Flaw, entries: Mapping[str, Entry], confirmed: set[tuple[str, str | None]]) -> bool:
    """Whether the city's office confirmed the very value, where it has to."""
    if not flaw.needs_city:
        return True
    return flaw.code in entries and (flaw.code, entries[flaw.code].value) in confirmed


def beside_each_other(
    year: int,
    now: Values,
    before: Values,
    beside: Values,
    stands: Mapping[int, str] | None = None,
    counts: Values | None = None,
    counties: Mapping[str, Fraction] | None = None,
) -> list[Flaw]:
    """What is wrong with a year's figures next to last year's, zone's, ledgers' and counties', of no return."""
    codes = [*now, *(code for code in beside if code not in now)]
    known: Figures = {
        code: {year: now.get(code, beside.get(code)), year - 1: before.get(code) if code in now else None}
        for code in codes
    }
    sheet = Sheet(
        year,
        known,
        this_year=instants.today().year,
        boundaries=stands or {},
        counted=counts or {},
        counties=counties or {},
    )
    return [_told(fault, 0) for fault in check(sheet)]


def _told(fault: Fault, at: int) -> Flaw:
    """A fault as it is shown, told of the figure at a place in it."""
    value = fault.values[at]
    shown = "" if value is None else decimals.render(value)
    return Flaw(fault.codes[at], shown, fault.rule, fault.severity, fault.words, fault.example, fault.codes)


def alone(code: str, value: Fraction | None, year: int, names: Iterable[str] = ("V1", "V6")) -> list[Flaw]:
    """What is wrong with a figure by itself, whatever stands beside it."""
    return [_told(fault, 0) for fault in check(Sheet(year, {code: {year: value}}), names)]
