"""Look-ups over returns and figures: what is needed, what was reported, what holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from uuid import UUID

from django.db import connection

from accounts.models import Organisation
from indicators.enums import FINAL, KINDS, FigureLevel, SubjectKind
from indicators.models import Figure, Return, Verification, VerifyingOffice
from policy import clauses, figures
from policy.outcomes import Audience
from policy.parameters import Settings

# The department's name in the catalogue of 省统计局, which keeps the returns together.
STATISTICS = "统计"
# What the yearly judgement of a park asks of its return, and of its host zone's.
YEARLY = "park-annual"
# What the recognition of a park asks of the province's return.
RECOGNITION = "park-recognition"
CLAUSES = {SubjectKind.PROVINCE: RECOGNITION, SubjectKind.CITY: "city-annual"}
# What the province's numbers of cities and counties come from is the register; nobody reports them.
COUNTED = frozenset({"PV.recognised_cities", "PV.recognised_counties", "PV.national_cities", "PV.st_strong_counties"})


def named(code: str) -> str:
    """A figure's Chinese name, with the key of an indexed one."""
    return figures.label(code)


def kind_of(code: str) -> SubjectKind | None:
    """What kind of subject a figure tells of; None for a code that is not in the catalogue, or of the plan."""
    figure = figures.find(code)
    return KINDS.get(figure.level) if figure else None


def asked(clause_set: str = YEARLY) -> list[str]:
    """The figures that the clauses of a set are computed from, in the order of the clauses: first the yearly ones."""
    settings = Settings({})
    inputs = [
        code
        for clause in clauses.load(clause_set).of(Audience.CONTRACT)
        for one in clause.inputs.values()
        for code in one.codes(settings)
    ]
    return list(dict.fromkeys(inputs))


def needed(report: Return) -> list[str]:
    """The figures that a return cannot do without: those that clauses are computed from.

    Of a park and its host zone the yearly clauses, of the province those of recognition, which compare with it, of a
    city or county the fiscal clause (C-V.3a).
    """
    clause_set = CLAUSES.get(SubjectKind(report.kind), YEARLY)
    return sorted(code for code in asked(clause_set) if kind_of(code) == report.kind)


def answered(report: Return) -> set[str]:
    """The figures that are entered, or said to be unknown with a note that tells why."""
    rows = report.entries.values_list("code", "value", "unknown", "note")
    return {code for code, value, unknown, note in rows if value or (unknown and note)}


def office_of(label: str) -> UUID | None:
    """The organisation that verifies for a department's name; None where the operator named none."""
    return VerifyingOffice.objects.filter(label=label).values_list("organisation_id", flat=True).first()


def keeper() -> Organisation | None:
    """省统计局, which keeps the returns together; None where the operator named none."""
    office = office_of(STATISTICS)
    return Organisation.objects.get(pk=office) if office else None


def owners(codes: Iterable[str]) -> dict[str, UUID]:
    """Who verifies each figure: the first department of the catalogue that has an office here, else 省统计局."""
    offices = dict(VerifyingOffice.objects.values_list("label", "organisation_id"))
    found: dict[str, UUID] = {}
    for code in codes:
        figure = figures.find(code)
        labels = [*(figure.verifiers if figure else ()), STATISTICS]
        if owner := next((offices[label] for label in labels if label in offices), None):
            found[code] = owner
    return found


def owned(code: str, organisation: UUID) -> bool:
    """Whether an organisation is the department that a figure belongs to."""
    return owners([code]).get(code) == organisation


def departments_of(report: Return) -> list[Organisation]:
    """The departments that own figures of a return's kind, in their order."""
    codes = [code for code in figures.catalogue() if kind_of(code) == report.kind and code not in COUNTED]
    return list(Organisation.objects.filter(pk__in=set(owners(codes).values())).order_by("order", "code"))


def newest(report: Return, *levels: FigureLevel) -> dict[str, Figure]:
    """The newest vintage of each figure of a return, of these levels or of any."""
    rows = report.figures.select_related("evidence").order_by("code", "vintage")
    if levels:
        rows = rows.filter(level__in=levels)
    return {row.code: row for row in rows}


def reported(report: Return) -> dict[str, Figure]:
    """What the city handed in last, by code."""
    return newest(report, FigureLevel.REPORTED)


def newest_verifications(report: Return, stands: Mapping[str, Figure]) -> dict[str, Verification]:
    """The newest word of a department on each figure as it `stands` reported now, not on an older vintage."""
    return {
        row.code: row
        for row in report.verifications.order_by("code", "said_at")
        if row.code in stands and row.said_at >= stands[row.code].recorded_at
    }


def medians(kind: str, subject: str, year: int) -> dict[str, Fraction]:
    """The median of the other subjects' figures that hold, by code; none of fewer than three others (small cells)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, low::text, high::text FROM indicators_others(%s, %s, %s)", (kind, subject, year))
        return {code: (Fraction(low) + Fraction(high)) / 2 for code, low, high in cursor.fetchall()}


def progress(year: int) -> list[tuple[UUID, str, int]]:
    """How many returns of a year each city has at each status, for whoever oversees them; nothing for others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant, status, number FROM indicators_progress(%s)", (year,))
        return cursor.fetchall()


def base(subject: str, year: int) -> dict[str, Figure]:
    """What a year's figures grow from, by code: last year's, as restated on a boundary that changed (AMB-08)."""
    found = {code: years[year - 1] for code, years in final(subject, [year - 1]).items()}
    again = Figure.objects.filter(subject=subject, year=year - 1, level=FigureLevel.RESTATED)
    return {**found, **{row.code: row for row in again.order_by("vintage")}}


def final(subject: str, years: Iterable[int]) -> Mapping[str, Mapping[int, Figure]]:
    """What holds of a subject's figures: the newest verified, imported or corrected vintage, by code and year."""
    found: dict[str, dict[int, Figure]] = {}
    rows = Figure.objects.filter(subject=subject, year__in=list(years), level__in=FINAL)
    for row in rows.order_by("code", "year", "vintage"):
        found.setdefault(row.code, {})[row.year] = row
    return found
