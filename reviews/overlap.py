"""Which other parks and filings share a leading industry with a case (P-IV.2b), as far as the viewer may know them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts.actors import Actor
from applications import overlaps
from applications.enums import OVER, FilingStatus
from applications.models import Filing, FilingVersion
from registry import industries
from registry.enums import LIVING
from registry.models import Park
from reviews.enums import CaseStatus
from reviews.models import Case, Publicity


@dataclass(frozen=True)
class Other:
    """Another park, filing or notice with what it says of its leading industries."""

    name: str
    state: str
    city: str
    city_name: str
    href: str
    industries: list[tuple[str, str]]


def of_case(case: Case, actor: Actor) -> dict[str, Any]:
    """The overlaps of a case, those in the same city first, and the codes that the operator's table does not know."""
    if case.filing.division_id:
        empty: dict[str, Any] = {name: [] for name in ("rows", "ours", "unknown", "without_code")}
        return {**empty, "sample": False, "same_city": 0, "published_only": False}
    ours = _declared(case.version.content)
    published_only = not (actor.is_lead or actor.is_government)
    others = [*_parks(case), *(_notices(case) if published_only else _filings(case))]
    city = case.filing.place.city_id
    rows = [row for other in others for row in _rows(ours, other, city)]
    rows.sort(key=lambda row: (not row["same_city"], not row["same"], row["name"]))
    digits = {code for _name, text in ours for code in industries.codes_in(text)}
    table = industries.names_of({*digits, *(code[: industries.CLASS_LENGTH] for code in digits)})
    for row in rows:
        entry = table.get(row["digits"]) or table.get(row["digits"][: industries.CLASS_LENGTH])
        row["class"] = str(entry) if entry else row["digits"]
    return {
        "rows": rows,
        "ours": [" ".join(part for part in pair if part) for pair in ours],
        "unknown": sorted(code for code in digits if code[: industries.CLASS_LENGTH] not in table),
        "without_code": [name for name, text in ours if not industries.codes_in(text)],
        "sample": any(entry.sample for entry in table.values()),
        "same_city": sum(row["same_city"] for row in rows),
        "published_only": published_only,
    }


def of_boundary(case: Case, actor: Actor) -> dict[str, Any]:
    """Whose boundaries that of a case overlaps, with the map: for 省科技厅 and 省政府办公厅 alone."""
    if case.filing.division_id or not (actor.is_lead or actor.is_government):
        return {"neighbours": []}
    found = overlaps.of_filing(case.filing)
    return {"neighbours": found, "neighbours_map": overlaps.drawn(case.version.content, found) if found else None}


def _declared(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["name"], row.get("code", "")) for row in content["industries"] if row["name"]]


def _rows(ours: list[tuple[str, str]], other: Other, city: str) -> Iterator[dict[str, Any]]:
    for name, code in ours:
        for their_name, their_code in other.industries:
            found = industries.shared(code, their_code)
            if found is not None:
                yield {
                    "name": other.name,
                    "state": other.state,
                    "city": other.city_name,
                    "href": other.href,
                    "own": name,
                    "theirs": their_name,
                    "digits": found.digits,
                    "same": found.same,
                    "level": found.level,
                    "same_city": other.city == city,
                }


def _parks(case: Case) -> Iterator[Other]:
    rows = Park.objects.filter(status__in=LIVING).exclude(dossier=case.dossier)
    if case.filing.park_id is not None:
        rows = rows.exclude(pk=case.filing.park_id)
    for park in rows.select_related("city").prefetch_related("industries").order_by("city_id", "slug"):
        found = [(row.name, row.code) for row in park.industries.all()]
        yield Other(park.name, park.get_status_display(), park.city_id, park.city.name, park.get_absolute_url(), found)


def _filings(case: Case) -> Iterator[Other]:
    """The filings under way whose submitted versions the scope opens."""
    rows = (
        Filing.objects.filter(division=None)
        .exclude(pk=case.filing_id)
        .exclude(status__in=[*OVER, FilingStatus.LISTED, FilingStatus.DRAFT])
    )
    filings = {filing.pk: filing for filing in rows.select_related("host_zone__city", "park__city", "case")}
    versions = FilingVersion.objects.filter(filing__in=filings).exclude(submitted_at=None)
    for version in versions.order_by("filing_id", "-serial").distinct("filing_id"):
        filing = filings[version.filing_id]
        under_review = getattr(filing, "case", None)
        place = filing.place
        yield Other(
            filing.park_name,
            under_review.get_status_display() if under_review else filing.get_status_display(),
            place.city_id,
            place.city.name,
            under_review.get_absolute_url() if under_review else "",
            _declared(version.content),
        )


def _notices(case: Case) -> Iterator[Other]:
    """What is in publicity now, which everybody knows."""
    for notice in Publicity.objects.filter(closed_at=None).exclude(dossier=case.dossier).order_by("ends_on"):
        pairs = [tuple(pair) for pair in notice.summary.get("industry_codes", [])]
        city = notice.summary["city_code"]
        yield Other(
            str(notice),
            str(CaseStatus.PUBLICITY.label),
            city,
            notice.summary["applicant"],
            notice.get_absolute_url(),
            pairs,
        )
