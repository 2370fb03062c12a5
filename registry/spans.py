"""A park's life as spans: under which name, in which status and within which boundary it stood from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registry import dates
from registry.enums import ParkStatus
from registry.models import Park, ParkBoundary

MONTHS = 12


@dataclass(frozen=True)
class Span:
    """How a park stood from `since` until the next span begins; what is not known is None."""

    since: dt.date
    name: str
    status: ParkStatus | None
    boundary: ParkBoundary | None

    @property
    def area_km2(self) -> Decimal | None:
        """The area within the boundary in km²; None where no boundary is known."""
        return self.boundary.area_km2 if self.boundary else None


def of(park: Park) -> list[Span]:
    """The spans of a park that was read whole (`queries.whole_park`), the earliest first; empty where no day is known.

    A date known by month or year counts from its first day.
    """
    statuses = [(row.since, ParkStatus(row.status)) for row in park.legal_statuses.all() if row.since]
    names = [(dates.parse(row.valid_from)[0], row.name) for row in park.names.all() if row.valid_from]
    boundaries = [(row.valid_from, row) for row in park.boundaries.all()]
    days = sorted({day for day, _told in (*statuses, *names, *boundaries) if day})
    first = next((row.name for row in park.names.all()), park.name)
    return [
        Span(day, _last(names, day) or first, _last(statuses, day), _last(boundaries, day)) for day in days
    ]  # fmt: skip


def on(spans: list[Span], day: dt.date) -> Span | None:
    """How a park stood on a day; None before anything is known."""
    found = [span for span in spans if span.since <= day]
    return found[-1] if found else None


def _last(rows: Iterable[tuple[dt.date | None, Any]], day: dt.date) -> Any:
    """What held on a day: of the rows that had begun, the one that began last."""
    begun = [(since, place, told) for place, (since, told) in enumerate(rows) if since and since <= day]
    return max(begun)[2] if begun else None


def month_of(first: dt.date, day: dt.date) -> int:
    """How many months after the month of `first` a day lies."""
    return (day.year - first.year) * MONTHS + day.month - first.month
