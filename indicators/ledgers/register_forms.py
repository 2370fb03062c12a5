"""What the form of one register asks, how its columns are headed there, and which figures a row counts to."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import names
from indicators.enums import Book
from indicators.ledgers.cells import Choice, Column
from indicators.ledgers.columns import COLUMNS, label
from indicators.ledgers.registers import KIND_NEEDS, REGISTERS, Counts, Register
from indicators.models import Record
from indicators.queries import named

ALWAYS = ("register", "year", "name", "body", "paper", "note")
SPAN = ("since", "until")
# How a column is headed where a register means one thing by it.
HEADS: dict[tuple[str, str], Any] = {
    ("institutions", "body"): gettext_lazy("依托企业"),
    ("institutions", "number"): gettext_lazy("研发人员（人）"),
    ("talents", "number"): gettext_lazy("人数（人）"),
    ("trainings", "number"): gettext_lazy("培训人数（人）"),
    ("non_cash", "amount"): gettext_lazy("注册资本（万元）"),
    ("non_cash", "number"): gettext_lazy("非货币出资作价（万元）"),
    ("funds", "amount"): gettext_lazy("金额；引导基金为年末规模（万元）"),
    ("tax_relief", "amount"): gettext_lazy("减免税额（万元）"),
    ("trade", "amount"): gettext_lazy("合同金额（万元）"),
    ("incentives", "amount"): gettext_lazy("激励金额（万元）"),
    ("lead_projects", "amount"): gettext_lazy("项目总投入（万元）"),
    ("consultations", "since"): gettext_lazy("会商日期"),
}
BEGUN = gettext_lazy("认定（设立）年度")
HELP = {
    "stock": gettext_lazy("从这一年起每年年末都计入，直到终止日期。"),
    "year": gettext_lazy("只计入这一年。"),
}


def _needs(one: Register) -> set[str]:
    """The columns that a row must have, whatever its kind or for some of its kinds."""
    return {*one.needs, *(name for kind in one.kinds for name in KIND_NEEDS.get(kind, ()))}


def _stays(one: Register) -> bool:
    """Whether rows of a register tell of what there is, from one year on."""
    return any(count.stock for count in one.counts)


def columns_of(code: str, row: Record | None = None) -> list[Column]:
    """The columns that a row of a register is asked for; of a row that stands also those that it has filled in."""
    one = REGISTERS[code]
    asked = {*ALWAYS, *_needs(one), *(count.adds for count in one.counts if count.adds)}
    if any(count.least for count in one.counts):
        asked.add("number")
    if one.kinds:
        asked.add("kind")
    if _stays(one):
        asked.update(SPAN)
    if row is not None:
        asked.update(column.name for column in COLUMNS[Book.REGISTERS] if getattr(row, column.name) not in (None, ""))
    return [_narrowed(one, column) for column in COLUMNS[Book.REGISTERS] if column.name in asked]


def _narrowed(one: Register, column: Column) -> Column:
    """A column as this register asks it: only its kinds, required where it needs it, its own explanation."""
    if column.name == "kind" and one.kinds:
        read = Choice(lambda: list(one.kinds.items()))
        return dataclasses.replace(column, read=read, required=True, help="")
    if column.name == "year":
        return dataclasses.replace(column, help=_when(one))
    if column.name == "number":
        return dataclasses.replace(column, required="number" in one.needs, help="")
    return dataclasses.replace(column, required=column.required or column.name in one.needs)


def _when(one: Register) -> Any:
    """What the year of a row means in a register."""
    stocks = {count.stock for count in one.counts}
    if stocks == {True}:
        return HELP["stock"]
    return HELP["year"] if stocks == {False} else column_help("year")


def column_help(name: str) -> Any:
    """The general explanation of a column."""
    return next(column.help for column in COLUMNS[Book.REGISTERS] if column.name == name)


def head(code: str, name: str) -> str:
    """How a column is headed in the form of a register."""
    if name == "year" and {count.stock for count in REGISTERS[code].counts} == {True}:
        return str(BEGUN)
    return str(HEADS.get((code, name), "")) or label(Book.REGISTERS, name)


def choices() -> list[dict[str, Any]]:
    """Every register: its name, clause, kinds and the figures that it counts to, to choose one from."""
    address = reverse("ledgers:add", args=[Book.REGISTERS])
    return [
        {
            "name": one.label,
            "clause": one.clause,
            "kinds": [str(kind) for kind in one.kinds.values()],
            "figures": list(dict.fromkeys(names.named(named(count.code)) for count in one.counts)),
            "href": f"{address}?register={code}",
        }
        for code, one in REGISTERS.items()
    ]


def counts_of(row: Record) -> list[dict[str, str]]:
    """The figures that a row counts to: for which years, how, and where all of their rows are shown."""
    found = []
    for count in REGISTERS[row.register].counts if row.removed_at is None else ():
        if (count.kinds and row.kind not in count.kinds) or (count.least and (row.number or 0) < count.least):
            continue
        address = reverse("ledgers:list", args=[Book.REGISTERS])
        years, shown = _years(row, count)
        if years:
            found.append({
                "name": named(count.code),
                "years": years,
                "how": _("加总“%(column)s”") % {"column": head(row.register, count.adds)} if count.adds else _("计 1"),
                "href": f"{address}?figure={count.code}&year={shown}&park={row.ledger.park}",
            })  # fmt: skip
    return found


def _years(row: Record, count: Counts) -> tuple[str, int]:
    """For which years a row counts, in words, and the last of them that has ended or begun; empty where for none."""
    if not count.stock:
        return _("%(year)d 年") % {"year": row.year}, row.year
    if row.until is None:
        return _("%(year)d 年起每年年末") % {"year": row.year}, row.year
    last = row.until.year - 1
    if last < row.year:
        return "", 0
    return _("%(first)d 至 %(last)d 年每年年末") % {"first": row.year, "last": last}, last
