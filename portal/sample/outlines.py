"""Invented boundaries of the invented parks, west of the cells in which the sample's filings lie."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from shapely.geometry import shape

from registry.geometry.measure import geometry_area_m2
from registry.geometry.synthetic import synthetic_boundary
from registry.models import Park, ParkBoundary

WESTWARD = 0.42
EXPANDED = dt.date(2024, 6, 18)


def draw(park: Park, seed: int, first: dt.date, *areas_km2: str) -> None:
    """The boundaries of a park, one for each area: the first from a day on, another from the day of its expansion."""
    days = (first, EXPANDED)
    for day, area in zip(days, areas_km2, strict=False):
        geojson = _moved(synthetic_boundary(park.city_id, seed, float(area)))
        measured = Decimal(f"{geometry_area_m2(shape(geojson)) / 1e6:.9f}")
        ParkBoundary.objects.create(park=park, geojson=geojson, area_km2=measured, valid_from=day)
        Park.objects.filter(pk=park.pk).update(area_km2=measured)


def _moved(geojson: dict[str, Any]) -> dict[str, Any]:
    rings = [[[[lon - WESTWARD, lat] for lon, lat in ring] for ring in part] for part in geojson["coordinates"]]
    return {**geojson, "coordinates": rings}
