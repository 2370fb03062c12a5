"""Which other parks and filings a boundary overlaps.

A city is told of published parks and of its own filings; of others' unpublished filings the authorities alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from applications import enums, selfcheck
from applications.models import Filing, FilingBoundary, FilingVersion
from applications.queries import latest_version
from registry.enums import LIVING
from registry.geometry import Boundary, Level, boundary_from_geojson, shared_with
from registry.models import Park, ParkBoundary

PUBLISHED, OWN, FILING = "published", "own", "filing"
Outline = tuple[str, dict[str, Any], str]


@dataclass(frozen=True)
class Overlap:
    """A park or filing that a boundary overlaps: km², share of the boundary, the shape they share, its own outline."""

    name: str
    area_km2: Decimal
    share: Decimal
    shape: dict[str, Any]
    outline: dict[str, Any]
    kind: str

    @property
    def text(self) -> str:
        """In words."""
        words = {"name": self.name, "area": selfcheck.area(format(self.area_km2, "f")), "share": f"{self.share:.1%}"}
        if self.kind == PUBLISHED:
            return _("与已公布的“%(name)s”重叠 %(area)s 平方公里，占本范围的 %(share)s。") % words
        if self.kind == OWN:
            return _("与本单位的另一申报“%(name)s”重叠 %(area)s 平方公里，占本范围的 %(share)s。") % words
        return _("与另一未公布的申报“%(name)s”重叠 %(area)s 平方公里，占本范围的 %(share)s。") % words


def with_parks(boundary: Boundary, *, but: UUID | None = None, own: UUID | None = None) -> list[Overlap]:
    """The published parks that a boundary overlaps; `but`: the dossier of its own park, or `own`: that park's key."""
    parks = Park.objects.filter(status__in=LIVING)
    if but is not None:
        parks = parks.exclude(dossier=but)
    if own is not None:
        parks = parks.exclude(pk=own)
    names = dict(parks.values_list("pk", "name"))
    rows = ParkBoundary.objects.filter(park_id__in=names).order_by("park_id", "-valid_from", "-recorded_at")
    newest = {row.park_id: row for row in reversed(list(rows))}
    found = ((names[pk], row.geojson, PUBLISHED) for pk, row in newest.items())
    return _overlapping(boundary, found)


def with_own(boundary: Boundary, filing: Filing) -> list[Overlap]:
    """The other filings of the same applicant that run, as they stand in work; nobody else's, whoever asks."""
    rows = FilingBoundary.objects.filter(tenant_id=filing.tenant_id, filing__tenant_id=filing.tenant_id)
    rows = rows.exclude(filing__in=[filing.pk, filing.former_id or filing.pk])
    rows = rows.exclude(filing__status__in=[*enums.OVER, enums.FilingStatus.LISTED]).order_by("filing_id")
    shapes = (
        (row.filing.park_name, {name: row.geojson[name] for name in ("type", "coordinates")}, OWN)
        for row in rows.select_related("filing")
        if not any(found.get("level") == Level.ERROR.value for found in row.geojson.get("problems", ()))
    )
    return _overlapping(boundary, shapes)


def of_filing(filing: Filing) -> list[Overlap]:
    """What the authorities are told of a submitted filing: published parks, and the other filings that they may see."""
    version = latest_version(filing)
    if version is None or not version.content.get("boundary"):
        return []
    boundary = boundary_from_geojson(version.content["boundary"]["geojson"])
    others = (
        Filing.objects.exclude(pk=filing.pk)
        .exclude(pk=filing.former_id or filing.pk)
        .exclude(status__in=[*enums.OVER, enums.FilingStatus.DRAFT, enums.FilingStatus.LISTED])
    )
    rows = FilingVersion.objects.filter(filing__in=others).exclude(submitted_at=None).order_by("filing_id", "serial")
    newest = {row.filing_id: row for row in rows.select_related("filing")}
    shapes = (
        (row.filing.park_name, row.content["boundary"]["geojson"], FILING)
        for row in newest.values()
        if row.content.get("boundary")
    )
    return [*with_parks(boundary, but=filing.dossier, own=filing.park_id), *_overlapping(boundary, shapes)]


def drawn(content: dict[str, Any], found: list[Overlap]) -> dict[str, Any]:
    """The map of a filing's boundary with those that it overlaps, and what they share marked (EPSG:4490)."""

    def feature(name: str, kind: str, text: str, geometry: dict[str, Any]) -> dict[str, Any]:
        return {"type": "Feature", "properties": {"name": name, "kind": kind, "text": text}, "geometry": geometry}

    own = feature(content["park_name"], "progress", "", content["boundary"]["geojson"])
    others = [feature(one.name, "done" if one.kind == PUBLISHED else "waiting", "", one.outline) for one in found]
    shared = [feature(str(number), "late", one.text, one.shape) for number, one in enumerate(found, start=1)]
    return {"type": "FeatureCollection", "features": [*others, own, *shared]}


def _overlapping(boundary: Boundary, others: Iterable[Outline]) -> list[Overlap]:
    west, south, east, north = boundary.bbox
    found = []
    for name, geojson, kind in others:
        other = boundary_from_geojson(geojson)
        box = other.bbox
        if box[0] > east or box[2] < west or box[1] > north or box[3] < south:
            continue
        area, shape = shared_with(boundary, other)
        if shape is not None:
            found.append(Overlap(name, area, area / boundary.area_km2, shape, geojson, kind))
    return sorted(found, key=lambda one: -one.area_km2)
