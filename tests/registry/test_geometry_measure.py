"""Area and length: against the closed formula of the ellipsoid, and the same in every format."""

from __future__ import annotations

from decimal import Decimal
from math import atanh, radians, sin, sqrt
from pathlib import Path

import pytest
from pyproj import CRS, Geod

from registry.geometry import (
    CRS_CHOICES,
    Boundary,
    Level,
    boundary_from_geojson,
    corner_table,
    four_sides,
    problems,
    read_boundary,
)
from tests.registry.files import make

FLATTENING = 1 / 298.257222101
E2 = FLATTENING * (2 - FLATTENING)
AXIS = 6378137.0
FILES = Path(__file__).parent / "files"


def quadrangle_m2(west: float, south: float, east: float, north: float) -> float:
    """Area between two meridians and two parallels of the ellipsoid, by the closed formula."""

    def q(latitude: float) -> float:
        s, e = sin(radians(latitude)), sqrt(E2)
        return s / (1 - E2 * s * s) + atanh(e * s) / e

    return AXIS**2 * (1 - E2) / 2 * radians(east - west) * (q(north) - q(south))


def dense(west: float, south: float, east: float, north: float, steps: int = 2000) -> list[make.Point]:
    """The same quadrangle with corners so close that chords and parallels coincide."""
    along = [west + (east - west) * i / steps for i in range(steps + 1)]
    ring = [(x, south) for x in along] + [(x, north) for x in reversed(along)]
    return [*ring, ring[0]]


def read(data: bytes, name: str = "a.geojson", crs: str = "EPSG:4490") -> Boundary:
    return read_boundary(name, data, crs)


@pytest.mark.parametrize(
    "frame",
    [(120.0, 30.2, 120.05, 30.24), (118.1, 27.1, 118.101, 27.101), (122.5, 30.0, 123.1, 31.0)],
)
def test_area_agrees_with_the_closed_formula_of_the_ellipsoid(frame: tuple[float, ...]) -> None:
    boundary = read(make.geojson(dense(*frame)))
    assert boundary.area_m2 == pytest.approx(quadrangle_m2(*frame), rel=1e-8)


def test_area_of_a_sphere_would_be_off_by_more_than_a_thousandth() -> None:
    west, south, east, north = 120.0, 30.2, 120.05, 30.24
    sphere = AXIS**2 * radians(east - west) * (sin(radians(north)) - sin(radians(south)))
    area = read(make.geojson(dense(west, south, east, north))).area_m2
    assert abs(sphere / area - 1) > 0.001


def test_area_of_four_corners_agrees_with_the_geodesic_reference() -> None:
    lons, lats = zip(*make.SHELL, strict=True)
    reference, perimeter = Geod(a=AXIS, f=FLATTENING).polygon_area_perimeter(lons, lats)
    boundary = read(make.geojson())
    assert boundary.area_m2 == pytest.approx(reference, rel=1e-12)
    assert boundary.perimeter_m == pytest.approx(perimeter, rel=1e-12)
    assert boundary.area_km2 == Decimal(repr(boundary.area_m2)) / 1_000_000


def test_hole_is_taken_off_whatever_its_direction() -> None:
    whole, hole = read(make.geojson()).area_m2, read(make.geojson(make.HOLE)).area_m2
    for ring in (make.HOLE, make.HOLE[::-1]):
        assert read(make.geojson(make.SHELL, ring)).area_m2 == pytest.approx(whole - hole, rel=1e-12)


def test_direction_of_the_shell_changes_nothing() -> None:
    assert read(make.geojson(make.SHELL[::-1])).area_m2 == pytest.approx(read(make.geojson()).area_m2)


def test_blocks_add_up_and_keep_their_names() -> None:
    boundary = read(make.features({"西区": [make.SHELL], "东区": [make.EAST]}))
    assert boundary.blocks == ("西区", "东区")
    assert sum(boundary.block_area_m2.values()) == pytest.approx(boundary.area_m2)
    assert boundary.block_area_m2["西区"] == read(make.geojson()).area_m2
    collection = boundary.feature_collection()
    assert [f["properties"]["name"] for f in collection["features"]] == ["西区", "东区"]


@pytest.mark.parametrize(
    ("name", "data", "crs"),
    [
        ("park.kml", make.kml(), "EPSG:4326"),
        ("park.zip", make.zipped(make.shapefile_parts()), "EPSG:4490"),
        ("park.csv", make.csv(), "EPSG:4490"),
        ("park.tsv", make.csv(heading="序号,经度,纬度").replace(b",", b"\t"), "EPSG:4490"),
        (
            "park.xlsx",
            make.xlsx([["经度", "纬度"], *make.SHELL]),
            "EPSG:4490",
        ),
        (
            "PARK.GeoJSON",
            make.geojson(crs={"type": "name", "properties": {"name": "EPSG:4490"}}),
            "epsg:4490",
        ),
    ],
)
def test_every_format_gives_the_same_boundary(name: str, data: bytes, crs: str) -> None:
    boundary, expected = read_boundary(name, data, crs), read(make.geojson())
    assert boundary.area_m2 == pytest.approx(expected.area_m2, rel=1e-12)
    assert set(boundary.points()) == set(expected.points())
    assert boundary.vertex_count == 4
    assert boundary.source_crs == crs.upper()


