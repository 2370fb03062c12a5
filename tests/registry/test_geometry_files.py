"""Files that cannot or must not be read: a clear refusal for each, and quickly."""

from __future__ import annotations

import io
import json
import struct
import time
import zipfile

import pytest

from registry.geometry import BoundaryError, read_boundary
from tests.registry.files import make


def refusal(name: str, data: bytes, crs: str = "EPSG:4490") -> BoundaryError:
    with pytest.raises(BoundaryError) as caught:
        read_boundary(name, data, crs)
    assert caught.value.what
    assert str(caught.value)
    return caught.value


@pytest.mark.parametrize("crs", ["GCJ-02", "gcj02", "BD-09", "火星坐标"])
def test_offset_coordinates_are_refused_with_the_reason(crs: str) -> None:
    error = refusal("a.geojson", make.geojson(), crs)
    assert error.code == "gcj02"
    assert "偏移" in error.why


@pytest.mark.parametrize("crs", ["", "EPSG:3857", "EPSG:2437", "DROP TABLE"])
def test_other_systems_are_refused(crs: str) -> None:
    assert refusal("a.geojson", make.geojson(), crs).code == "unknown_crs"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("a.kmz", "解压"), ("a.shp", "ZIP"), ("a.xls", "xlsx"), ("a.dwg", "导出"), ("noname", "可用格式")],
)
def test_other_formats_are_refused_with_a_way_out(name: str, remedy: str) -> None:
    error = refusal(name, b"x")
    assert error.code == "unknown_format"
    assert remedy in error.remedy


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"{", "not_geojson"),
        (b"[]", "not_geojson"),
        (b"\xff\xfe\x00", "not_geojson"),
        (b"[" * 100_000, "not_geojson"),
        (b'{"type": "Topology"}', "not_geojson"),
        (b'{"type": "Polygon", "coordinates": 5}', "not_geojson"),
        (b'{"type": "Polygon", "coordinates": []}', "no_points"),
        (b'{"type": "Polygon", "coordinates": [[]]}', "no_points"),
        (b'{"type": "Polygon", "coordinates": [[[120, NaN]]]}', "not_a_number"),
        (b'{"type": "Polygon", "coordinates": [[[120, true]]]}', "not_a_number"),
        (b'{"type": "Polygon", "coordinates": [[["120", "30"]]]}', "not_a_number"),
        (b'{"type": "Polygon", "coordinates": [[[1e999, 30]]]}', "not_a_number"),
        (b'{"type": "Point", "coordinates": [120, 30]}', "no_polygon"),
        (b'{"type": "FeatureCollection", "features": []}', "no_polygon"),
        (b'{"type": "Feature", "geometry": null}', "no_polygon"),
        (b'{"type": "FeatureCollection", "features": [7]}', "not_geojson"),
        (make.geojson([(30.2, 120.0), (30.2, 120.1), (30.3, 120.1), (30.2, 120.0)]), "swapped_axes"),
    ],
)
def test_bad_geojson_is_refused(data: bytes, code: str) -> None:
    assert refusal("a.geojson", data).code == code


def test_geojson_that_names_another_system_is_refused() -> None:
    data = make.geojson(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}})
    assert refusal("a.geojson", data).code == "crs_conflict"
    same = make.geojson(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    assert read_boundary("a.geojson", same, "EPSG:4490").notes == ()


@pytest.mark.parametrize(
    ("declared", "notes"),
    [
        ("EPSG:4490", 0),
        ("epsg:4326", 0),
        ("urn:ogc:def:crs:EPSG:6.9:4326", 0),
        ("urn:ogc:def:crs:OGC::CRS84", 0),
        ("OGC:CRS84", 0),
        ("EPSG:999999", 1),
        ("China 2000", 1),
        ("GEOGCS[broken", 1),
        ("+proj=longlat +nadgrids=/etc/passwd", 1),
    ],
)
def test_system_named_by_a_file_is_known_or_noted(declared: str, notes: int) -> None:
    data = make.geojson(crs={"type": "name", "properties": {"name": declared}})
    assert len(read_boundary("a.geojson", data, "EPSG:4490").notes) == notes


def test_wrong_point_of_a_feature_is_named() -> None:
    data = make.features({"甲": [make.SHELL], "乙": [[(120.0, 30.2), ("x", 1), (120.1, 30.3)]]})  # type: ignore[list-item]
    assert refusal("a.geojson", data).where == "要素2第2点"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<kml><Placemark>", "not_kml"),
        (b"<gpx/>", "not_kml"),
        (b"plain text", "not_kml"),
        (b'<?xml version="1.0" encoding="nonsense"?><kml/>', "not_kml"),
        (b"<kml><Placemark><Point><coordinates>120,30</coordinates></Point></Placemark></kml>", "no_polygon"),
        (make.kml().replace(b"120.05,30.2,0", b"120.05;30.2"), "not_a_number"),
        (make.kml().replace(b"120.05,30.2,0", b"nan,30.2"), "not_a_number"),
        (b'<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "unsafe_xml"),
        (b'<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>', "unsafe_xml"),
    ],
)
def test_bad_kml_is_refused(data: bytes, code: str) -> None:
    assert refusal("a.kml", data).code == code


