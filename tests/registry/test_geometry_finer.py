"""Spikes, near points, slivers, holes, every crossing, and how a boundary lies to its surroundings; limits in time."""

from __future__ import annotations

import io
import json
import resource
import time
import zipfile
from decimal import Decimal

import pytest

from registry.geometry import (
    Boundary,
    BoundaryError,
    Level,
    boundary_from_geojson,
    changes_km2,
    problems,
    read_boundary,
    share_within,
    shared_with,
)
from registry.surroundings import outlines, problems_of
from tests.factories import make_division, make_host_zone

BOX = [(120.0, 30.2), (120.04, 30.2), (120.04, 30.24), (120.0, 30.24)]


def read(*rings: list[tuple[float, float]], crs: str = "EPSG:4490") -> Boundary:
    """A polygon of one shell and its holes, closed here."""
    closed = [[list(point) for point in (*ring, ring[0])] for ring in rings]
    return read_boundary("b.geojson", json.dumps({"type": "Polygon", "coordinates": closed}).encode(), crs)


def codes(boundary: Boundary) -> list[str]:
    return [problem.code for problem in problems(boundary)]


def test_sound_box_has_no_finer_fault() -> None:
    assert codes(read(BOX)) == []


def test_every_crossing_is_told_with_its_corners_and_its_place() -> None:
    zigzag = [(120.0, 30.2), (120.06, 30.24), (120.06, 30.2), (120.0, 30.24), (120.0, 30.23), (120.06, 30.21)]
    found = [problem for problem in problems(read(zigzag)) if problem.code == "self_intersecting"]
    assert len(found) >= 2
    assert all(problem.lon and problem.remedy for problem in found)
    assert "第1点之后的边与第3点之后的边交叉" in found[0].message


def test_spike_and_near_points_are_reminders_at_their_place() -> None:
    spike = [*BOX[:2], (120.04, 30.22), (120.09, 30.2200001), (120.04, 30.2200002), *BOX[2:]]
    (found,) = [problem for problem in problems(read(spike)) if problem.code == "spike"]
    assert (found.level, found.lon) == (Level.WARNING, 120.09)
    near = [*BOX[:2], (120.0400000001, 30.2000000001), *BOX[2:]]
    assert "near_points" in codes(read(near))


def test_sliver_and_fragment_are_told_with_their_shape() -> None:
    strip = [(120.0, 30.2), (120.4, 30.2), (120.4, 30.2002), (120.0, 30.2002)]
    (found,) = [problem for problem in problems(read(strip)) if problem.code == "sliver"]
    assert (found.shape or {})["type"] == "Polygon"
    scrap = [(120.0, 30.2), (120.0005, 30.2), (120.0005, 30.2005), (120.0, 30.2005)]
    assert "tiny_part" in codes(read(scrap))


def test_hole_is_a_reminder_and_a_tiny_one_is_named_so() -> None:
    hole = [(120.01, 30.21), (120.02, 30.21), (120.02, 30.22), (120.01, 30.22)]
    assert codes(read(BOX, hole)) == ["hole"]
    tiny = [(120.01, 30.21), (120.01005, 30.21), (120.01005, 30.21005), (120.01, 30.21005)]
    assert codes(read(BOX, tiny)) == ["tiny_hole"]


@pytest.mark.parametrize(
    ("crs", "words"),
    [
        ("BEIJING54", "1954年北京坐标系的坐标不能直接采用"),
        ("XIAN80", "转换参数"),
        ("LOCAL", "地方独立坐标系"),
        ("UNSURE", "系统不作猜测"),
        ("GCJ02", "加偏坐标"),
    ],
)
def test_coordinates_of_other_systems_are_explained_and_not_taken(crs: str, words: str) -> None:
    with pytest.raises(BoundaryError, match=words):
        read(BOX, crs=crs)


def test_share_overlap_and_change_are_measured_on_the_ellipsoid() -> None:
    east = read([(lon + 0.02, lat) for lon, lat in BOX])
    share, outside = share_within(read(BOX), east)
    assert abs(share - Decimal("0.5")) < Decimal("0.0001")
    assert (outside or {})["type"] == "MultiPolygon"
    area, shape = shared_with(read(BOX), east)
    assert abs(area * 2 - east.area_km2) < Decimal("0.001")
    assert shape is not None
    came, came_shape, went, went_shape = changes_km2(read(BOX), east)
    assert abs(came - went) < Decimal("0.001")
    assert came_shape != went_shape
    assert share_within(read(BOX), read(BOX)) == (Decimal(1), None)
    assert changes_km2(None, read(BOX))[2:] == (Decimal(0), None)


@pytest.mark.django_db
def test_part_outside_city_and_zone_is_marked() -> None:
    zone = make_host_zone(make_division("330100", "杭州市"))
    zone.geojson = read(BOX).geojson
    inside = read([(120.01, 30.21), (120.02, 30.21), (120.02, 30.22), (120.01, 30.22)])
    assert problems_of(inside, zone) == []
    half = read([(lon + 0.02, lat) for lon, lat in BOX])
    (found,) = problems_of(half, zone)
    assert (found.code, found.level) == ("outside_zone", Level.WARNING)
    assert "50.00%" in found.message
    away = read([(lon + 1.5, lat - 2.0) for lon, lat in BOX])
    assert [one.code for one in problems_of(away, zone)] == ["outside_city", "outside_zone"]
    assert len(outlines()) == 11


def _million() -> list[tuple[str, bytes]]:
    pairs = [f"{120 + n / 1e8:.8f},{30.2 + n % 7 / 1e6:.6f}" for n in range(400_000)]
    geojson = b'{"type":"Polygon","coordinates":[[' + ",".join(f"[{pair}]" for pair in pairs).encode() + b"]]}"
    kml = b"<kml><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>"
    kml += " ".join(f"{pair},0" for pair in pairs).encode() + b"</coordinates></LinearRing></outerBoundaryIs>"
    table = "经度,纬度\n" + "\n".join(pairs)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\x00" * 9_000_000)
    return [
        ("a.geojson", geojson[: 10 * 1024 * 1024]),
        ("a.kml", kml[: 10 * 1024 * 1024]),
        ("a.csv", table[: 10 * 1024 * 1024].encode()),
        ("a.zip", packed.getvalue()),
    ]


def test_huge_shapes_are_refused_in_words_soon_and_in_little_memory() -> None:
    files = _million()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, data in files:
        begun = time.monotonic()
        with pytest.raises(BoundaryError) as refusal:
            read_boundary(name, data, "EPSG:4490")
        assert time.monotonic() - begun < 5, name
        assert refusal.value.remedy, name
        if name != "a.zip":
            assert refusal.value.code == "too_many_vertices", name
            assert "400" in str(refusal.value) or "界址点过多" in str(refusal.value)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120_000


def test_kept_boundary_reads_back_with_the_change_of_none() -> None:
    kept = boundary_from_geojson(read(BOX).geojson)
    assert changes_km2(kept, read(BOX)) == (Decimal(0), None, Decimal(0), None)
