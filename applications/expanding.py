"""An expansion beside the boundary that holds: what is added, what would be lost, who lies next to it (P-II.4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from applications.models import FilingBoundary
from registry.enums import LIVING
from registry.geometry import Boundary, Level, Problem, boundary_from_geojson, changes_km2, gap_m
from registry.models import Park, ParkBoundary

SQUARE_METRE = Decimal("0.000001")
# Apart by less than this, two boundaries adjoin: the sides of two surveys never meet to the centimetre.
ADJOINING_M = 20.0


@dataclass(frozen=True)
class Expansion:
    """The new boundary against the one that holds: km² and GeoJSON of what comes and of what would go."""

    old: Boundary
    new: Boundary
    added_km2: Decimal
    added: dict[str, Any] | None
    lost_km2: Decimal
    lost: dict[str, Any] | None

    @classmethod
    def of(cls, old: Boundary, new: Boundary) -> Expansion:
        """Lay one on the other."""
        return cls(old, new, *changes_km2(old, new))

    def problems(self) -> list[Problem]:
        """Errors where nothing is added or something would be lost; a warning where a piece lies apart."""
        found = []
        if self.lost is not None:
            area = {"area": f"{self.lost_km2:.4f}"}
            message = _("扩区后的范围缺少现有范围 %(area)s 平方公里。") % area
            found.append(
                _marked("loses_area", message, self.lost, Level.ERROR, _("扩区只增不减；减少范围的，另行办理变更。"))
            )
        if self.added is None:
            message = _("与现有范围相同，没有新增区域。")
            return [*found, Problem("adds_nothing", message, remedy=_("请上传或勾画扩区后的全部范围。"))]
        found += [
            _marked(
                "lies_apart",
                _("新增区域有一块与现有范围不相连。"),
                piece,
                Level.WARNING,
                _("请调整为相连的范围，或在“扩区理由与新增区域”页说明。"),
            )
            for piece in self._apart()
        ]
        return found

    def _apart(self) -> list[dict[str, Any]]:
        polygons = (self.added or {}).get("coordinates", ())
        pieces = [{"type": "MultiPolygon", "coordinates": [polygon]} for polygon in polygons]
        return [one for one in pieces if gap_m(boundary_from_geojson(one), self.old) > ADJOINING_M]


def boundary_in_force(park: Park) -> ParkBoundary | None:
    """The boundary that holds for a park now."""
    return ParkBoundary.objects.filter(park=park).order_by("valid_from", "recorded_at").last()


def of_park(park: Park | None, new: Boundary) -> Expansion | None:
    """The expansion that a boundary would be for a park; None where the park has no boundary on the register."""
    row = boundary_in_force(park) if park else None
    return Expansion.of(boundary_from_geojson(row.geojson), new) if row else None


def of_row(row: FilingBoundary) -> Expansion | None:
    """The expansion that a filing's boundary in work would be."""
    plain = {name: row.geojson[name] for name in ("type", "coordinates")}
    return of_park(row.filing.park, boundary_from_geojson(plain))


def neighbours(new: Boundary, own: Park | None) -> list[str]:
    """The names of the other living parks that a boundary adjoins or overlaps."""
    parks = Park.objects.filter(status__in=LIVING)
    if own is not None:
        parks = parks.exclude(pk=own.pk)
    names = dict(parks.values_list("pk", "name"))
    rows = ParkBoundary.objects.filter(park_id__in=names).order_by("valid_from", "recorded_at")
    newest = {row.park_id: row for row in rows}
    near = (pk for pk, row in newest.items() if gap_m(new, boundary_from_geojson(row.geojson)) <= ADJOINING_M)
    return sorted(names[pk] for pk in near)


def _marked(code: str, message: str, shape: dict[str, Any], level: Level, remedy: str) -> Problem:
    lon, lat = shape["coordinates"][0][0][0][:2]
    return Problem(code, message, lon, lat, level, remedy, shape)
