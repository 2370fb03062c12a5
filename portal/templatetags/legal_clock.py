"""What the desk says of the working calendar to those who have to know that a year is missing (N23)."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.actors import Actor
from workflow import calendars

register = template.Library()


@register.inclusion_tag("portal/_calendar_warnings.html")
def calendar_warnings(actor: Actor | None) -> dict[str, Any]:
    """The warnings, for the keeper of the calendar and for 省科技厅; nothing for all others."""
    told = actor is not None and (calendars.is_keeper(actor) or actor.is_lead)
    return {"lines": calendars.warnings() if told else []}
