"""Figures of years are imported from a table: all rows or none; unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Division, Organisation
from accounts.queries import the_lead
from indicators import checking, counties, queries, sheets
from indicators.checking import Flaw
from indicators.enums import FINAL, FigureLevel, ReturnStatus, SubjectKind
from indicators.models import Figure, Return
from indicators.services.asking import open_to
from indicators.services.opening import county_of, open_return
from indicators.services.writing import UNKNOWN, read
from policy import figures
from registry.models import HostZone, Park
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused

EARLIEST = 1978
PROVINCE = "330000"
SHOWN = 60
Held = dict[tuple[str, int], dict[str, Fraction | None]]


@dataclass(frozen=True)
class Given:
    """One figure of a table that may be imported."""

    line: sheets.Line
    kind: SubjectKind
    subject: str
    year: int
    code: str
    value: str | None

    @property
    def source(self) -> str:
        """Where the figure comes from, in the file's words."""
        return self.line.cells.get("source", "")[:200]

    @property
    def note(self) -> str:
        """What is said of it."""
        return self.line.cells.get("note", "")[:500]


@dataclass(frozen=True)
class Imported:
    """How many figures are new, changed and as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0


def check(lines: list[sheets.Line], told: list[str] | None = None) -> list[Given]:
    """The figures of a table. Raises SheetRefused naming sheet, cell, value and rule of every problem.

    Warnings, which ask a reporter why, are only `told` here: what is imported was said by an office before.
    """
    problems: list[str] = []
    given: list[Given] = []
    first: dict[tuple[str, int, str], sheets.Line] = {}
    known = _subjects({line.cells["subject"] for line in lines})
    for line in lines:
        found = _checked(line, known, problems)
        if found is None:
            continue
        key = (found.subject, found.year, found.code)
        if key in first:
            said = {"where": line.at("code"), "value": found.code, "other": first[key].at("code")}
            problems.append(_("%(where)s：%(value)s 与 %(other)s 重复（V11），请只留一行。") % said)
        first.setdefault(key, line)
        given.append(found)
    if not problems:
        for line, flaw in unsound(given):
            if flaw.is_refusal:
                problems.append(f"{line.at('value')}：{flaw}")
            elif told is not None:
                told.append(f"{line.at('value')}：{flaw}")
    if problems:
        more = len(problems) - SHOWN
        tail = [_("还有 %(n)d 处问题没有列出。") % {"n": more}] if more > 0 else []
        raise sheets.SheetRefused([*problems[:SHOWN], *tail])
    return given


def unsound(given: list[Given]) -> Iterator[tuple[sheets.Line, Flaw]]:
    """What the rules find wrong with figures beside each other, last year's and what holds already; with its line."""
    lines = {(row.subject, row.year, row.code): row.line for row in given}
    within = counties.of_cities({row.subject for row in given if row.kind == SubjectKind.CITY})
    subjects = {row.subject for row in given} | {one.code for rows in within.values() for one in rows}
    held = _held(subjects, {year for row in given for year in (row.year, row.year - 1)})
    for row in given:
        held.setdefault((row.subject, row.year), {})[row.code] = checking.number(row.value)
    zones = dict(
        Park.objects.filter(slug__in={row.subject for row in given}, host_zone__isnull=False).values_list(
            "slug", "host_zone__slug"
        )
    )
    days = checking.boundary_days({row.subject for row in given if row.kind == SubjectKind.PARK})
    counts = checking.counted({row.subject for row in given}, {row.year for row in given})
    for subject, year in dict.fromkeys((row.subject, row.year) for row in given):
        now, before = held[subject, year], held.get((subject, year - 1), {})
        stands = checking.boundaries(days.get(subject, []), year, [])
        if stands and any(code in before for code in now):
            again = queries.base(subject, year)
            stands = checking.boundaries(days[subject], year, again.values())
            before = {**before, **checking.numbers({code: figure.value for code, figure in again.items()})}
        beside = held.get((zones.get(subject, ""), year), {})
        counted = counts.get((subject, year), {})
        own = [one.code for one in within.get(subject, []) if one.stood(year)]
        added = counties.added([held.get((code, year), {}) for code in own])
        for flaw in checking.beside_each_other(year, now, before, beside, stands, counted, added):
            line = next((lines[subject, year, code] for code in flaw.codes if (subject, year, code) in lines), None)
            if line is not None:
                yield line, flaw


def _held(subjects: set[str], years: set[int]) -> Held:
    """The figures that hold already, by subject and year."""
    found: Held = {}
    zones = Park.objects.filter(slug__in=subjects, host_zone__isnull=False).values_list("host_zone__slug", flat=True)
    rows = Figure.objects.filter(subject__in={*subjects, *zones}, year__in=years, level__in=FINAL).order_by("vintage")
    for subject, year, code, value in rows.values_list("subject", "year", "code", "value"):
        found.setdefault((subject, year), {})[code] = checking.number(value)
    return found


