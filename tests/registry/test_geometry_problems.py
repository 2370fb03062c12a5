"""Problems of boundaries that can be read: each told once, with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.geometry import Boundary, Level, contains, overlap_km2, problems, read_boundary
from tests.registry.files import make

BIG: list[make.Point] = [(120.0, 30.2), (120.1, 30.2), (120.1, 30.24), (120.0, 30.24), (120.0, 30.2)]


def read(*rings: list[make.Point]) -> Boundary:
    return read_boundary("a.geojson", make.geojson(*rings), "EPSG:4490")


def blocks(**rings: list[make.Point]) -> Boundary:
    data = make.features({name: [ring] for name, ring in rings.items()})
    return read_boundary("a.geojson", data, "EPSG:4490")


def codes(boundary: Boundary, level: Level = Level.ERROR) -> list[str]:
    return [problem.code for problem in problems(boundary) if problem.level is level]


def test_sound_boundary_has_no_problem() -> None:
    assert problems(read(BIG)) == []
    (reminder,) = problems(read(BIG, make.HOLE))
    assert (reminder.code, reminder.level) == ("hole", Level.WARNING)


def test_boundary_left_open_is_told_with_its_last_point() -> None:
    (problem,) = problems(read(BIG[:-1]))
    assert (problem.code, problem.lon, problem.lat) == ("not_closed", 120.0, 30.24)
    assert read(BIG[:-1]).area_m2 == read(BIG).area_m2


def test_bow_tie_is_told_with_its_crossing() -> None:
    bow = [(120.0, 30.2), (120.2, 30.4), (120.2, 30.2), (120.0, 30.4), (120.0, 30.2)]
    (problem,) = [p for p in problems(read(bow)) if p.level is Level.ERROR]
    assert problem.code == "self_intersecting"
    assert (problem.lon, problem.lat) == pytest.approx((120.1, 30.3))
    assert "自相交" in problem.message


def test_hole_outside_its_shell_is_told() -> None:
    (problem,) = problems(read(BIG, [(x + 1, y) for x, y in make.HOLE]))
    assert "挖除部分在边界之外" in problem.message


@pytest.mark.parametrize("ring", [[(120.0, 30.2)], [(120.0, 30.2), (120.1, 30.2), (120.0, 30.2)], [(120.0, 30.2)] * 5])
def test_fewer_than_three_points_are_told(ring: list[make.Point]) -> None:
    assert "too_few_points" in codes(read(ring))


@pytest.mark.parametrize("middle", [(120.05, 30.2), (120.02, 30.2)])
def test_corners_on_one_line_have_zero_area(middle: make.Point) -> None:
    assert codes(read([(120.0, 30.2), middle, (120.1, 30.2), (120.0, 30.2)])) == ["zero_area"]


def test_duplicate_points_are_told_by_number() -> None:
    (problem,) = problems(read([*BIG[:2], BIG[1], *BIG[2:]]))
    assert (problem.code, problem.lon, problem.lat) == ("duplicate_points", 120.1, 30.2)
    assert "第2点与第3点" in problem.message


def test_boundary_outside_zhejiang_is_told() -> None:
    ring = [(x - 3, y) for x, y in BIG]
    (problem,) = problems(read(ring))
    assert (problem.code, problem.lon) == ("outside_zhejiang", 117.0)


def test_blocks_that_overlap_are_told_inside_the_shared_area() -> None:
    boundary = blocks(甲=BIG, 乙=[(x + 0.05, y) for x, y in BIG])
    (problem,) = [p for p in problems(boundary) if p.level is Level.ERROR]
    assert problem.code == "overlapping_blocks"
    assert 120.05 < (problem.lon or 0) < 120.1
    assert "甲与乙" in problem.message


def test_blocks_that_share_a_side_do_not_overlap() -> None:
    boundary = blocks(甲=BIG, 乙=[(round(x + 0.1, 9), y) for x, y in BIG])
    assert codes(boundary) == []
    assert codes(boundary, Level.WARNING) == ["several_parts"]


def test_area_under_ten_square_kilometres_only_warns() -> None:
    small = [(120.0, 30.2), (120.02, 30.2), (120.02, 30.22), (120.0, 30.22), (120.0, 30.2)]
    assert codes(read(small)) == []
    assert codes(read(small), Level.WARNING) == ["under_10_km2"]


def test_what_was_passed_over_is_a_warning() -> None:
    data = (
        b'{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [120, 30]},'
        + make.geojson(BIG)
        + b"]}"
    )
    boundary = read_boundary("a.json", data, "EPSG:4490")
    assert codes(boundary, Level.WARNING) == ["note"]


def test_overlap_and_containment() -> None:
    park, zone = read(make.SHELL), read(BIG)
    assert contains(zone, park)
    assert not contains(park, zone)
    assert float(overlap_km2(zone, park)) == pytest.approx(park.area_m2 / 1e6, rel=1e-9)
    assert overlap_km2(park, blocks(东=make.EAST)) == Decimal(0)


def test_hole_of_the_zone_does_not_contain_the_park() -> None:
    assert not contains(read(make.SHELL, make.HOLE), read(make.HOLE))
    assert overlap_km2(read(make.SHELL, make.HOLE), read(make.HOLE)) == Decimal(0)
