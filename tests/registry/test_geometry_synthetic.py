"""Boundaries of the sample province: sound, of the area asked for, apart, and always the same."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest

from registry.facts import loader
from registry.facts.records import OfficeKind
from registry.geometry import boundary_from_geojson, overlap_km2, problems
from registry.geometry.measure import distance_m
from registry.geometry.synthetic import CENTRES, MAX_KM2, synthetic_boundary


@pytest.mark.parametrize("city", CENTRES)
@pytest.mark.parametrize("area", [10.5, 23.0, MAX_KM2])
def test_synthetic_boundary_has_its_area_and_no_problem(city: str, area: float) -> None:
    for seed in range(9):
        boundary = boundary_from_geojson(synthetic_boundary(city, seed, area))
        assert float(boundary.area_km2) == pytest.approx(area, rel=1e-6)
        assert problems(boundary) == []
        assert distance_m(boundary.centroid, CENTRES[city]) < 25_000


def test_synthetic_boundary_is_the_same_every_time_and_another_for_another_seed() -> None:
    assert synthetic_boundary("330100", 1, 12) == synthetic_boundary("330100", 1, 12)
    assert synthetic_boundary("330100", 1, 12) != synthetic_boundary("330100", 10, 12)


def test_synthetic_boundaries_of_one_city_lie_apart() -> None:
    shapes = [boundary_from_geojson(synthetic_boundary("330300", seed, MAX_KM2)) for seed in range(9)]
    assert all(overlap_km2(a, b) == Decimal(0) for a, b in combinations(shapes, 2))


def test_synthetic_boundary_exists_for_every_applicant() -> None:
    assert set(CENTRES) == {office.code for office in loader.offices_of(OfficeKind.APPLICANT)}


@pytest.mark.parametrize("area", [0, -1, 61])
def test_synthetic_area_out_of_range_is_refused(area: float) -> None:
    with pytest.raises(ValueError, match="area_km2"):
        synthetic_boundary("330100", 0, area)
