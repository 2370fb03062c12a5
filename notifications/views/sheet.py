"""A paper's content as a page on the screen, in the order in which it will print."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from notifications.rendering.title import parts_of


def sheet(content: dict[str, Any], number: str = "") -> SafeString:
    """The safe HTML of a paper's content (see notifications.rendering.document); `number` stands in for none yet."""
    return mark_safe(  # noqa: S308  # rendered by a template that escapes what people typed
        render_to_string(
            "notifications/_sheet.html",
            {
                "paper": content,
                "number": content.get("number") or number,
                "mark_lines": _lines(content.get("issuer_mark")),
                "title_lines": [parts_of(line) for line in _lines(content.get("title"))],
                "addressees": _joined(content.get("addressees") or []),
                "copies": "，".join(content.get("cc") or []),
                "date": _date(content.get("date")),
                "printed_on": _date(content.get("printed_on")),
                "blocks": [_block(block) for block in content.get("body") or []],
                "appendices": [
                    {"title": part["title"], "blocks": [_block(block) for block in part.get("blocks") or []]}
                    for part in content.get("appendices") or []
                ],
                "facts": [(part["name"], part["value"]) for part in content.get("facts") or []],
            },
        )
    )


def _joined(names: list[str]) -> str:
    """Addressees: 、 between equals, ， where a name itself holds 、; as the paper prints them."""
    return ("，" if any("、" in name for name in names) else "、").join(names)


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").split("\n") if line.strip()]


def _date(value: Any) -> str:
    """2026年3月8日, as papers write it; empty where there is none yet."""
    if not value:
        return ""
    day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    return f"{day.year}年{day.month}月{day.day}日"


def _block(block: dict[str, Any]) -> dict[str, Any]:
    """A block with a table's head taken off its rows."""
    rows = list(block.get("rows") or [])
    head = rows.pop(0) if rows and block.get("head", True) else []
    # `items` would be the dictionary's own method in a template.
    return {**block, "head_cells": head, "body_rows": rows, "points": block.get("items") or []}