def test_kml_in_metres_is_refused() -> None:
    assert refusal("a.kml", make.kml(), "EPSG:4549").code == "crs_conflict"


def test_kml_block_takes_the_name_of_its_placemark_and_keeps_holes() -> None:
    boundary = read_boundary("a.kml", make.kml(make.SHELL, make.HOLE), "EPSG:4490")
    assert boundary.blocks == ("东区",)
    assert len(boundary.parts[0].holes) == 1


@pytest.mark.parametrize(("tag", "code"), [("Placemark", "too_many_parts"), ("Folder", "no_polygon")])
def test_kml_of_deep_nesting_is_refused_quickly(tag: str, code: str) -> None:
    deep = f"<{tag}>" * 200_000 + f"</{tag}>" * 200_000
    started = time.monotonic()
    assert refusal("a.kml", f"<kml>{deep}</kml>".encode()).code == code
    assert time.monotonic() - started < 3


def test_shapefile_keeps_name_and_hole() -> None:
    data = make.zipped(make.shapefile_parts([make.SHELL, make.HOLE], name="滨江区块"))
    boundary = read_boundary("a.zip", data, "EPSG:4490")
    expected = read_boundary("a.geojson", make.geojson(make.SHELL, make.HOLE), "EPSG:4490")
    assert boundary.blocks == ("滨江区块",)
    assert boundary.area_m2 == pytest.approx(expected.area_m2, rel=1e-12)


def test_shapefile_without_prj_is_read_with_a_note() -> None:
    files = make.shapefile_parts()
    del files["park.prj"]
    assert ".prj" in read_boundary("a.zip", make.zipped(files), "EPSG:4490").notes[0]


@pytest.mark.parametrize("declared", ["EPSG:4549", "EPSG:2437", "EPSG:4610", "EPSG:32650"])
def test_shapefile_whose_prj_disagrees_is_refused(declared: str) -> None:
    data = make.zipped(make.shapefile_parts(crs=declared))
    assert refusal("a.zip", data).code == "crs_conflict"


def test_utm_is_not_taken_for_the_gauss_kruger_zone_with_the_same_meridian() -> None:
    ring = make.projected(make.SHELL, "EPSG:32650")
    data = make.zipped(make.shapefile_parts([ring], crs="EPSG:32650"))
    assert refusal("a.zip", data, "EPSG:4548").code == "crs_conflict"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"park.shp": b""}, "broken_shapefile"),
        ({"park.shp": b"\x00" * 300}, "broken_shapefile"),
        ({"other.shp": b"x"}, "not_one_shapefile"),
        ({"../evil.txt": b"x"}, "unsafe_zip"),
        ({"/etc/evil.txt": b"x"}, "unsafe_zip"),
        ({"..\\evil.txt": b"x"}, "unsafe_zip"),
        ({"C:evil.txt": b"x"}, "unsafe_zip"),
        ({"park.dbf": b"\x00" * (11 * 1024 * 1024)}, "zip_too_large"),
        ({f"{i}.txt": b"" for i in range(60)}, "zip_too_large"),
    ],
)
def test_bad_archive_is_refused(change: dict[str, bytes], code: str) -> None:
    assert refusal("a.zip", make.zipped(make.shapefile_parts() | change)).code == code