@pytest.mark.parametrize("crs", ["EPSG:4549", "EPSG:4528", "EPSG:4548", "EPSG:4527", "EPSG:4550"])
def test_projected_coordinates_come_back_to_a_tenth_of_a_millimetre(crs: str) -> None:
    ring = make.projected(make.SHELL, crs)
    expected = read(make.geojson())
    for name, data in (
        ("a.geojson", make.geojson(ring)),
        ("a.zip", make.zipped(make.shapefile_parts([ring], crs=crs))),
        ("a.csv", make.csv(ring, "序号,东坐标,北坐标")),
        ("a.csv", make.csv([(n, e) for e, n in ring], "序号,X,Y")),
        ("a.csv", make.csv(ring, "点号,X(m),Y(m)")),
    ):
        boundary = read_boundary(name, data, crs)
        assert boundary.area_m2 == pytest.approx(expected.area_m2, rel=1e-8)
        assert {(round(x, 9), round(y, 9)) for x, y in boundary.points()} == set(make.SHELL)


def test_every_choice_is_cgcs2000_or_wgs84() -> None:
    names = {CRS.from_user_input(code).geodetic_crs.name for code, _label in CRS_CHOICES}
    assert names == {"China Geodetic Coordinate System 2000", "WGS 84"}


def test_coordinates_keep_their_full_precision() -> None:
    ring = [(120.123456789012, 30.2), (120.2, 30.2), (120.2, 30.300000000001), (120.123456789012, 30.2)]
    boundary = read(make.geojson(ring))
    assert boundary.geojson["coordinates"] == [[[list(point) for point in ring]]]


def test_stored_geojson_comes_back_as_the_same_boundary() -> None:
    boundary = read(make.features({"西区": [make.SHELL, make.HOLE], "东区": [make.EAST]}))
    assert boundary_from_geojson(boundary.geojson, ("西区", "东区")) == boundary
    assert boundary_from_geojson(boundary.geojson).blocks == ("区块1", "区块2")


def test_frame_and_centre_of_a_square() -> None:
    boundary = read(make.geojson())
    assert boundary.bbox == (120.0, 30.2, 120.05, 30.24)
    assert boundary.centroid == pytest.approx((120.025, 30.22))


def test_four_sides_names_the_extreme_corners() -> None:
    ring = [(120.0, 30.21), (120.02, 30.2), (120.05, 30.22), (120.03, 30.24), (120.0, 30.21)]
    sides = four_sides(read(make.geojson(ring)))
    assert (sides.east, sides.south, sides.west, sides.north) == (ring[2], ring[1], ring[0], ring[3])
    assert sides.text().startswith("最东点 东经120°03′00″、北纬30°13′12″；最南点")


def test_corner_table_lists_each_corner_once_and_reads_back() -> None:
    boundary = read(make.features({"西区": [make.SHELL, make.HOLE], "东区": [make.EAST]}))
    rows = corner_table(boundary)
    assert [(row.block, row.ring, row.label) for row in rows[3:5]] == [("西区", 1, "J4"), ("西区", 2, "J5")]
    assert [row.label for row in rows if row.block == "东区"] == ["J1", "J2", "J3", "J4"]
    assert sum(row.side_m for row in rows) == pytest.approx(boundary.perimeter_m)
    assert (rows[0].lon_dms, rows[2].lat_dms) == ("120°00′00.0000″", "30°14′24.0000″")
    lines = [f"{row.block},{row.ring},{row.label},{row.lon!r},{row.lat!r}" for row in rows]
    text = "\n".join(["区块,圈号,序号,经度,纬度", *lines])
    assert read_boundary("back.csv", text.encode(), "EPSG:4490") == boundary


def test_corner_table_in_a_projection_carries_metres() -> None:
    row = corner_table(read(make.geojson()), "EPSG:4549")[0]
    easting, northing = make.projected([(120.0, 30.2)], "EPSG:4549")[0]
    assert (row.easting, row.northing) == (easting, northing)
    assert easting == pytest.approx(500_000)


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("sample-park.geojson", "EPSG:4490"),
        ("sample-park.kml", "EPSG:4326"),
        ("sample-park.csv", "EPSG:4490"),
        ("sample-park-4549.txt", "EPSG:4549"),
    ],
)
def test_sample_files_hold_the_same_park_to_a_few_square_metres(name: str, crs: str) -> None:
    boundary = read_boundary(name, (FILES / name).read_bytes(), crs)
    assert boundary.area_m2 == pytest.approx(12_500_000, abs=20)
    assert not [problem for problem in problems(boundary) if problem.level is Level.ERROR]


def test_closed_formula_agrees_with_the_surface_of_the_whole_ellipsoid() -> None:
    # 510,065,621 km² is the surface of GRS80 to the square kilometre.
    assert quadrangle_m2(-180, -90, 180, 90) / 1e6 == pytest.approx(510_065_621.7, abs=1)