def _checked(line: sheets.Line, known: dict[tuple[str, str], str], problems: list[str]) -> Given | None:
    before = len(problems)
    cells = line.cells
    year, code = _year(line, problems), cells["code"]
    figure, kind = figures.find(code), queries.kind_of(code)
    if figure is None or kind is None:
        said = {"where": line.at("code"), "value": code}
        problems.append(_("%(where)s：指标目录中没有代码“%(value)s”，例如 P.gdp。") % said)
        return None
    if (kind, cells["subject"]) not in known:
        said = {"where": line.at("subject"), "value": cells["subject"], "kind": str(kind.label), "code": code}
        problems.append(_("%(where)s：没有代码为“%(value)s”的%(kind)s（%(code)s 属于%(kind)s）。") % said)
    if wrong := sheets.wrong_unit(line, figure.label, figure.unit):
        problems.append(wrong)
    value = None
    try:
        value = read(code, "" if cells["value"].lower() in UNKNOWN else cells["value"])
    except Refused as refused:
        problems.append(f"{line.at('value')}：{' '.join(refused.reasons)}")
    if year is None or len(problems) > before:
        return None
    return Given(line, kind, cells["subject"], year, code, value)


def _year(line: sheets.Line, problems: list[str]) -> int | None:
    text = line.cells["year"]
    this_year = timezone.localdate().year
    if text.isdecimal() and len(text) == 4 and EARLIEST <= int(text) <= this_year:
        return int(text)
    said = {"where": line.at("year"), "value": text[:40], "first": EARLIEST, "last": this_year}
    problems.append(_("%(where)s：年度“%(value)s”应为 %(first)d 至 %(last)d 的四位数字（V12）。") % said)
    return None


def _subjects(codes: set[str]) -> dict[tuple[str, str], str]:
    """The names of the subjects that there are, by kind and code."""
    tables = (
        (SubjectKind.PARK, Park.objects.filter(slug__in=codes).values_list("slug", "name")),
        (SubjectKind.ZONE, HostZone.objects.filter(slug__in=codes).values_list("slug", "name")),
        (SubjectKind.CITY, Division.objects.filter(code__in=codes - {PROVINCE}).values_list("code", "name")),
        (SubjectKind.PROVINCE, Division.objects.filter(code__in=codes & {PROVINCE}).values_list("code", "name")),
    )
    return {(kind, code): name for kind, rows in tables for code, name in rows}


@transaction.atomic
def store(given: list[Given]) -> Imported:
    """Write what differs from what holds, each as a new vintage; under the system scope.

    Raises SheetRefused where a locked return would change: that is a correction (V12).
    """
    problems: list[str] = []
    new = changed = same = 0
    vintages: list[Figure] = []
    lead = Organisation.objects.filter(kind=OrganisationKind.LEAD).first()
    for (kind, subject, year), rows in _grouped(given).items():
        report = _return_of(kind, subject, year)
        newest, holds = queries.newest(report), queries.newest(report, *FINAL)
        touched = []
        for row in rows:
            before = holds.get(row.code)
            if before and before.value == row.value:
                same += 1
            elif report.status == ReturnStatus.LOCKED:
                said = {"where": row.line.at("value"), "value": row.value, "name": report.name, "year": year}
                problems.append(_("%(where)s：%(name)s %(year)d 年数据已锁定，“%(value)s”须按勘误办理（V12）。") % said)
            else:
                new, changed = new + (before is None), changed + (before is not None)
                told = {"value": row.value, "source": row.source, "note": row.note}
                touched.append(
                    Figure.follow(report, row.code, newest.get(row.code), level=FigureLevel.IMPORTED, **told)
                )
        vintages += touched
        if touched and not problems:
            # What is judged is open to 省科技厅, as a submitted return is.
            if lead:
                open_to(report, lead, GrantLevel.READ, report.tenant)
            ledger.append(
                report,
                "import",
                recorded("导入数据"),
                None,
                dossier=report.dossier,
                data={"codes": [figure.code for figure in touched], "file": rows[0].line.sheet},
                basis="T15",
            )
    if problems:
        raise sheets.SheetRefused(problems)
    Figure.objects.bulk_create(vintages)
    return Imported(new, changed, same)


def _grouped(given: list[Given]) -> dict[tuple[SubjectKind, str, int], list[Given]]:
    groups: dict[tuple[SubjectKind, str, int], list[Given]] = {}
    for row in given:
        groups.setdefault((row.kind, row.subject, row.year), []).append(row)
    return groups


def _return_of(kind: SubjectKind, subject: str, year: int) -> Return:
    """The return of a subject and year, opened where there is none."""
    found = Return.objects.filter(kind=kind, subject=subject, year=year).first()
    if found:
        return found
    opened: Return | None
    if kind == SubjectKind.PARK:
        park = Park.objects.select_related("tenant", "host_zone__committee").get(slug=subject)
        reporter = park.host_zone.committee if park.host_zone else None
        opened = open_return(kind, subject, park.name, year, park.tenant, reporter, county_of(park), ask_for=False)
    elif kind == SubjectKind.ZONE:
        zone = HostZone.objects.select_related("committee").get(slug=subject)
        tenant = _government(zone.city_id)
        opened = open_return(kind, subject, zone.name, year, tenant, zone.committee, ask_for=False)
    else:
        division = Division.objects.get(code=subject)
        tenant = (queries.keeper() or the_lead()) if kind == SubjectKind.PROVINCE else _government(division.code)
        opened = open_return(kind, subject, division.name, year, tenant, ask_for=False)
    assert opened is not None
    return opened


def _government(division: str) -> Organisation:
    """The government that works here for a division: its own, else the city's above it, else 省科技厅."""
    kinds = (OrganisationKind.APPLICANT_GOV, OrganisationKind.COUNTY_GOV)
    governments = Organisation.objects.filter(kind__in=kinds, active=True)
    own = governments.filter(division_id=division).first()
    parent = Division.objects.filter(pk=division).values_list("parent_id", flat=True).first()
    above = governments.filter(division_id=parent).first() if own is None and parent else None
    return own or above or the_lead()
