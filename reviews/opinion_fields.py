"""What a department's draft holds: stance and reasons, conditions and remarks on sections as rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.dateparse import parse_date

from notifications.content import lines

Row = dict[str, Any]
BLANK_CONDITION: Row = {"text": "", "section": "", "due_on": "", "answerer": "", "mandatory": True}


def conditions_in(fields: dict[str, Any]) -> list[Row]:
    """The conditions of a draft; one written before conditions had rows holds a condition a line."""
    kept = fields.get("conditions") or []
    if isinstance(kept, str):
        return [{**BLANK_CONDITION, "text": line} for line in lines(kept)]
    return [{**BLANK_CONDITION, **row} for row in kept if str(row.get("text", "")).strip()]


def remarks_in(fields: dict[str, Any]) -> list[Row]:
    """The remarks on sections of a draft: {section, text}; a row without text is none."""
    return [row for row in fields.get("remarks") or [] if row.get("section") and str(row.get("text", "")).strip()]


def day_in(row: Row) -> dt.date | None:
    """The day by which a condition is to be met; None where none was set."""
    return parse_date(str(row.get("due_on") or ""))


def said_in(fields: dict[str, Any]) -> dict[str, Any]:
    """All that a department says in a draft, in one shape, so that two states can be compared."""
    return {
        "stance": fields.get("stance", ""),
        "reasons": fields.get("reasons", ""),
        "conditions": conditions_in(fields),
        "remarks": remarks_in(fields),
    }
