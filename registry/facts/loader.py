"""Loads the facts that ship with the register and names file, row and field when one is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _

from registry.facts.fuzzy import FuzzyDate
from registry.facts.records import (
    Act,
    ActKind,
    Division,
    DivisionLevel,
    Evidence,
    Fact,
    HostZone,
    Name,
    Office,
    OfficeKind,
    Park,
    Series,
    Status,
    ZoneKind,
)

FOLDER = Path(__file__).parent
SLUG = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
CODE = re.compile(r"^33\d{4}$")

T = TypeVar("T")


class FactsError(ValueError):
    """A fact that is missing or malformed: file, row and field are in the message."""

    def __init__(self, file: str, row: str, field: str, why: str) -> None:
        self.file, self.row, self.field, self.why = file, row, field, why
        message = _("%(file)s %(row)s 字段 %(field)s：%(why)s")
        super().__init__(message % {"file": file, "row": row, "field": field, "why": why})


class Row:
    """One entry of a file; every field is asked for once, what is left over is an error."""

    def __init__(self, file: str, row: str, values: object) -> None:
        self.file, self.row = file, row
        if not isinstance(values, Mapping):
            raise FactsError(file, row, "-", _("应是字段的集合。"))
        self.left: dict[str, Any] = dict(values)

    def fail(self, field: str, why: str) -> FactsError:
        return FactsError(self.file, self.row, field, why)

    def text(self, field: str, *, required: bool = True, pattern: re.Pattern[str] | None = None) -> str:
        value = self.left.pop(field, None)
        found = "" if value is None else str(value).strip()
        if required and not found:
            raise self.fail(field, _("缺少内容。"))
        if found and pattern and not pattern.match(found):
            raise self.fail(field, _("“%(text)s”格式不对。") % {"text": found})
        return found

    def made(self, field: str, make: Callable[[str], T], *, required: bool = True) -> T | None:
        """A field through `make`, which raises ValueError on what it does not know."""
        found = self.text(field, required=required)
        try:
            return make(found) if found else None
        except ValueError as error:
            raise self.fail(field, str(error)) from error

    def sure(self, field: str, make: Callable[[str], T]) -> T:
        """Like `made`, for a field that must be there."""
        value = self.made(field, make)
        if value is None:
            raise self.fail(field, _("缺少内容。"))
        return value

    def rows(self, field: str, *, required: bool = False) -> list[Row]:
        values = self.left.pop(field, None) or []
        if not isinstance(values, list) or (required and not values):
            raise self.fail(field, _("应是列表，且不能为空。"))
        return [Row(self.file, f"{self.row} {field}[{i}]", value) for i, value in enumerate(values, start=1)]

    def done(self) -> None:
        """Raise when a field was never asked for, so that a misspelt one does not pass."""
        for field in self.left:
            raise self.fail(field, _("不认识的字段。"))


@cache
def divisions(folder: Path = FOLDER) -> tuple[Division, ...]:
    """Prefectures and counties under every code and name since the 2012 edition."""
    file = "divisions.csv"
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream, strict=True))
    return _unique(_division(Row(file, f"第{i}行", line)) for i, line in enumerate(lines, start=2))


@cache
def offices(folder: Path = FOLDER) -> tuple[Office, ...]:
    """The ten departments, the government office and the twelve applicant governments."""
    return _unique(_office(row) for row in _entries(folder, "departments.yaml"))


@cache
def host_zones(folder: Path = FOLDER) -> tuple[HostZone, ...]:
    """The fourteen approved host zones."""
    return _unique(_host_zone(row) for row in _entries(folder, "host_zones.yaml"))


@cache
def parks(folder: Path = FOLDER) -> tuple[Park, ...]:
    """The real parks of which something was found; host zones and divisions must exist."""
    found = _unique(_park(row) for row in _entries(folder, "parks.yaml"))
    codes = {division.code for division in divisions()}
    slugs = {zone.slug for zone in host_zones()}
    for park in found:
        if park.division not in codes:
            raise FactsError("parks.yaml", park.slug, "division", _("区划代码不存在。"))
        if park.host_zone and park.host_zone not in slugs:
            raise FactsError("parks.yaml", park.slug, "host_zone", _("依托园区不存在。"))
    return found


def offices_of(kind: OfficeKind) -> tuple[Office, ...]:
    """The offices of one kind in the order of the file."""
    return tuple(office for office in offices() if office.kind is kind)


def divisions_on(day: date) -> tuple[Division, ...]:
    """The divisions that stood on `day`."""
    return tuple(division for division in divisions() if division.is_valid_on(day))


def _entries(folder: Path, file: str) -> list[Row]:
    try:
        document = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FactsError(file, "-", "-", str(error)) from error
    if not isinstance(document, list):
        raise FactsError(file, "-", "-", _("应是列表。"))
    return [Row(file, _row_name(entry, i), entry) for i, entry in enumerate(document, start=1)]


def _row_name(entry: object, number: int) -> str:
    key = entry.get("slug") or entry.get("code") if isinstance(entry, Mapping) else None
    return str(key or f"第{number}项")


def _unique(records: Iterable[T]) -> tuple[T, ...]:
    found: dict[object, T] = {}
    for record in records:
        key = (getattr(record, "code", ""), getattr(record, "slug", ""))
        if key in found:
            raise FactsError(type(record).__name__, str(key), "code/slug", _("重复。"))
        found[key] = record
    return tuple(found.values())


def _finished(row: Row, record: T) -> T:
    row.done()
    return record


def _division(row: Row) -> Division:
    return _finished(
        row,
        Division(
            code=row.text("code", pattern=CODE),
            level=row.sure("level", DivisionLevel),
            name=row.text("name"),
            parent=row.text("parent", required=False, pattern=CODE),
            pinyin=row.text("pinyin", pattern=SLUG),
            valid_from=row.made("valid_from", FuzzyDate.parse, required=False),
            valid_to=row.made("valid_to", FuzzyDate.parse, required=False),
            source=row.text("source"),
            change_source=row.text("change_source", required=False),
            note=row.text("note", required=False),
        ),
    )


def _office(row: Row) -> Office:
    return _finished(
        row,
        Office(
            code=row.text("code"),
            kind=row.sure("kind", OfficeKind),
            slug=row.text("slug", pattern=SLUG),
            division=row.text("division", pattern=CODE),
            names=tuple(_name(name) for name in row.rows("names", required=True)),
            series=tuple(_series(series) for series in row.rows("series", required=True)),
        ),
    )


def _name(row: Row) -> Name:
    return _finished(
        row,
        Name(
            name=row.text("name"),
            short=row.text("short", required=False),
            since=row.made("since", FuzzyDate.parse, required=False),
            until=row.made("until", FuzzyDate.parse, required=False),
            source=row.text("source"),
        ),
    )


def _series(row: Row) -> Series:
    return _finished(
        row,
        Series(
            prefix=row.text("prefix", pattern=re.compile(r"^[\u4e00-\u9fa5]{2,8}$")),
            evidence=row.sure("evidence", Evidence),
            issuer=row.text("issuer", required=False),
            since=row.made("since", FuzzyDate.parse, required=False),
            until=row.made("until", FuzzyDate.parse, required=False),
        ),
    )


def _act(row: Row) -> Act:
    return _finished(
        row,
        Act(
            kind=row.sure("kind", ActKind),
            date=row.sure("date", FuzzyDate.parse),
            text=row.text("text"),
            source=row.text("source"),
            evidence=row.made("evidence", Evidence, required=False) or Evidence.FOUND,
        ),
    )


def _fact(row: Row) -> Fact:
    return _finished(
        row,
        Fact(text=row.text("text"), year=row.made("year", int, required=False), source=row.text("source")),
    )


def _host_zone(row: Row) -> HostZone:
    return _finished(
        row,
        HostZone(
            slug=row.text("slug", pattern=SLUG),
            name=row.text("name"),
            kind=row.sure("kind", ZoneKind),
            division=row.text("division", pattern=CODE),
            source=row.text("source"),
            acts=tuple(_act(act) for act in row.rows("acts")),
            facts=tuple(_fact(fact) for fact in row.rows("facts")),
        ),
    )


def _park(row: Row) -> Park:
    status = row.made("status", Status, required=False)
    return _finished(
        row,
        Park(
            slug=row.text("slug", pattern=SLUG),
            names=tuple(_name(name) for name in row.rows("names", required=True)),
            division=row.text("division", pattern=CODE),
            applicant=row.text("applicant", pattern=CODE),
            host_zone=row.text("host_zone", required=False, pattern=SLUG),
            status=status,
            # A status without a source would be a claim of our own.
            status_source=row.text("status_source", required=status is not None),
            status_evidence=row.made("status_evidence", Evidence, required=status is not None),
            acts=tuple(_act(act) for act in row.rows("acts")),
            facts=tuple(_fact(fact) for fact in row.rows("facts")),
        ),
    )
