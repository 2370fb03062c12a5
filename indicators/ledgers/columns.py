"""The columns of the ledgers, once for tables, forms, templates, histories and exports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.enums import Book
from indicators.ledgers import columns_life
from indicators.ledgers.cells import NOTE, Choice, Column, Fitting, code, date, decision, money, text, year, yes
from indicators.ledgers.columns_life import AnyRow
from indicators.models import Enterprise, Project

WHICH_YEAR = gettext_lazy("从哪一年起属于这类企业，填四位年度；不属于的留空。")
NAME = Column("name", text(120), "杭州示例科技有限公司", required=True, width=32)
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
    **columns_life.COLUMNS,
}
MODELS: dict[Book, type[AnyRow]] = {Book.PROJECTS: Project, Book.ENTERPRISES: Enterprise, **columns_life.MODELS}
# What tells a row of a book from any other of the same park.
KEYS: dict[Book, tuple[str, ...]] = {
    Book.PROJECTS: ("year", "name"),
    Book.ENTERPRISES: ("credit_code",),
    **columns_life.KEYS,
}
ASSESSED = ("assessed_on", "assessed_by", "assessment")
CERTIFIED = ("hitech_number", "hitech_year", "hitech_from", "hitech_to")


def label(book: Book, name: str) -> str:
    """How a column is headed."""
    return str(MODELS[book]._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def shown(value: Any) -> str:
    """A value in words."""
    if value is True or value is False:
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)


class Words:
    """The values of a book in words: of a choice its label; each choice is looked up once."""

    def __init__(self, book: Book) -> None:
        readers = ((column.name, column.read) for column in COLUMNS[book])
        self.labels = {name: dict(reader.options()) for name, reader in readers if isinstance(reader, Choice)}

    def __call__(self, name: str, value: Any) -> str:
        """A value of a column."""
        return str(self.labels[name].get(value, value or "")) if name in self.labels else shown(value)


def _project(values: dict[str, Any]) -> list[tuple[str, str]]:
    given = [name for name in ASSESSED if values[name]]
    if given and len(given) < len(ASSESSED):
        missing = next(name for name in ASSESSED if not values[name])
        return [(missing, _("科技水平评价的日期、单位、结果应同时填写"))]
    return []


def _enterprise(values: dict[str, Any]) -> list[tuple[str, str]]:
    given = [name for name in CERTIFIED if values[name]]
    if given and len(given) < len(CERTIFIED):
        missing = next(name for name in CERTIFIED if not values[name])
        return [(missing, _("高新技术企业的证书编号、首次认定年度、有效期起止应同时填写"))]
    if given and values["hitech_from"] > values["hitech_to"]:
        return [("hitech_to", _("有效期止不能早于有效期起"))]
    return []


# What must fit together in a row: the columns that are looked at, and what is said of them as (column, rule).
FITTING: dict[Book, Fitting] = {
    Book.PROJECTS: Fitting(ASSESSED, _project),
    Book.ENTERPRISES: Fitting(CERTIFIED, _enterprise),
    **columns_life.FITTING,
}


def whole(book: Book, values: dict[str, Any]) -> list[tuple[str, str]]:
    """What does not fit together in a row, as (column, rule)."""
    return FITTING[book].rule(values) if book in FITTING else []
