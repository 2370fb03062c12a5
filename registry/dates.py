"""Dates that are known to the day, the month or the year only, in words and in ISO form."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from registry.enums import Precision
from registry.facts import fuzzy as facts
from registry.models import LegalStatus


def in_words(day: dt.date | None, precision: str) -> str:
    """A date as exactly as it is known: 2015年9月18日, 2015年9月, 2015年, or 未载明."""
    if day is None or precision == Precision.UNKNOWN:
        return _("日期未载明")
    if precision == Precision.YEAR:
        return _("%(year)s年") % {"year": day.year}
    if precision == Precision.MONTH:
        return _("%(year)s年%(month)s月") % {"year": day.year, "month": day.month}
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}


def iso(day: dt.date | None, precision: str) -> str:
    """The same as ISO 8601 of reduced precision: 2015-09-18, 2015-09, 2015; empty when unknown."""
    if day is None or precision == Precision.UNKNOWN:
        return ""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)
    return day.isoformat()[:length]


def parse(text: str) -> tuple[dt.date | None, str]:
    """The first day and the precision of 2015-09-18, 2015-09 or 2015; (None, unknown) for an empty text."""
    if not text:
        return None, Precision.UNKNOWN
    date = facts.FuzzyDate.parse(text)
    return date.value, date.precision.value


def last_day(day: dt.date, precision: str) -> dt.date:
    """The last day that a date of a precision can mean: 2015-02 may be 28 February."""
    known = {Precision.YEAR: facts.Precision.YEAR, Precision.MONTH: facts.Precision.MONTH}
    return facts.FuzzyDate(day, known.get(Precision(precision), facts.Precision.DAY)).latest


def span_in_words(since: str, until: str) -> str:
    """A span of ISO dates in words: 2010年—2015年2月; an open side is left out, both open is 未载明."""
    if not since and not until:
        return _("起止未载明")
    first = in_words(*parse(since)) if since else ""
    last = in_words(*parse(until)) if until else _("至今")
    return f"{first}—{last}" if first else _("至 %(day)s") % {"day": last}


def since_in_words(status: LegalStatus) -> str:
    """Since when a park has been in a status, as exactly as that is known."""
    return in_words(status.since, status.precision)
