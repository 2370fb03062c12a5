"""Shapes of the facts that ship with the register, each with the source it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.facts.fuzzy import FuzzyDate, holds_on


class Evidence(StrEnum):
    """How well a fact is known: read in a source, by custom or common knowledge, to be confirmed."""

    FOUND = "found"
    CUSTOMARY = "customary"


class DivisionLevel(StrEnum):
    """Level of a division (行政区划)."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class OfficeKind(StrEnum):
    """Part that an office has in the two programmes."""

    DEPARTMENT = "department"
    GOVERNMENT_OFFICE = "government_office"
    APPLICANT = "applicant"


class ZoneKind(StrEnum):
    """Kind of host zone: 产业集聚区 or 开发区."""

    CLUSTER = "cluster"
    DEVELOPMENT_ZONE = "development_zone"


class Status(StrEnum):
    """Status of a park in the register (PK-30, 39, 50, 72, 99)."""

    CREATING = "creating"
    REVOKED = "revoked"
    RECOGNISED = "recognised"
    NATIONAL = "national"
    ENDED = "ended"


class ActKind(StrEnum):
    """What happened to a park or zone on a date."""

    FOUNDED = "founded"
    APPROVED = "approved"
    PROVINCIAL = "provincial"
    LISTED = "listed"
    RENAMED = "renamed"
    RECOGNISED = "recognised"
    UPGRADED = "upgraded"
    ENDED = "ended"


@dataclass(frozen=True)
class Division:
    """A prefecture or county under one code and name (GB/T 2260), for as long as both stood."""

    code: str
    level: DivisionLevel
    name: str
    parent: str
    pinyin: str
    valid_from: FuzzyDate | None
    valid_to: FuzzyDate | None
    source: str
    change_source: str
    note: str

    def is_valid_on(self, day: date) -> bool:
        """Whether the division stood on `day`."""
        return holds_on(day, self.valid_from, self.valid_to)


@dataclass(frozen=True)
class Name:
    """A name and how long it was borne."""

    name: str
    short: str
    since: FuzzyDate | None
    until: FuzzyDate | None
    source: str

    def is_valid_on(self, day: date) -> bool:
        """Whether the name was borne on `day`."""
        return holds_on(day, self.since, self.until)


@dataclass(frozen=True)
class Series:
    """A number series: the code before the year in a document number (机关代字)."""

    prefix: str
    evidence: Evidence
    issuer: str
    since: FuzzyDate | None
    until: FuzzyDate | None


@dataclass(frozen=True)
class Office:
    """An office that takes part: department, government office or applicant government."""

    code: str
    kind: OfficeKind
    slug: str
    division: str
    names: tuple[Name, ...]
    series: tuple[Series, ...]

    def name_on(self, day: date) -> Name:
        """The name borne on `day`; the first known one before any date."""
        return next((name for name in self.names if name.is_valid_on(day)), self.names[0])


@dataclass(frozen=True)
class Fact:
    """A sentence about a park or zone, its year if it has one, and where it was read."""

    text: str
    year: int | None
    source: str


@dataclass(frozen=True)
class Act:
    """A dated event in the life of a park or zone, as found."""

    kind: ActKind
    date: FuzzyDate
    text: str
    source: str
    evidence: Evidence


@dataclass(frozen=True)
class HostZone:
    """A host zone (产业集聚区); `division` is its city or county code."""

    slug: str
    name: str
    kind: ZoneKind
    division: str
    source: str
    acts: tuple[Act, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Park:
    """A real park with exactly what was found; what is unknown is None or empty.

    `applicant` is the division code of the government that stands for it.
    """

    slug: str
    names: tuple[Name, ...]
    division: str
    applicant: str
    host_zone: str
    status: Status | None
    status_source: str
    status_evidence: Evidence | None
    acts: tuple[Act, ...]
    facts: tuple[Fact, ...]

    @property
    def name(self) -> str:
        """The name of today: the last one."""
        return self.names[-1].name
