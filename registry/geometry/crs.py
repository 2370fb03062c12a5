"""Coordinate systems a boundary may come in; asked of the sender, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from registry.geometry.model import TARGET_CRS, BoundaryError, Point

# The order of the choices is the order in which a form shows them.
CRS_CHOICES = (
    ("EPSG:4490", gettext_lazy("2000国家大地坐标系 经纬度（EPSG:4490）")),
    ("EPSG:4326", gettext_lazy("WGS84 经纬度（EPSG:4326，园区精度下与2000国家大地坐标系等同）")),
    ("EPSG:4549", gettext_lazy("2000国家大地坐标系 3度带 中央经线120°，东坐标不带带号（EPSG:4549）")),
    ("EPSG:4528", gettext_lazy("2000国家大地坐标系 3度带 第40带，东坐标带带号（EPSG:4528）")),
    ("EPSG:4550", gettext_lazy("2000国家大地坐标系 3度带 中央经线123°，东坐标不带带号（EPSG:4550）")),
    ("EPSG:4529", gettext_lazy("2000国家大地坐标系 3度带 第41带，东坐标带带号（EPSG:4529）")),
    ("EPSG:4548", gettext_lazy("2000国家大地坐标系 3度带 中央经线117°，东坐标不带带号（EPSG:4548）")),
    ("EPSG:4527", gettext_lazy("2000国家大地坐标系 3度带 第39带，东坐标带带号（EPSG:4527）")),
)
# Asked for as well, so that whoever has such coordinates is told why they are not taken and what to do.
EXPLAINED = (
    ("BEIJING54", gettext_lazy("1954年北京坐标系（须先转换）")),
    ("XIAN80", gettext_lazy("1980西安坐标系（须先转换）")),
    ("LOCAL", gettext_lazy("地方独立坐标系（须先转换）")),
    ("GCJ02", gettext_lazy("互联网地图坐标（加偏，不接受）")),
    ("UNSURE", gettext_lazy("不清楚是哪一种")),
)
FORM_CHOICES = (("", gettext_lazy("请选择")), *CRS_CHOICES, *EXPLAINED)
GEOGRAPHIC = frozenset({"EPSG:4490", "EPSG:4326"})
ALLOWED = frozenset(code for code, _label in CRS_CHOICES)
OFFSET_NAMES = frozenset({"GCJ02", "BD09", "火星坐标", "百度坐标", "高德坐标", "腾讯坐标"})

CGCS2000_AXIS, CGCS2000_RF, WGS84_RF = 6378137.0, 298.257222101, 298.257223563
NORTHINGS = (2_900_000.0, 3_600_000.0)  # metres; Zhejiang lies between 27 and 31.5 degrees north
EASTINGS = (100_000.0, 900_000.0)
ZONE_FACTOR = 1_000_000.0
DEGREES_ONLY = 360.0
EPSG_CODE = re.compile(r"^(?:urn:ogc:def:crs:)?(?:EPSG:(?:[\d.]*:)?(\d{4,6})|OGC:(?:[\d.]*:)?CRS84)$", re.IGNORECASE)
WKT = re.compile(r"^\s*(?:PROJ|GEOG|GEOD|BOUND|COMPD)\w*\s*\[", re.IGNORECASE)
MAX_WKT = 20_000
WGS84_CODE = 4326


@dataclass(frozen=True)
class Projection:
    """Central meridian in degrees, false easting in metres and scale of a Gauss-Kruger zone."""

    meridian: float
    false_easting: float
    scale: float

    @property
    def zone(self) -> int:
        """Zone number before the easting (带号), 0 when there is none."""
        return int(self.false_easting // ZONE_FACTOR)


def checked_crs(crs: str) -> str:
    """The code of an allowed system, or a BoundaryError that says which are and why others are not."""
    code = crs.strip().upper()
    if code.replace("-", "").replace("_", "") in OFFSET_NAMES:
        raise BoundaryError(
            "gcj02",
            _("不接受加偏坐标（%(crs)s）。") % {"crs": crs},
            why=_("互联网地图的坐标经过加密偏移，误差可达数百米，不能用来确定四至和面积。"),
            remedy=_("请提供2000国家大地坐标系的测绘成果。"),
        )
    if code in {"BEIJING54", "XIAN80", "LOCAL"}:
        raise BoundaryError(
            "old_datum",
            _("%(crs)s的坐标不能直接采用。") % {"crs": str(dict(EXPLAINED)[code]).partition("（")[0]},
            why=_("换算到2000国家大地坐标系须用当地的转换参数，这些参数不公开；不换算会偏几十到上百米。"),
            remedy=_("请由测绘资质单位或自然资源部门转换为2000国家大地坐标系后上传。"),
        )
    if code == "UNSURE":
        raise BoundaryError(
            "unsure_crs",
            _("还没有确定坐标系。"),
            why=_("同一组数字在不同坐标系中是不同的地方，系统不作猜测。"),
            remedy=_(
                "请看测绘成果的说明：写明“CGCS2000、中央经线120°”而东坐标是6位数的，选3度带不带带号；"
                "东坐标是8位数、以40开头的，选第40带；120.×、30.×这样的小数是经纬度。仍不能确定的，请问出具成果的单位。"
            ),
        )
    if code not in ALLOWED:
        raise BoundaryError(
            "unknown_crs",
            _("不支持的坐标系“%(crs)s”。") % {"crs": crs},
            why=_("坐标系必须由报送单位明确，系统不作猜测。"),
            remedy=_("请从列出的坐标系中选择，或先转换为2000国家大地坐标系。"),
        )
    return code


def is_geographic(crs: str) -> bool:
    """Whether coordinates in `crs` are degrees."""
    return crs in GEOGRAPHIC


@cache
def projection(crs: str) -> Projection | None:
    """Parameters of a projected system of the list, None for degrees."""
    return _projection(CRS.from_user_input(crs))


def to_target(points: Sequence[Point], crs: str, where: str) -> tuple[Point, ...]:
    """East-first coordinates in `crs` as EPSG:4490 longitude and latitude; degrees pass unchanged."""
    if is_geographic(crs):
        _check_degrees(points, where)
        return tuple(points)
    _check_metres(points, crs, where)
    eastings, northings = zip(*points, strict=True)
    lons, lats = _transformer(crs, TARGET_CRS).transform(eastings, northings)
    return tuple(zip(lons, lats, strict=True))


def from_target(point: Point, crs: str) -> Point:
    """A point of EPSG:4490 as easting and northing in a projected system, metres."""
    easting, northing = _transformer(TARGET_CRS, crs).transform(*point)
    return easting, northing


def check_declared(declared: str, crs: str, where: str) -> str:
    """Compare what a file says of itself (WKT, URN) with what was asked; a note when it is unknown."""
    found = _declared(declared)
    if found is None:
        return _("%(where)s里的坐标系说明无法识别，已按所选坐标系读取。") % {"where": where}
    asked = CRS.from_user_input(crs)
    ellipsoid = found.ellipsoid
    same_ellipsoid = ellipsoid is not None and (
        abs(ellipsoid.semi_major_metre - CGCS2000_AXIS) < 1
        and min(abs(ellipsoid.inverse_flattening - rf) for rf in (CGCS2000_RF, WGS84_RF)) < 1e-3
    )
    if same_ellipsoid and found.is_projected == asked.is_projected and _projection(found) == _projection(asked):
        return ""
    raise BoundaryError(
        "crs_conflict",
        _("文件自带的坐标系“%(found)s”与所选坐标系“%(asked)s”不一致。") % {"found": found.name, "asked": crs},
        where=where,
        remedy=_("请改选文件实际使用的坐标系，或转换后重新上传。"),
    )


def _declared(text: str) -> CRS | None:
    """The system that WKT, an EPSG code or a URN names; None for anything else.

    Free text is not handed to PROJ: it would search its whole database for it.
    """
    code = EPSG_CODE.match(text.strip())
    if code is None and not WKT.match(text):
        return None
    try:
        if code is None:
            return CRS.from_wkt(text[:MAX_WKT])
        return CRS.from_epsg(int(code[1] or WGS84_CODE))
    except CRSError:
        return None


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _projection(crs: CRS) -> Projection | None:
    if not crs.is_projected or crs.coordinate_operation is None:
        return None
    values = {
        parameter.name.lower().replace(" ", "_"): float(parameter.value)
        for parameter in crs.coordinate_operation.params
    }
    meridian = values.get("longitude_of_natural_origin", values.get("central_meridian", 0.0))
    scale = values.get("scale_factor_at_natural_origin", values.get("scale_factor", 1.0))
    return Projection(meridian, values.get("false_easting", 0.0), scale)


def _check_degrees(points: Sequence[Point], where: str) -> None:
    for number, (lon, lat) in enumerate(points, start=1):
        if abs(lon) <= DEGREES_ONLY / 2 and abs(lat) <= DEGREES_ONLY / 4:
            continue
        place = _("%(where)s第%(number)d点") % {"where": where, "number": number}
        if abs(lon) > DEGREES_ONLY or abs(lat) > DEGREES_ONLY:
            raise BoundaryError(
                "metres_as_degrees",
                _("坐标 %(x)s, %(y)s 不是经纬度。") % {"x": lon, "y": lat},
                where=place,
                why=_("数值过大，像是以米为单位的平面坐标，而所选坐标系是经纬度。"),
                remedy=_("请改选相应的3度带坐标系。"),
            )
        raise BoundaryError(
            "swapped_axes",
            _("经度 %(x)s、纬度 %(y)s 不可能成立。") % {"x": lon, "y": lat},
            where=place,
            why=_("纬度不会超过90度，经度和纬度很可能填反了。"),
            remedy=_("请按先经度、后纬度的次序填写。"),
        )


def _check_metres(points: Sequence[Point], crs: str, where: str) -> None:
    system = projection(crs)
    zone = system.zone if system else 0
    for number, (easting, northing) in enumerate(points, start=1):
        if _inside(easting - zone * ZONE_FACTOR, EASTINGS) and _inside(northing, NORTHINGS):
            continue
        place = _("%(where)s第%(number)d点") % {"where": where, "number": number}
        why, remedy = _metres_reason(easting, northing, zone)
        raise BoundaryError(
            "not_in_projection",
            _("坐标 东 %(x)s、北 %(y)s 不在所选坐标系（%(crs)s）的浙江范围内。")
            % {"x": easting, "y": northing, "crs": crs},
            where=place,
            why=why,
            remedy=remedy,
        )


def _metres_reason(easting: float, northing: float, zone: int) -> tuple[str, str]:
    if abs(easting) <= DEGREES_ONLY and abs(northing) <= DEGREES_ONLY:
        return _("数值像是经纬度，而所选坐标系以米为单位。"), _("请改选经纬度坐标系。")
    if _inside(northing % ZONE_FACTOR, EASTINGS) and _inside(easting, NORTHINGS):
        return _("东坐标和北坐标很可能填反了。"), _("请核对次序：文件应先东坐标、后北坐标。")
    if easting >= 10 * ZONE_FACTOR and not zone:
        number = int(easting // ZONE_FACTOR)
        return _("东坐标前有带号%(zone)d。") % {"zone": number}, _("请改选带带号的坐标系。")
    if zone and _inside(easting, EASTINGS):
        return _("东坐标前没有带号%(zone)d。") % {"zone": zone}, _("请改选不带带号的坐标系。")
    return "", _("请核对坐标和所选坐标系。")


def _inside(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