def test_shapefile_cut_at_any_length_is_refused_or_read() -> None:
    files = make.shapefile_parts()
    whole = files["park.shp"]
    for length in range(0, len(whole), 7):
        assert refusal("a.zip", make.zipped(files | {"park.shp": whole[:length]})).code


def test_shapefile_of_points_is_refused() -> None:
    import shapefile

    streams = {key: io.BytesIO() for key in ("shp", "shx", "dbf")}
    with shapefile.Writer(**streams) as writer:
        writer.field("a", "C", 5)
        writer.point(120, 30)
        writer.record("a")
    files = {f"a.{key}": stream.getvalue() for key, stream in streams.items()}
    assert refusal("a.zip", make.zipped(files)).code == "no_polygon"


def test_encrypted_archive_is_refused() -> None:
    data = bytearray(make.zipped(make.shapefile_parts()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(signature)
        while position >= 0:
            flags = struct.unpack_from("<H", data, position + offset)[0]
            struct.pack_into("<H", data, position + offset, flags | 1)
            position = data.find(signature, position + 4)
    assert refusal("a.zip", bytes(data)).code == "encrypted_zip"


def test_archive_that_is_none_is_refused() -> None:
    assert refusal("a.zip", b"PK\x03\x04 nothing").code == "not_zip"
    assert refusal("a.xlsx", b"PK\x03\x04 nothing").code == "not_xlsx"
    assert refusal("a.xlsx", make.zipped({"a.txt": b"x"})).code == "not_xlsx"


def test_workbook_with_a_password_is_refused() -> None:
    assert refusal("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600).code == "encrypted_workbook"


def test_workbook_bomb_is_refused() -> None:
    out = io.BytesIO(make.xlsx([["经度", "纬度"]]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * (60 * 1024 * 1024))
    assert refusal("a.xlsx", out.getvalue()).code == "zip_too_large"


def test_workbook_with_entities_is_refused() -> None:
    source = zipfile.ZipFile(io.BytesIO(make.xlsx([["经度", "纬度"], [120.0, 30.2]])))
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "1"><!ENTITY y "&x;&x;">]>'
    files = {}
    for name in source.namelist():
        text = source.read(name)
        files[name] = bomb + text.partition(b"?>")[2] if b"sheet1" in name.encode() else text
        if name.endswith("sheet1.xml") and not text.startswith(b"<?xml"):
            files[name] = bomb + text
    assert refusal("a.xlsx", make.zipped(files)).code == "unsafe_xml"


def circle(count: int) -> list[list[float]]:
    return [[120 + i / 1e7, 30.0] for i in range(count)]


@pytest.mark.parametrize("kind", ["geojson", "csv", "kml", "zip"])
def test_million_points_are_refused_within_two_seconds(kind: str) -> None:
    points = circle(1_000_000)
    data = {
        "geojson": lambda: json.dumps({"type": "Polygon", "coordinates": [points]}).encode(),
        "csv": lambda: ("经度,纬度\n" + "\n".join(f"{x},{y}" for x, y in points)).encode(),
        "kml": lambda: make.kml([(x, y) for x, y in points]),
        "zip": lambda: make.zipped({"a.shp": b"\x00" * 16_000_000, "a.shx": b"", "a.dbf": b""}),
    }[kind]()
    started = time.monotonic()
    error = refusal(f"a.{kind}", data)
    assert time.monotonic() - started < 2
    assert error.code in {"too_large", "zip_too_large"}


def test_points_over_the_limit_are_refused_within_two_seconds() -> None:
    short = [[120 + i / 1e6, 30] for i in range(300_000)]
    for name, data in (
        ("a.geojson", json.dumps({"type": "Polygon", "coordinates": [short]}).encode()),
        ("a.csv", ("经度,纬度\n" + "\n".join(f"{x},{y}" for x, y in short)).encode()),
        ("a.kml", make.kml([(x, y) for x, y in short])),
        ("a.zip", make.zipped(make.shapefile_parts([[(x, y) for x, y in short]]))),
    ):
        started = time.monotonic()
        assert refusal(name, data).code == "too_many_vertices"
        assert time.monotonic() - started < 2


def test_points_up_to_the_limit_are_read() -> None:
    points = [(120 + i / 1e6, 30.2) for i in range(49_999)] + [(120.02, 30.3)]
    boundary = read_boundary("a.geojson", make.geojson(points), "EPSG:4490")
    assert boundary.vertex_count == 50_000
