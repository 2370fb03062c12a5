"""The columns of the two books, once for tables, forms, templates, histories and exports."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.enums import Book, Decision
from indicators.ledgers import credit_code
from indicators.models import Enterprise, Project

EARLIEST, LATEST = 1900, 2100
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
YES, NO = ("是", "有", "1", "√", "Y"), ("否", "无", "0", "N", "")
Value = str | int | bool | Decimal | dt.date | None


class Wrong(ValueError):
    """A cell that is not taken, with the rule it breaks."""


def as_text(raw: Any) -> str:
    """A cell as it was typed: numbers without an exponent, whole ones without a point."""
    if isinstance(raw, str):
        return raw.strip()
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return str(int(raw))
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return ""
        return str(int(raw)) if raw.is_integer() else format(Decimal(repr(raw)), "f")
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat()
    return str(raw)


def text(longest: int) -> Callable[[Any], Value]:
    """Words of one line."""

    def read(raw: Any) -> Value:
        found = as_text(raw)
        if len(found) > longest:
            raise Wrong(_("不超过 %(n)d 个字") % {"n": longest})
        if CONTROL.search(found):
            raise Wrong(_("不能有换行或制表符"))
        return found

    return read


def code(raw: Any) -> Value:
    """A unified social credit code."""
    found = as_text(raw).upper()
    if not credit_code.is_valid(found):
        raise Wrong(_("不是有效的统一社会信用代码：应为 18 位，末位为校验码（GB 32100-2015）"))
    return found


def date(raw: Any) -> Value:
    """A day."""
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if not (found := as_text(raw)):
        return None
    match = DATE.fullmatch(found)
    try:
        day = dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day.year <= LATEST:
        raise Wrong(_("应为日期，按年-月-日填写"))
    return day


def year(raw: Any) -> Value:
    """A calendar year."""
    found = as_text(raw).removesuffix("年")
    if not found:
        return None
    if not (found.isdecimal() and len(found) == 4 and EARLIEST <= int(found) <= LATEST):
        raise Wrong(_("应为四位数字的年度；不是这类企业的留空"))
    return int(found)


def money(raw: Any) -> Value:
    """An amount in 亿元, not negative, four decimals at most."""
    found = as_text(raw).replace(",", "").replace("，", "")
    if not found:
        return None
    try:
        amount = Decimal(found)
    except InvalidOperation:
        raise Wrong(_("应为数字，单位亿元")) from None
    if not amount.is_finite() or amount < 0 or amount >= 10**10 or amount != round(amount, 4):
        raise Wrong(_("应为不小于 0 的数字，单位亿元，最多四位小数"))
    return amount


def yes(raw: Any) -> Value:
    """Yes or no; nothing typed is no."""
    found = as_text(raw).upper()
    if found in YES:
        return True
    if found in NO:
        return False
    raise Wrong(_("应填写“是”或“否”"))


def decision(raw: Any) -> Value:
    """Admitted or rejected."""
    found = as_text(raw)
    for one in Decision:
        if found in (one.value, str(one.label)):
            return str(one.value)
    raise Wrong(_("应填写“准入”或“否决”"))


@dataclass(frozen=True)
class Column:
    """One column of a book: the model's field, how it is headed, read and exemplified."""

    name: str
    read: Callable[[Any], Value]
    example: str
    required: bool = False
    help: Any = ""
    width: int = 16


WHICH_YEAR = gettext_lazy("从哪一年起属于这类企业，填四位年度；不属于的留空。")
NAME = Column("name", text(120), "杭州示例科技有限公司", required=True, width=32)
NOTE = Column("note", text(200), "")
COLUMNS: dict[Book, tuple[Column, ...]] = {
    Book.PROJECTS: (
        Column("year", year, "2014", required=True, help=gettext_lazy("准入或否决的年度。"), width=10),
        Column("name", text(120), "智能传感器产业化项目", required=True, width=32),
        Column("investor", text(120), "杭州示例科技有限公司", required=True, width=32),
        Column("industry", text(60), "物联网"),
        Column("hitech", yes, "是", width=12),
        Column("planned", money, "1.2", required=True, width=14),
        Column("completed", money, "0.35", width=14),
        Column("started_on", date, "2014-05-20", width=14),
        Column("assessed_on", date, "2014-03-10", help=gettext_lazy("入园前科技水平评价的日期（P-II.2.0c）。")),
        Column("assessed_by", text(120), "市科技局"),
        Column("assessment", text(200), "国内领先"),
        Column("low_tech", yes, "否", width=10),
        Column("polluting", yes, "否", width=10),
        Column("wasteful", yes, "否", width=10),
        Column("decision", decision, "准入", required=True, width=10),
        Column("smart", yes, "是", width=8),
        Column("green", yes, "是", width=8),
        Column("safe", yes, "否", width=8),
        Column("serving", yes, "否", width=8),
        NOTE,
    ),
    Book.ENTERPRISES: (
        Column("credit_code", code, "91330100MA27X00X09", required=True, width=24),
        NAME,
        Column("registered_on", date, "2014-05-20", width=14),
        Column("hitech_number", text(30), "GR201433000001", width=20),
        Column("hitech_year", year, "2014", help=gettext_lazy("第一次认定为高新技术企业的年度。")),
        Column("hitech_from", date, "2014-09-29", width=14),
        Column("hitech_to", date, "2017-09-28", width=14),
        Column("sei_year", year, "2014", help=WHICH_YEAR),
        Column("hts_year", year, "", help=WHICH_YEAR),
        Column("sme_year", year, "2014", help=WHICH_YEAR),
        Column("innovative_year", year, "", help=WHICH_YEAR),
        Column("hq_year", year, "", help=WHICH_YEAR),
        Column("listed_year", year, "", help=WHICH_YEAR),
        Column("rd_year", year, "2013", help=WHICH_YEAR),
        Column("left_on", date, "", width=14),
        NOTE,
    ),
}
MODELS: dict[Book, type[Project] | type[Enterprise]] = {Book.PROJECTS: Project, Book.ENTERPRISES: Enterprise}
# What tells a row of a book from any other of the same park.
KEYS = {Book.PROJECTS: ("year", "name"), Book.ENTERPRISES: ("credit_code",)}


def label(book: Book, name: str) -> str:
    """How a column is headed."""
    return str(MODELS[book]._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def shown(value: Any) -> str:
    """A value in words."""
    if value is True or value is False:
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if value in Decision.values:
        return str(Decision(value).label)
    return "" if value is None else str(value)


def whole(book: Book, values: dict[str, Any]) -> list[tuple[str, str]]:
    """What does not fit together in a row, as (column, rule)."""
    return list(_project(values) if book == Book.PROJECTS else _enterprise(values))


def _project(values: dict[str, Any]) -> list[tuple[str, str]]:
    given = [name for name in ("assessed_on", "assessed_by", "assessment") if values[name]]
    if given and len(given) < 3:
        missing = next(name for name in ("assessed_on", "assessed_by", "assessment") if not values[name])
        return [(missing, _("科技水平评价的日期、单位、结果应同时填写"))]
    return []


def _enterprise(values: dict[str, Any]) -> list[tuple[str, str]]:
    names = ("hitech_number", "hitech_year", "hitech_from", "hitech_to")
    given = [name for name in names if values[name]]
    if given and len(given) < len(names):
        missing = next(name for name in names if not values[name])
        return [(missing, _("高新技术企业的证书编号、首次认定年度、有效期起止应同时填写"))]
    if given and values["hitech_from"] > values["hitech_to"]:
        return [("hitech_to", _("有效期止不能早于有效期起"))]
    return []
