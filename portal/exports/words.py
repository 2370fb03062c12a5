"""How an archive words moments and choices, always in Chinese."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format


def moment(at: Any) -> str:
    """An instant in Beijing time to the second; empty where there is none."""
    return date_format(timezone.localtime(at), "Y-m-d H:i:s") if at else ""


def day(on: Any) -> str:
    """A date; empty where there is none."""
    return on.isoformat() if on else ""


def told(rows: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The rows that say something."""
    return [(key, value) for key, value in rows if value not in ("", None)]
