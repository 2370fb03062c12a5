"""A park's life as spans: under which name, in which status and within which boundary it stood from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registry import dates
from registry.enums import ParkStatus
from registry.facts.fuzzy import FuzzyDate
from registry.models import Park, ParkBoundary


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

    A date known by month or year counts from its last day, as on the list of a day (`registry.dated`).
    """
    statuses = [
        (FuzzyDate.parse(told).latest, ParkStatus(row.status))
        for row in park.legal_statuses.all()
        if (told := dates.iso(row.since, row.precision))
    ]
    names = [(FuzzyDate.parse(row.valid_from).latest, row.name) for row in park.names.all() if row.valid_from]
    boundaries = [(row.valid_from, row) for row in park.boundaries.all()]
    days = sorted({day for day, _told in (*statuses, *names, *boundaries)})
    first = next((row.name for row in park.names.all()), park.name)
    return [
        Span(day, _last(names, day) or first, _last(statuses, day), _last(boundaries, day)) for day in days
    ]  # fmt: skip


def on(spans: list[Span], day: dt.date) -> Span | None:
    """How a park stood on a day; None before anything is known."""
    found = [span for span in spans if span.since <= day]
    return found[-1] if found else None


def _last(rows: Iterable[tuple[dt.date, Any]], day: dt.date) -> Any:
    """What held on a day: of the rows that had begun, the one that began last."""
    begun = [(since, place, told) for place, (since, told) in enumerate(rows) if since <= day]
    return max(begun)[2] if begun else None
