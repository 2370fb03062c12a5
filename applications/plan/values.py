"""From what a person typed to the value that is kept, and back; what does not parse is kept as typed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import private_numbers
from applications.plan.schema import Field, Kind

MAX_TEXT = 200
MAX_LONGTEXT = 5000
MAX_DIGITS = 30
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")


def parse(field: Field, typed: str) -> Any:
    """The value to keep: None for an empty entry, a bool for a boolean, else text. Raises ValidationError.

    A number is kept digit by digit after full-width digits and thousand separators are normalised.
    """
    if field.kind is Kind.BOOLEAN:
        return typed.strip().lower() in {"on", "true", "1"} or None
    text = typed.replace("\r\n", "\n").strip()
    if not text:
        return None
    if field.office:
        private_numbers.refuse(text)
    return _PARSERS[field.kind](field, text)


def keep(field: Field, typed: str) -> Any:
    """What is stored of an entry: the parsed value, or {"raw": as typed} where it does not parse."""
    try:
        return parse(field, typed)
    except ValidationError:
        return {"raw": typed.replace("\x00", "")}


def is_raw(value: Any) -> bool:
    """Whether a stored value is text that did not parse."""
    return isinstance(value, dict)


def as_typed(value: Any) -> str:
    """A stored value as the form shows it."""
    if isinstance(value, dict):
        return str(value.get("raw", ""))
    if value is None:
        return ""
    return "on" if value is True else str(value)


def fault(field: Field, value: Any) -> str:
    """What is wrong with a stored entry, in words; empty where it parses."""
    if not is_raw(value):
        return ""
    try:
        parse(field, as_typed(value))
    except ValidationError as error:
        return "".join(error.messages)
    return ""


def in_words(field: Field, value: Any) -> str:
    """A stored value as people read it: choices by their labels."""
    if field.kind is Kind.BOOLEAN:
        return _("是") if value is True else _("否")
    typed = as_typed(value)
    return str(dict(field.choices).get(typed, typed))


def known(value: Any) -> Any:
    """A stored value where it is usable, else None."""
    return None if is_raw(value) else value


def number(text: str) -> str:
    """A plain decimal string from a number as people type it. Raises ValidationError."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif "," in plain and _NUMBER.fullmatch(plain.replace(",", "")):
        raise ValidationError(_("“%(typed)s”的千分位逗号位置不对，请去掉逗号，例如 1234.5。") % {"typed": text})
    if not _NUMBER.fullmatch(plain):
        raise ValidationError(
            _("“%(typed)s”不是数字。只填数字，不带单位，例如 1234.5；不知道的留空。") % {"typed": text[:40]}
        )
    if len(plain) > MAX_DIGITS:
        raise ValidationError(_("数字过长，最多 %(n)d 位。") % {"n": MAX_DIGITS})
    return plain.removeprefix("+")


def _decimal(field: Field, text: str) -> str:
    value = number(text)
    if value.startswith("-") and not field.signed:
        raise ValidationError(_("“%(typed)s”是负数，这一项不能为负。") % {"typed": text})
    return value


def _integer(field: Field, text: str) -> str:
    value = _decimal(field, text)
    whole, _point, rest = value.partition(".")
    if rest.strip("0"):
        raise ValidationError(_("“%(typed)s”应为整数。") % {"typed": text})
    return whole


def _date(field: Field, text: str) -> str:
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if match:
            return dt.date(*map(int, match.groups())).isoformat()
    except ValueError:
        pass
    raise ValidationError(_("“%(typed)s”不是日期，请按 2013-01-31 的样子填写。") % {"typed": text[:40]})


def _choice(field: Field, text: str) -> str:
    if text not in dict(field.choices):
        raise ValidationError(_("请从列出的选项中选一项。"))
    return text


def _limited(limit: int) -> Any:
    def parse_text(field: Field, text: str) -> str:
        if "\x00" in text:
            raise ValidationError(_("文字里有不能保存的字符。"))
        if len(text) > limit:
            raise ValidationError(
                _("共 %(n)d 字，最多 %(limit)d 字，请删去 %(over)d 字。")
                % {"n": len(text), "limit": limit, "over": len(text) - limit}
            )
        return text

    return parse_text


_PARSERS = {
    Kind.TEXT: _limited(MAX_TEXT),
    Kind.LONGTEXT: _limited(MAX_LONGTEXT),
    Kind.DECIMAL: _decimal,
    Kind.INTEGER: _integer,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
}
