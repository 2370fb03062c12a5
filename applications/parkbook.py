"""What register and yearly figures say of the park that a filing is about: read when shown or frozen, never typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from indicators import queries
from indicators.services import recognition
from registry.models import Park


def anniversary(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; the first of March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def content(park: Park, year: int) -> dict[str, Any]:
    """What of a frozen content is known already: data book of two years, industries, boundary, four sides."""
    return {
        "years": [str(year - 1), str(year)],
        "figures": figures_of(park, year),
        "industries": [
            {"number": str(row.order), "name": row.name, "code": row.code} for row in park.industries.order_by("order")
        ],
        "four_sides": dict(park.four_sides),
        "boundary": _boundary(park),
    }


def figures_of(park: Park, year: int) -> dict[str, dict[str, str | None]]:
    """The final figures of the park that recognition asks for; what nobody verified yet is unknown, never zero."""
    known = recognition.recognition_facts(park, year)["figures"]
    asked = [code for code in queries.asked(queries.RECOGNITION) if code.startswith("P.")]
    codes = dict.fromkeys([*asked, *sorted(code for code in known if code.startswith("P.lead_output["))])
    return {code: {str(at): known.get(code, {}).get(str(at)) for at in (year - 1, year)} for code in codes}


def _boundary(park: Park) -> dict[str, Any] | None:
    row = park.boundaries.order_by("valid_from", "recorded_at").last()
    if row is None:
        return None
    return {
        "geojson": row.geojson,
        "blocks": [],
        "problems": [],
        "area_km2": format(row.area_km2.normalize(), "f"),
        "parts": len(row.geojson.get("coordinates", [])),
        "crs": "EPSG:4490",
        "source": "register",
        "source_name": "",
    }
