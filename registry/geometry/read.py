"""Reads a boundary from an uploaded file or a pasted table, whatever its format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from registry.geometry.build import Reading, build
from registry.geometry.corners import read_rows
from registry.geometry.crs import checked_crs
from registry.geometry.geojson import read_geojson
from registry.geometry.kml import read_kml
from registry.geometry.model import TARGET_CRS, Boundary, BoundaryError
from registry.geometry.shapefile_zip import read_shapefile
from registry.geometry.tables import decode_text, text_rows, xlsx_rows

MAX_BYTES = 10 * 1024 * 1024


def _read_text(data: bytes, crs: str) -> Reading:
    return read_rows(text_rows(decode_text(data)), crs)


def _read_workbook(data: bytes, crs: str) -> Reading:
    return read_rows(xlsx_rows(data), crs)


READERS: dict[str, Callable[[bytes, str], Reading]] = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".kml": read_kml,
    ".zip": read_shapefile,
    ".csv": _read_text,
    ".tsv": _read_text,
    ".txt": _read_text,
    ".xlsx": _read_workbook,
}
ACCEPTED = tuple(READERS)


def read_boundary(name: str, data: bytes, crs: str) -> Boundary:
    """The boundary in a file called `name`, its coordinates in `crs` (one of CRS_CHOICES).

    GeoJSON, KML, zipped Shapefile, corner table as CSV, TSV, text or XLSX; at most 10 MB.
    Raises BoundaryError. What can be read but not accepted is told by `problems`.
    """
    code = checked_crs(crs)
    if not data:
        raise BoundaryError("empty", _("文件是空的。"), remedy=_("请重新选择文件。"))
    if len(data) > MAX_BYTES:
        raise BoundaryError(
            "too_large",
            _("文件超过 %(limit)d MB。") % {"limit": MAX_BYTES // 1024 // 1024},
            remedy=_("请化简边界，只保留园区范围后重新上传。"),
        )
    suffix = PurePosixPath(name.strip()).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise BoundaryError(
            "unknown_format",
            _("不支持“%(suffix)s”格式的文件。") % {"suffix": suffix or name[-20:]},
            remedy=_advice(suffix),
        )
    return build(reader(data, code), code)


def read_corner_table(text: str, crs: str = TARGET_CRS) -> Boundary:
    """The boundary in a pasted table: heading row, then one corner per row. Raises BoundaryError."""
    return read_boundary("pasted.txt", text.encode(), crs)


def _advice(suffix: str) -> str:
    advice = {
        ".kmz": _("请先解压，上传其中的 .kml 文件。"),
        ".shp": _("请把 .shp、.shx、.dbf、.prj 打成一个 ZIP 后上传。"),
        ".xls": _("请另存为 .xlsx 后上传。"),
        ".dwg": _("请在制图软件中导出界址点表或 Shapefile 后上传。"),
        ".dxf": _("请在制图软件中导出界址点表或 Shapefile 后上传。"),
    }
    return advice.get(suffix, _("可用格式：GeoJSON、KML、Shapefile（ZIP）、界址点表（CSV、TSV、TXT、XLSX）。"))
