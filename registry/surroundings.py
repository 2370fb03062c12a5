"""How a boundary lies to its city and to its host zone; the city's outline is a picture of about 100 m, never law."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from registry.geometry import Boundary, Level, Problem, boundary_from_geojson, share_within
from registry.models import HostZone, Park

# The outlines are generalised to about 100 m: a few percent outside say nothing.
CITY_SHARE, ZONE_SHARE = Decimal("0.97"), Decimal("0.9999")
OUTLINES = "data/zhejiang.geojson"


def problems_of(boundary: Boundary, place: HostZone | Park) -> list[Problem]:
    """Warnings where part of a valid boundary lies outside its city or its host zone, each with the part outside.

    `place` is the host zone, or the park itself where the register tells of no host zone.
    """
    zone = [] if isinstance(place, Park) else _outside_zone(boundary, place)
    return [*_outside_city(boundary, place), *zone]


def zone_boundary(zone: HostZone) -> Boundary | None:
    """The outline of a host zone, where the operator has registered one."""
    return boundary_from_geojson(zone.geojson) if zone.geojson else None


def share_in_zone(boundary: Boundary, zone: HostZone | None) -> Decimal | None:
    """Which share of a boundary lies in its host zone; None where zone or outline is not known."""
    known = zone_boundary(zone) if zone else None
    return share_within(known, boundary)[0] if known else None


def _outside_city(boundary: Boundary, place: HostZone | Park) -> list[Problem]:
    city = _city(place)
    if city is None:
        return []
    share, outside = share_within(city, boundary)
    if share >= CITY_SHARE or outside is None:
        return []
    message = _("约有 %(share)s 在%(city)s行政区域（示意图，精度约100米）之外。") % {
        "share": f"{1 - share:.1%}",
        "city": place.city.name,
    }
    return [_marked("outside_city", message, outside, _("请核对坐标、所选坐标系和所在开发区；确在界外的，请说明。"))]


def _outside_zone(boundary: Boundary, zone: HostZone) -> list[Problem]:
    known = zone_boundary(zone)
    if known is None:
        return []
    share, outside = share_within(known, boundary)
    if share >= ZONE_SHARE or outside is None:
        return []
    message = _("有 %(share)s 在%(zone)s的范围之外（在范围内 %(inside)s）。") % {
        "share": f"{1 - share:.2%}",
        "inside": f"{share:.2%}",
        "zone": zone.name,
    }
    remedy = _("园区应在所在开发区内选择（P-II.1.2d），请调整边界，或说明与开发区范围不一致的原因。")
    return [_marked("outside_zone", message, outside, remedy)]


def _marked(code: str, message: str, shape: dict[str, Any], remedy: str) -> Problem:
    lon, lat = shape["coordinates"][0][0][0][:2]
    return Problem(code, message, lon, lat, Level.WARNING, remedy, shape)


def _city(place: HostZone | Park) -> Boundary | None:
    """The outline of the prefecture; of a county that files itself there is none."""
    code = place.city_id if place.city_id in outlines() else f"{place.city_id[:4]}00"
    return outlines().get(code)


@cache
def outlines() -> dict[str, Boundary]:
    """The outlines of the eleven cities by their code."""
    path = settings.BASE_DIR / "static" / OUTLINES
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {one["properties"]["code"]: _boundary(one["geometry"]) for one in features}


def _boundary(geometry: dict[str, Any]) -> Boundary:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return boundary_from_geojson({"type": "MultiPolygon", "coordinates": polygons})
