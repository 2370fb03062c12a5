"""The facts of many subjects at once, as `judge` takes them, with the vintage behind each figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from indicators import queries_policy
from indicators.enums import FINAL, FigureLevel
from indicators.models import Figure
from indicators.subjects import Subject, cities_of, parks_of
from policy import figures
from registry.models import LeadingIndustry

PROVINCE = "330000"
# A park is its whole host zone when it is as large, to the six places of the zone's area (AMB-10).
SIX_PLACES = Decimal("0.000001")
# What a park is measured by among the peers of a year: the lead (P-II.3.5f-g, AMB-22), the mean of parks (AMB-29).
LEAD_CODES = ("P.cod", "P.nh3n", "P.so2", "P.nox", "P.gdp", "P.energy_use", "P.gdp_const")
MEAN_CODES = (
    *("P.rd_expenditure", "P.rd_personnel", "P.employees", "P.invention_patents_held"),
    *("P.listed_companies", "P.hitech_enterprises", "P.innovative_enterprises", "P.hq_enterprises"),
    "P.ent_rd_institutions",
)
PEER_CODES = (*LEAD_CODES, *MEAN_CODES)
REGISTER = "register"


@dataclass(frozen=True)
class Vintage:
    """Which vintage of a figure was used; `figure` is None for what the register itself knows."""

    figure: UUID | None
    subject: str
    value: str | None
    vintage: int = 0
    level: str = REGISTER


@dataclass
class Known:
    """The facts of one subject as `judge` takes them, and the vintage behind each figure by code and year."""

    document: dict[str, Any]
    vintages: dict[tuple[str, int], Vintage] = field(default_factory=dict)


Series = dict[tuple[str, int], Vintage]


def known(subjects: Sequence[Subject], year: int) -> dict[str, Known]:
    """What is known of each subject for a year and the one before, in a handful of queries however many they are.

    Of a park also what is known of its host zone. Peers and the province are not asked for by the yearly clauses.
    """
    codes = {one.code for one in subjects} | {one.zone for one in subjects if one.zone}
    told = _vintages(codes, year)
    ruled = queries_policy.rulings_of([one.code for one in subjects if one.judged], year)
    industries = _industries([one.park for one in subjects if one.park])
    found = {}
    for one in subjects:
        series = {**told.get(one.code, {}), **(told.get(one.zone, {}) if one.zone else {})}
        if one.park is not None:
            series |= _of_register(one, year, industries.get(one.park))
        document: dict[str, Any] = {"subject": one.code, "year": year, "figures": figures_of(series)}
        if one.listed_on:
            document["listed_on"] = one.listed_on.isoformat()
        if is_whole_zone(one):
            document["whole_zone"] = True
        if one.code in ruled:
            document["decisions"] = ruled[one.code]
        found[one.code] = Known(document, series)
    return found


def is_whole_zone(subject: Subject) -> bool:
    """Whether a park is its whole host zone, so that there is nothing to compare it with (AMB-10)."""
    if subject.area is None or not subject.zone_area:
        return False
    return subject.area.quantize(SIX_PLACES) >= subject.zone_area


def of_subject(code: str, year: int) -> Known:
    """All that is known of a park, a city or the province, the province's figures and the peers of a park included.

    Raises LookupError for a code that is none of them, or of which nothing is known for the year.
    """
    parks = parks_of(year).subjects
    subject = next((one for one in [*parks, *cities_of(year, [code])] if one.code == code), None)
    province = of_province(year)
    if subject is None and code == PROVINCE and province:
        return Known({"subject": code, "year": year, "figures": figures_of(province)}, province)
    if subject is None:
        raise LookupError(code)
    (found,) = known([subject], year).values()
    if subject.park is not None:
        found.vintages |= province
        found.document["figures"] |= figures_of(province)
        found.document["peers"] = nameless_peers([one.code for one in parks if one.code != code], year)
    return found


def of_province(year: int) -> Series:
    """What holds of the province's figures for a year and the one before."""
    return _vintages([PROVINCE], year).get(PROVINCE, {})


def _vintages(subjects: Collection[str], year: int) -> dict[str, Series]:
    """The newest final vintage of every figure of the year and of the one before, by subject."""
    # Last year's figures as restated on a boundary that changed this year are the base, nothing else (AMB-08).
    counts = Q(year__in=(year - 1, year), level__in=FINAL) | Q(year=year - 1, level=FigureLevel.RESTATED)
    columns = ("subject", "code", "year", "pk", "value", "vintage", "level")
    found: dict[str, Series] = {}
    rows = list(Figure.objects.filter(counts, subject__in=subjects).order_by("vintage").values_list(*columns))
    rows.sort(key=lambda row: row[-1] == FigureLevel.RESTATED)
    for subject, code, at, pk, value, vintage, level in rows:
        if is_number(code):
            found.setdefault(subject, {})[code, at] = Vintage(pk, subject, value, vintage, level)
    return found


def is_number(code: str) -> bool:
    """Whether clauses and scores can be computed from a figure: words, such as the four sides, are no facts."""
    figure = figures.find(code)
    return figure is not None and figure.type is not figures.Type.TEXT


def figures_of(series: Mapping[tuple[str, int], Vintage]) -> dict[str, dict[str, str | None]]:
    """Figures by code and year, as a document of facts has them."""
    found: dict[str, dict[str, str | None]] = {}
    for (code, year), vintage in sorted(series.items()):
        found.setdefault(code, {})[str(year)] = vintage.value
    return found


def _of_register(subject: Subject, year: int, industries: int | None) -> Series:
    """What the register knows without a year of its own: the polygon's area, the leading industries."""
    found: Series = {}
    if subject.area is not None:
        area = format(subject.area.normalize(), "f")
        found["P.area_planned", year] = Vintage(None, subject.code, area)
    if industries:
        found["P.leading_industries", year] = Vintage(None, subject.code, str(industries))
    return found


def _industries(parks: Collection[UUID]) -> dict[UUID, int]:
    rows = LeadingIndustry.objects.filter(park__in=parks).order_by().values_list("park")
    return dict(rows.annotate(n=Count("pk")))


def nameless_peers(codes: Collection[str], year: int) -> list[dict[str, Any]]:
    """The parks evaluated in the same year, in the order of their codes, with what a park is measured by among them.

    Evaluated is whose figures of the year are final: who reported nothing has no place among the others (AMB-22).
    Whoever asks, also a city that may not read the figures of other cities' parks: it learns a place or a mean.
    """
    told: dict[int, dict[str, dict[str, str | None]]] = {}
    with connection.cursor() as cursor:
        given: list[Any] = [sorted(codes), list(PEER_CODES), year]
        cursor.execute("SELECT number, code, year, value FROM indicators_peers(%s, %s, %s)", given)
        for number, code, at, value in cursor.fetchall():
            told.setdefault(number, {}).setdefault(code, {})[str(at)] = value
    return [{"figures": one} for _number, one in sorted(told.items()) if any(str(year) in at for at in one.values())]
