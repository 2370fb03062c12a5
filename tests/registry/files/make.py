"""Writes one polygon in every format that a boundary may come in."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import shapefile
from openpyxl import Workbook
from pyproj import CRS, Transformer

Point = tuple[float, float]

# About 4.8 km by 4.4 km west of Hangzhou, with a small hole for the tests that need one.
SHELL: list[Point] = [(120.0, 30.2), (120.05, 30.2), (120.05, 30.24), (120.0, 30.24), (120.0, 30.2)]
HOLE: list[Point] = [(120.02, 30.21), (120.02, 30.22), (120.03, 30.22), (120.03, 30.21), (120.02, 30.21)]
EAST: list[Point] = [(120.06, 30.2), (120.08, 30.2), (120.08, 30.24), (120.06, 30.24), (120.06, 30.2)]


def geojson(*rings: Sequence[Point], **extra: Any) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": rings or [SHELL], **extra}).encode()


def features(blocks: Mapping[str, Sequence[Sequence[Point]]]) -> bytes:
    rows = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for name, rings in blocks.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def kml(*rings: Sequence[Point], name: str = "东区") -> bytes:
    def ring(tag: str, points: Sequence[Point]) -> str:
        text = " ".join(f"{x},{y},0" for x, y in points)
        return f"<{tag}><LinearRing><coordinates>{text}</coordinates></LinearRing></{tag}>"

    shell, *holes = rings or [SHELL]
    body = ring("outerBoundaryIs", shell) + "".join(ring("innerBoundaryIs", hole) for hole in holes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>'
        f"<Placemark><name>{name}</name><Polygon>{body}</Polygon></Placemark></Folder></Document></kml>"
    ).encode()


def projected(points: Sequence[Point], crs: str) -> list[Point]:
    """The points as easting and northing."""
    move = Transformer.from_crs("EPSG:4490", crs, always_xy=True)
    return [move.transform(*point) for point in points]


def csv(points: Sequence[Point] = SHELL, heading: str = "序号,经度,纬度") -> bytes:
    rows = [f"J{i},{x!r},{y!r}" for i, (x, y) in enumerate(points[:-1], start=1)]
    return "\n".join([heading, *rows]).encode()


def xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shapefile_parts(
    rings: Sequence[Sequence[Point]] = (SHELL,), name: str = "东区", crs: str = "EPSG:4490"
) -> dict[str, bytes]:
    streams = {key: io.BytesIO() for key in ("shp", "shx", "dbf")}
    with shapefile.Writer(**streams, encoding="utf-8") as writer:
        writer.field("QKMC", "C", 80)
        # Shapefile wants the shell clockwise and the holes against it.
        writer.poly([_turned(ring, clockwise=i == 0) for i, ring in enumerate(rings)])
        writer.record(name)
    files = {f"park.{key}": stream.getvalue() for key, stream in streams.items()}
    files["park.prj"] = CRS.from_user_input(crs).to_wkt("WKT1_ESRI").encode()
    return files


def _turned(ring: Sequence[Point], *, clockwise: bool) -> list[Point]:
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    return list(ring) if (twice < 0) == clockwise else list(reversed(ring))


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
