"""The register as open data: one dictionary of columns and one flat row per record, for exports and interface."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from registry import dates
from registry.enums import CityTitleKind, ParkStatus
from registry.models import Park
from registry.queries import published

Text = str | Promise
BOM = "\ufeff"
ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030"}
LIST_SIGN = "；"
NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column: its name, label, unit, meaning and where its value comes from."""

    name: str
    label: Text
    meaning: Text
    value: Callable[[Any], Any]
    unit: str = ""
    kind: str = "text"


def _basis(park: Park) -> str:
    paper = published(park.current.paper)
    return paper.number if paper else park.current.citation


def _counter(status: str) -> Callable[[Any], int]:
    return lambda division: division.park_counts.get(status, 0)


PARKS: tuple[Column, ...] = (
    Column("slug", _("代码"), _("园区的永久代码，列入时给定，从不改变"), lambda p: p.slug),
    Column("name", _("名称"), _("现用名称"), lambda p: p.name),
    Column("former_names", _("曾用名"), _("曾用名称，多个以“；”分隔"), lambda p: former_names(p), kind="list"),
    Column("status", _("状态代码"), "、".join(ParkStatus.values), lambda p: p.status),
    Column("status_label", _("状态"), _("状态的中文名称"), lambda p: str(ParkStatus(p.status).label)),
    Column(
        "since",
        _("现状态起始"),
        _("ISO 8601 日期，可精确到日、月或年；空为未载明"),
        lambda p: dates.iso(p.current.since, p.current.precision),
    ),
    Column("basis", _("依据"), _("批准文件的文号，或史料出处"), _basis),
    Column("city_code", _("城市代码"), _("GB/T 2260 代码"), lambda p: p.city_id),
    Column("city", _("城市"), _("设区市今名"), lambda p: p.city.name),
    Column("county_code", _("县（市、区）代码"), _("GB/T 2260 代码；空为未载明"), lambda p: p.county_id or ""),
    Column("county", _("县（市、区）"), _("今名；空为未载明"), lambda p: p.county.name if p.county else ""),
    Column(
        "host_zone", _("所在开发区"), _("产业集聚区等；空为未载明"), lambda p: p.host_zone.name if p.host_zone else ""
    ),
    Column(
        "area_km2",
        _("规划面积"),
        _("按 CGCS2000 椭球核算；空为未载明"),
        lambda p: decimal_text(p.area_km2),
        unit="平方公里",
        kind="decimal",
    ),
    Column(
        "industries",
        _("主导产业"),
        _("多个以“；”分隔；空为未载明"),
        lambda p: [row.name for row in p.industries.all()],
        kind="list",
    ),
    Column("sample", _("示例数据"), _("true 为演示用的虚构记录，false 为真实记录"), lambda p: p.sample, kind="boolean"),
)


def _titles(division: Any) -> list[str]:
    return [kind.value for kind in CityTitleKind if kind in division.held]


CITIES: tuple[Column, ...] = (
    Column("code", _("代码"), _("GB/T 2260 代码"), lambda d: d.code),
    Column("name", _("名称"), _("今名"), lambda d: d.name),
    Column("level", _("层级"), "prefecture、county", lambda d: d.level),
    *(
        Column(status.value, status.label, _("处于该状态的园区数"), _counter(status.value), unit="个", kind="integer")
        for status in ParkStatus
    ),
    Column("titles", _("称号"), _("现持有的称号代码，以分号分隔"), lambda d: ";".join(_titles(d))),
    Column(
        "host_zones", _("产业集聚区等"), _("本册所载的所在开发区数"), lambda d: d.zone_count, unit="个", kind="integer"
    ),
)


def former_names(park: Park) -> list[str]:
    """Names that the park bore and no longer bears, in order, without repetition."""
    return list(dict.fromkeys(row.name for row in park.names.all() if row.name != park.name))


def decimal_text(value: Any) -> str:
    """A decimal as text without trailing zeros; empty when unknown."""
    return "" if value is None else f"{value.normalize():f}"


def row(columns: Sequence[Column], record: Park | Division) -> dict[str, Any]:
    """One record as a flat row; lists stay lists."""
    return {column.name: column.value(record) for column in columns}


def cell(value: Any) -> str:
    """A value as one cell of a CSV file; what a spreadsheet would run as a formula is quoted with an apostrophe."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return cell(LIST_SIGN.join(str(item) for item in value))
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) and not NUMBER.fullmatch(value) else value
    return "" if value is None else str(value)


def csv_text(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """A CSV text with a head of column names, CRLF line ends, without byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for record in rows:
        writer.writerow([cell(record[name]) for name in names])
    return out.getvalue()


def encoded(text: str, encoding: str = "utf-8") -> bytes:
    """A CSV text as bytes: UTF-8 with byte order mark, or GB18030 for older spreadsheets."""
    return text.encode("gb18030") if encoding == "gb18030" else (BOM + text).encode()


def csv_response(
    name: str, columns: Sequence[Column], rows: Iterable[dict[str, Any]], encoding: str = "utf-8"
) -> HttpResponse:
    """A CSV file to download; an encoding that is not offered means UTF-8."""
    encoding = encoding if encoding in ENCODINGS else "utf-8"
    content = encoded(csv_text([column.name for column in columns], rows), encoding)
    response = HttpResponse(content, content_type=f"text/csv; charset={encoding}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
