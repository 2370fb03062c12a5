"""Reads a zipped Shapefile in memory, refusing archives that are encrypted, oversized or point outside."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

import shapefile
from django.utils.translation import gettext as _

from registry.geometry.build import RawPart, RawRing, Reading, check_vertices
from registry.geometry.crs import check_declared
from registry.geometry.geojson import NAME_KEYS
from registry.geometry.model import MAX_PARTS, MAX_VERTICES, BoundaryError

MAX_MEMBERS = 50
MAX_MEMBER_BYTES = 10 * 1024 * 1024
ENCRYPTED = 0x1
FILE_CODE, HEADER_BYTES = 9994, 100
POINT_BYTES = 16
# What pyshp lets through when a file is cut off or its lengths are wrong.
DAMAGED = (
    shapefile.ShapefileException,
    struct.error,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)
POLYGONS = frozenset({shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM})


def read_shapefile(data: bytes, crs: str) -> Reading:
    """Polygons of the one Shapefile in a zip archive; its .prj must agree with `crs`."""
    files = _members(data)
    _check_header(files[".shp"])
    # Sixteen bytes hold a corner: the file's length bounds their number before one is read.
    check_vertices(0 if len(files[".shp"]) < POINT_BYTES * MAX_VERTICES * 2 else len(files[".shp"]) // POINT_BYTES)
    reading = Reading()
    if ".prj" in files:
        reading.notes.append(check_declared(_decode(files[".prj"]), crs, ".prj"))
    else:
        reading.notes.append(_("压缩包里没有 .prj，已按所选坐标系读取。"))
    try:
        with _open(files) as reader:
            _read(reader, reading)
    except BoundaryError:
        raise
    except DAMAGED as error:
        raise _broken() from error
    return reading


def _broken() -> BoundaryError:
    return BoundaryError(
        "broken_shapefile",
        _("Shapefile 已损坏或不完整。"),
        why=_("须同时有 .shp 及同名的 .dbf、.shx。"),
        remedy=_("请用地理信息软件重新导出并打包。"),
    )


def _members(data: bytes) -> dict[str, bytes]:
    """The parts of the Shapefile by extension."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {suffix: _content(archive, info) for suffix, info in _chosen(archive).items()}
    except BoundaryError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError):
        raise BoundaryError(
            "not_zip", _("文件不是有效的 ZIP 压缩包。"), remedy=_("请重新打包为 ZIP 后上传。")
        ) from None


def _chosen(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise BoundaryError(
            "zip_too_large",
            _("压缩包里有 %(count)d 个文件，上限 %(limit)d 个。") % {"count": len(infos), "limit": MAX_MEMBERS},
            remedy=_("请只打包一个 Shapefile。"),
        )
    for info in infos:
        _check_member(info)
    infos = [info for info in infos if not info.filename.startswith("__MACOSX/")]
    shapes = [info for info in infos if _suffix(info) == ".shp"]
    if len(shapes) != 1:
        raise BoundaryError(
            "not_one_shapefile",
            _("压缩包里应有且只有一个 .shp 文件，现有 %(count)d 个。") % {"count": len(shapes)},
            remedy=_("请把 .shp、.shx、.dbf、.prj 打成一个 ZIP；多个区块放在同一个 .shp 里。"),
        )
    stem = str(PurePosixPath(shapes[0].filename).with_suffix("")).lower()
    wanted = {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    return {
        _suffix(info): info
        for info in infos
        if _suffix(info) in wanted and str(PurePosixPath(info.filename).with_suffix("")).lower() == stem
    }


def _check_member(info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename:
        raise BoundaryError(
            "unsafe_zip", _("压缩包里的路径不安全。"), where=info.filename[:80], remedy=_("请重新打包。")
        )
    if info.flag_bits & ENCRYPTED:
        raise BoundaryError(
            "encrypted_zip",
            _("压缩包有密码，无法读取。"),
            where=info.filename[:80],
            remedy=_("请去掉密码后重新打包。"),
        )
    if info.file_size > MAX_MEMBER_BYTES:
        raise _oversized(info)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # The size in the directory is the sender's claim; only what is read counts.
    with archive.open(info) as member:
        content = member.read(MAX_MEMBER_BYTES + 1)
    if len(content) > MAX_MEMBER_BYTES:
        raise _oversized(info)
    return content


def _oversized(info: zipfile.ZipInfo) -> BoundaryError:
    return BoundaryError(
        "zip_too_large",
        _("解压后超过 %(limit)d MB。") % {"limit": MAX_MEMBER_BYTES // 1024 // 1024},
        where=info.filename[:80],
        remedy=_("请化简边界，只保留园区范围后重新打包。"),
    )


def _suffix(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename).suffix.lower()


def _check_header(shp: bytes) -> None:
    """Raise unless the file carries the Shapefile code and is as long as it says (in 16-bit words)."""
    if len(shp) < HEADER_BYTES:
        raise _broken()
    code, words = struct.unpack_from(">i20xi", shp)
    if code != FILE_CODE or words * 2 != len(shp):
        raise _broken()


def _open(files: dict[str, bytes]) -> shapefile.Reader:
    streams: dict[str, Any] = {key: io.BytesIO(files[f".{key}"]) for key in ("shp", "shx", "dbf") if f".{key}" in files}
    return shapefile.Reader(**streams, encoding=_encoding(files), encodingErrors="replace")


def _encoding(files: dict[str, bytes]) -> str:
    """Encoding of the attribute table: as .cpg says, else UTF-8 when it decodes, else GB 18030."""
    named = _decode(files.get(".cpg", b"")).strip().lower()
    if named:
        return "utf-8" if "utf" in named or named == "65001" else "gb18030"
    try:
        files.get(".dbf", b"")[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _decode(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="replace")


def _read(reader: shapefile.Reader, reading: Reading) -> None:
    if reader.shapeType not in POLYGONS:
        raise BoundaryError(
            "no_polygon",
            _("Shapefile 的类型是 %(kind)s，不是面。") % {"kind": reader.shapeTypeName},
            where=".shp",
            remedy=_("请导出面要素后重新上传。"),
        )
    fields = [field[0] for field in reader.fields if field[0] != "DeletionFlag"] if reader.dbf else []
    vertices = 0
    for number, shape in enumerate(reader.iterShapes(), start=1):
        where = _("要素%(number)d") % {"number": number}
        vertices += len(shape.points)
        check_vertices(vertices, where)
        if number > MAX_PARTS or len(shape.parts) > MAX_PARTS:
            raise BoundaryError(
                "too_many_parts",
                _("多边形过多，上限 %(limit)d 个。") % {"limit": MAX_PARTS},
                where=where,
                remedy=_("请只上传园区边界，不要上传地块或建筑。"),
            )
        name = _name(reader, fields, number - 1)
        for rings in _polygons(shape):
            reading.parts.append(RawPart(name, [RawRing([(p[0], p[1]) for p in ring], where) for ring in rings]))


def _name(reader: shapefile.Reader, fields: list[str], index: int) -> str:
    field = next((key for key in NAME_KEYS if key in fields), None)
    if field is None or index >= len(reader):
        return ""
    return str(reader.record(index)[field] or "")


def _polygons(shape: Any) -> list[Any]:
    if not shape.points:
        return []
    geometry = shape.__geo_interface__
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else list(coordinates)
