"""Boundaries of parks: reading, checking, measuring and describing them, without a database."""

from registry.geometry.check import problems
from registry.geometry.crs import CRS_CHOICES, FORM_CHOICES
from registry.geometry.describe import CornerRow, FourSides, corner_table, four_sides
from registry.geometry.model import (
    MAX_VERTICES,
    TARGET_CRS,
    Boundary,
    BoundaryError,
    Level,
    Part,
    Problem,
    boundary_from_geojson,
)
from registry.geometry.read import ACCEPTED, MAX_BYTES, read_boundary, read_corner_table
from registry.geometry.relate import changes_km2, contains, gap_m, overlap_km2, share_within, shared_with

__all__ = [
    "ACCEPTED",
    "CRS_CHOICES",
    "FORM_CHOICES",
    "MAX_BYTES",
    "MAX_VERTICES",
    "TARGET_CRS",
    "Boundary",
    "BoundaryError",
    "CornerRow",
    "FourSides",
    "Level",
    "Part",
    "Problem",
    "boundary_from_geojson",
    "changes_km2",
    "contains",
    "corner_table",
    "four_sides",
    "gap_m",
    "overlap_km2",
    "problems",
    "read_boundary",
    "read_corner_table",
    "share_within",
    "shared_with",
]
