"""Dates known to the year, the month or the day, as old records give them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

PATTERN = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True)
class FuzzyDate:
    """A date with its precision; `value` is the first day that it can mean."""

    value: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> FuzzyDate:
        """From 2015, 2015-09 or 2015-09-01. Raises ValueError."""
        match = PATTERN.match(text.strip())
        refusal = ValueError(_("日期“%(text)s”应写成 2015、2015-09 或 2015-09-01。") % {"text": text})
        if match is None:
            raise refusal
        year, month, day = match.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            return cls(date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError:
            raise refusal from None

    @property
    def earliest(self) -> date:
        """First day that the date can mean."""
        return self.value

    @property
    def latest(self) -> date:
        """Last day that the date can mean."""
        if self.precision is Precision.DAY:
            return self.value
        month = 12 if self.precision is Precision.YEAR else self.value.month
        return date(self.value.year, month, monthrange(self.value.year, month)[1])

    @property
    def display(self) -> str:
        """2015年, 2015年9月 or 2015年9月1日."""
        parts = {"year": self.value.year, "month": self.value.month, "day": self.value.day}
        if self.precision is Precision.YEAR:
            return _("%(year)d年") % parts
        if self.precision is Precision.MONTH:
            return _("%(year)d年%(month)d月") % parts
        return _("%(year)d年%(month)d月%(day)d日") % parts

    def __str__(self) -> str:
        """The form that `parse` reads."""
        length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
        return self.value.isoformat()[:length]


def holds_on(day: date, since: FuzzyDate | None, until: FuzzyDate | None) -> bool:
    """Whether something valid from `since` to `until` holds on `day`; None means open.

    A change known to the year or month counts from its last possible day, so that the old and the
    new state neither overlap nor leave a gap.
    """
    return (since is None or since.latest <= day) and (until is None or day < until.latest)
