"""The one instant that decides a deadline, on every page, form, list, programme and sweep alike."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts import scope

ONE_DAY = dt.timedelta(days=1)


def now() -> dt.datetime:
    """The database's instant at which this request's transaction began; it does not move while the request lasts.

    Servers whose clocks differ so agree. Outside a scope (and in a test's own transaction) it is this machine's.
    """
    return scope.instant() or timezone.now()


def today() -> dt.date:
    """The day of that instant in Beijing."""
    return timezone.localdate(now())


def day_of(moment: dt.datetime) -> dt.date:
    """The day of an instant in Beijing."""
    return timezone.localdate(moment)


def end_of(day: dt.date) -> dt.datetime:
    """24:00 Beijing time of a day, the first instant that lies after it."""
    return timezone.make_aware(dt.datetime.combine(day + ONE_DAY, dt.time.min))


def is_over(day: dt.date | None, at: dt.datetime | None = None) -> bool:
    """Whether the last day of a period has ended at an instant (default now); no day is never over."""
    return day is not None and (at or now()) >= end_of(day)
