"""What a cell of a ledger's table may hold: readers of words, days, years, amounts and choices; a column of a book."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.enums import Decision
from indicators.ledgers import credit_code

EARLIEST, LATEST = 1900, 2100
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
MANY = 12
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
        raise Wrong(_("应为四位数字的年度，%(first)d 至 %(last)d") % {"first": EARLIEST, "last": LATEST})
    return int(found)


@dataclass(frozen=True)
class Amount:
    """A number in a unit, not negative, four decimals at most."""

    unit: Any = ""

    def __call__(self, raw: Any) -> Value:
        found = as_text(raw).replace(",", "").replace("，", "")
        if not found:
            return None
        unit = _("，单位%(unit)s") % {"unit": self.unit} if self.unit else ""
        try:
            amount = Decimal(found)
        except InvalidOperation:
            raise Wrong(_("应为数字%(unit)s") % {"unit": unit}) from None
        if not amount.is_finite() or amount < 0 or amount >= 10**10 or amount != round(amount, 4):
            raise Wrong(_("应为不小于 0 的数字%(unit)s，最多四位小数") % {"unit": unit})
        return amount


money = Amount(gettext_lazy("亿元"))


def yes(raw: Any) -> Value:
    """Yes or no; nothing typed is no."""
    found = as_text(raw).upper()
    if found in YES:
        return True
    if found in NO:
        return False
    raise Wrong(_("应填写“是”或“否”"))


@dataclass(frozen=True)
class Choice:
    """One of a few words, typed as its value or its label; nothing typed is taken where the column is not required."""

    options: Callable[[], Sequence[tuple[str, Any]]]

    def __call__(self, raw: Any) -> Value:
        found = as_text(raw)
        for value, label in self.options():
            if found and found in (value, str(label)):
                return value
        if not found:
            return ""
        said = [f"“{label}”" for _value, label in self.options()]
        if len(said) > MANY:
            raise Wrong(_("不在可选范围内，可选的见模板的填表说明"))
        raise Wrong(_("应填写%(labels)s") % {"labels": _("或").join(said)})

    def label(self, value: Any) -> str:
        """A value in words; as it stands where it is none of them."""
        return next((str(label) for known, label in self.options() if known == value), str(value or ""))


def choice(options: type[TextChoices]) -> Choice:
    """A reader of one of the words of an enumeration."""
    return Choice(lambda: options.choices)


decision = choice(Decision)


@dataclass(frozen=True)
class Column:
    """One column of a book: the model's field, how it is headed, read and exemplified."""

    name: str
    read: Callable[[Any], Value]
    example: str
    required: bool = False
    help: Any = ""
    width: int = 16


def looked_up(column: Column) -> Column:
    """A column whose choices are looked up now, once: nothing may be asked of the database while rows come in."""
    if not isinstance(column.read, Choice):
        return column
    options = list(column.read.options())
    return replace(column, read=Choice(lambda: options))


@dataclass(frozen=True)
class Fitting:
    """What must fit together in a row: `rule` tells of the columns `names` what does not, as (column, rule).

    Values come as read, or as the text that is stored; what is absent is empty, a yes or no is a bool either way.
    """

    names: tuple[str, ...]
    rule: Callable[[dict[str, Any]], list[tuple[str, str]]]


NOTE = Column("note", text(200), "")
