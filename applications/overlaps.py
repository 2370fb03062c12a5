"""Which other parks and filings a boundary overlaps: published ones for everybody, filings for 省科技厅 alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from applications import enums, selfcheck
from applications.models import Filing, FilingVersion
from applications.queries import latest_version
from registry.enums import LIVING
from registry.geometry import Boundary, boundary_from_geojson, shared_with
from registry.models import Park, ParkBoundary


@dataclass(frozen=True)
class Overlap:
    """A park or filing that a boundary overlaps: km², share of the boundary, the shape they share."""

    name: str
    area_km2: Decimal
    share: Decimal
    shape: dict[str, Any]
    published: bool

    @property
    def text(self) -> str:
        """In words."""
        words = {"name": self.name, "area": selfcheck.area(format(self.area_km2, "f")), "share": f"{self.share:.1%}"}
        if self.published:
            return _("与已公布的“%(name)s”重叠 %(area)s 平方公里，占本范围的 %(share)s。") % words
        return _("与另一未公布的申报“%(name)s”重叠 %(area)s 平方公里，占本范围的 %(share)s。") % words


def with_parks(boundary: Boundary, *, but: UUID | None = None) -> list[Overlap]:
    """The published parks that a boundary overlaps; `but`: the dossier of its own park."""
    parks = Park.objects.filter(status__in=LIVING)
    if but is not None:
        parks = parks.exclude(dossier=but)
    names = dict(parks.values_list("pk", "name"))
    rows = ParkBoundary.objects.filter(park_id__in=names).order_by("park_id", "-valid_from")
    newest = {row.park_id: row for row in reversed(list(rows))}
    found = ((names[pk], row.geojson, True) for pk, row in newest.items())
    return _overlapping(boundary, found)


def of_filing(filing: Filing) -> list[Overlap]:
    """What 省科技厅 is told of a submitted filing: published parks, and the other filings that it may see."""
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
        (row.filing.park_name, row.content["boundary"]["geojson"], False)
        for row in newest.values()
        if row.content.get("boundary")
    )
    return [*with_parks(boundary, but=filing.dossier), *_overlapping(boundary, shapes)]


def _overlapping(boundary: Boundary, others: Iterable[tuple[str, dict[str, Any], bool]]) -> list[Overlap]:
    west, south, east, north = boundary.bbox
    found = []
    for name, geojson, published in others:
        other = boundary_from_geojson(geojson)
        box = other.bbox
        if box[0] > east or box[2] < west or box[1] > north or box[3] < south:
            continue
        area, shape = shared_with(boundary, other)
        if shape is not None:
            found.append(Overlap(name, area, area / boundary.area_km2, shape, published))
    return sorted(found, key=lambda one: -one.area_km2)
