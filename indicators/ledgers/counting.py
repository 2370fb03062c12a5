"""What each figure counts in a ledger: one named condition per figure, the same for the count and for its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, F, Q, Sum, When
from django.db.models.query import QuerySet

from indicators.enums import Book, Decision
from indicators.enums_ledgers import EXIT_KEYS, ExitMeasure, LandKind, LandUse
from indicators.ledgers.columns import MODELS
from indicators.ledgers.columns_life import AnyRow
from indicators.ledgers.registers import REGISTERS, Counts
from indicators.models import Ledger

Condition = Callable[[int], Q]
ADMITTED = Q(decision=Decision.ADMITTED)
FLAGGED = Q(low_tech=True) | Q(polluting=True) | Q(wasteful=True)


def last_day(year: int) -> dt.date:
    """31 December, on which what there is is counted."""
    return dt.date(year, 12, 31)


def present(year: int) -> Q:
    """The enterprise is in the park at the end of 31 December."""
    return Q(left_on__isnull=True) | Q(left_on__gt=last_day(year))


def new_projects(year: int) -> Q:
    """Projects admitted in the year."""
    return ADMITTED & Q(year=year)


def new_hitech_projects(year: int) -> Q:
    """Of those the hi-tech ones."""
    return new_projects(year) & Q(hitech=True)


def begun_projects(year: int) -> Q:
    """Projects let in that began in the year, whose completed investment is what counts (AMB-03)."""
    return ADMITTED & Q(started_on__range=(dt.date(year, 1, 1), last_day(year)))


def begun_hitech_projects(year: int) -> Q:
    """Of those the hi-tech ones."""
    return begun_projects(year) & Q(hitech=True)


def projects_rejected(year: int) -> Q:
    """Projects that were not let in."""
    return Q(year=year, decision=Decision.REJECTED)


def projects_flagged(year: int) -> Q:
    """Projects with a red flag, let in or not (P-II.2.0d)."""
    return Q(year=year) & FLAGGED


def projects_assessed(year: int) -> Q:
    """Projects admitted in the year whose level was assessed before (P-II.2.0c)."""
    return new_projects(year) & Q(assessed_on__isnull=False)


def new_enterprises(year: int) -> Q:
    """Enterprises registered in the year."""
    return Q(registered_on__range=(dt.date(year, 1, 1), last_day(year)))


def new_hitech_enterprises(year: int) -> Q:
    """Enterprises first recognised as hi-tech in the year; a renewed certificate is not new."""
    return Q(hitech_year=year)


def hitech_enterprises(year: int) -> Q:
    """Enterprises whose certificate is in force on 31 December."""
    return present(year) & Q(hitech_from__lte=last_day(year), hitech_to__gte=last_day(year))


def tech_smes(year: int) -> Q:
    """Technology SMEs on 31 December."""
    return present(year) & Q(sme_year__lte=year)


def new_tech_smes(year: int) -> Q:
    """Enterprises that became technology SMEs in the year."""
    return Q(sme_year=year)


def new_sei_enterprises(year: int) -> Q:
    """Enterprises of the strategic emerging industries that are so since the year."""
    return Q(sei_year=year)


def new_hts_enterprises(year: int) -> Q:
    """Enterprises of hi-tech services that are so since the year."""
    return Q(hts_year=year)


def innovative_enterprises(year: int) -> Q:
    """Innovative enterprises on 31 December."""
    return present(year) & Q(innovative_year__lte=year)


def hq_enterprises(year: int) -> Q:
    """Headquarters on 31 December."""
    return present(year) & Q(hq_year__lte=year)


def listed_companies(year: int) -> Q:
    """Listed companies on 31 December."""
    return present(year) & Q(listed_year__lte=year)


def ent_rd_institutions(year: int) -> Q:
    """Enterprises with an R&D institution on 31 December."""
    return present(year) & Q(rd_year__lte=year)


def land(kind: LandKind, **more: object) -> Condition:
    """Rows of the land ledger of the year that tell of one thing."""
    return lambda year: Q(year=year, kind=kind, **more)


def exits(measure: ExitMeasure) -> Condition:
    """Enterprises that were dealt with in the year in one way (P-II.3.4a)."""
    return lambda year: Q(decided_on__range=(dt.date(year, 1, 1), last_day(year)), measure=measure)


def fund(of: str) -> Condition:
    """The funds for technology SMEs that the year had (P-III.3d)."""
    return lambda year: Q(year=year, clause=f"P-III.3d[{of}]")


def recorded(register: str, one: Counts) -> Condition:
    """Rows of a register that count to a figure: those of the year, or what there is on 31 December."""

    def rows(year: int) -> Q:
        asked = Q(register=register)
        if one.kinds:
            asked &= Q(kind__in=one.kinds)
        if one.least:
            asked &= Q(number__gte=one.least)
        if not one.stock:
            return asked & Q(year=year)
        return asked & Q(year__lte=year) & (Q(until__isnull=True) | Q(until__gt=last_day(year)))

    return rows


@dataclass(frozen=True)
class Measure:
    """A figure that is counted: in which book, which rows, and which column is added up (none: rows are counted).

    Of a register, `register` says which: one that has no row at all tells nothing, as a book without rows does.
    """

    code: str
    book: Book
    rows: Condition
    adds: str = ""
    register: str = ""


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure("P.new_projects", Book.PROJECTS, new_projects),
        Measure("P.new_hitech_projects", Book.PROJECTS, new_hitech_projects),
        Measure("P.new_project_investment", Book.PROJECTS, begun_projects, "completed"),
        Measure("P.new_hitech_project_investment", Book.PROJECTS, begun_hitech_projects, "completed"),
        Measure("P.projects_rejected", Book.PROJECTS, projects_rejected),
        Measure("P.projects_flagged", Book.PROJECTS, projects_flagged),
        Measure("P.projects_assessed", Book.PROJECTS, projects_assessed),
        Measure("P.new_enterprises", Book.ENTERPRISES, new_enterprises),
        Measure("P.new_hitech_enterprises", Book.ENTERPRISES, new_hitech_enterprises),
        Measure("P.hitech_enterprises", Book.ENTERPRISES, hitech_enterprises),
        Measure("P.tech_smes", Book.ENTERPRISES, tech_smes),
        Measure("P.new_tech_smes", Book.ENTERPRISES, new_tech_smes),
        Measure("P.new_sei_enterprises", Book.ENTERPRISES, new_sei_enterprises),
        Measure("P.new_hts_enterprises", Book.ENTERPRISES, new_hts_enterprises),
        Measure("P.innovative_enterprises", Book.ENTERPRISES, innovative_enterprises),
        Measure("P.hq_enterprises", Book.ENTERPRISES, hq_enterprises),
        Measure("P.listed_companies", Book.ENTERPRISES, listed_companies),
        Measure("P.ent_rd_institutions", Book.ENTERPRISES, ent_rd_institutions),
        Measure("P.new_industrial_land", Book.LAND, land(LandKind.SUPPLY, use=LandUse.INDUSTRY), "area"),
        Measure("P.new_industrial_land_sei", Book.LAND, land(LandKind.SUPPLY, use=LandUse.INDUSTRY, sei=True), "area"),
        Measure("P.land_quota", Book.LAND, land(LandKind.QUOTA), "area"),
        Measure("P.land_quota_used", Book.LAND, land(LandKind.SUPPLY), "quota"),
        Measure("P.farmland_taken", Book.LAND, land(LandKind.SUPPLY), "farmland"),
        Measure("P.farmland_replaced", Book.LAND, land(LandKind.REPLACED), "area"),
        *(Measure(f"P.exit_enterprises[{key}]", Book.EXITS, exits(one)) for one, key in EXIT_KEYS.items()),
        Measure("P.sme_fund_gov", Book.SUPPORT, fund("gov"), "amount"),
        Measure("P.sme_fund_committee", Book.SUPPORT, fund("committee"), "amount"),
        *(
            Measure(count.code, Book.REGISTERS, recorded(code, count), count.adds, code)
            for code, one in REGISTERS.items()
            for count in one.counts
        ),
    )
}


def rows_of(book: Book) -> QuerySet[AnyRow]:
    """The rows of a book that stand, as far as the scope lets one see them."""
    found: QuerySet[AnyRow] = MODELS[book].objects.filter(removed_at=None)  # type: ignore[assignment]
    return found


def counted(ledger: Ledger, year: int) -> dict[str, str | None]:
    """Each figure of a year as plain decimal text; None where it is unknown, which is not zero.

    That is where the book has no row at all, or where a row that is to be added up lacks its amount.
    """
    found: dict[str, str | None] = {}
    for book in Book:
        if (book == Book.REGISTERS) != ledger.place:
            continue
        asked = [measure for measure in MEASURES.values() if measure.book == book]
        if not asked:
            continue
        told = {f"n{place}": _aggregate(measure, year) for place, measure in enumerate(asked)}
        lacking = {
            f"lacking{place}": Count("pk", filter=measure.rows(year) & Q(**{f"{measure.adds}__isnull": True}))
            for place, measure in enumerate(asked)
            if measure.adds
        }
        parts = {f"of_{code}": Count("pk", filter=Q(register=code)) for code in {one.register for one in asked} - {""}}
        answer = rows_of(book).filter(ledger=ledger).aggregate(rows=Count("pk"), **told, **lacking, **parts)
        for place, measure in enumerate(asked):
            told_at_all = answer[f"of_{measure.register}"] if measure.register else answer["rows"]
            known = told_at_all and not answer.get(f"lacking{place}")
            found[measure.code] = _plain(answer[f"n{place}"]) if known else None
    return found


def _aggregate(measure: Measure, year: int) -> Count | Sum:
    if not measure.adds:
        return Count("pk", filter=measure.rows(year))
    amount = Case(When(measure.rows(year), then=F(measure.adds)), default=Decimal(0), output_field=DecimalField())
    return Sum(amount)


def _plain(value: int | Decimal | None) -> str:
    text = format(value or 0, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
