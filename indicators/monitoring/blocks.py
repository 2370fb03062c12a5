"""The few kinds of blocks of which the chapters of the report are built, the same on a page and in print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indicators.monitoring.drawing import Drawing

Block = dict[str, Any]
Cell = dict[str, Any]
# A table of so many rows is not cut in print.
SHORT = 20
# Where one begins a page of its own, so many.
PAGE = 34


def p(text: str) -> Block:
    """A paragraph."""
    return {"kind": "p", "text": text}


def lead(text: str) -> Block:
    """A paragraph that stays with what follows."""
    return {"kind": "lead", "text": text}


def note(text: str) -> Block:
    """A small note under a table or chart."""
    return {"kind": "note", "text": text}


def heading(text: str, anchor: str = "") -> Block:
    """A heading inside a chapter."""
    return {"kind": "heading", "text": text, "anchor": anchor}


def said(text: str) -> list[Block]:
    """What people wrote beside the figures, paragraph by paragraph."""
    return [{"kind": "said", "text": line.strip()} for line in text.splitlines() if line.strip()]


def items(texts: Sequence[str]) -> Block:
    """A list."""
    return {"kind": "items", "items": list(texts)}


def table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    numeric: Sequence[int] = (),
    head: int = 0,
    widths: Sequence[int] = (),
    tight: bool = False,
    hidden: bool = False,
    whole: bool = False,
) -> Block:
    """A table; `numeric` are the columns set right, `head` the one whose cells name the row, `widths` shares.

    A cell is a text, or a (text, address) pair that links. `hidden`: the caption is read aloud only;
    `whole`: it rather begins a page than being cut.
    """
    shown = [
        {"label": label, "numeric": place in numeric, "width": _share(widths, place)}
        for place, label in enumerate(columns)
    ]
    return {
        "kind": "table",
        "caption": caption,
        "columns": shown,
        "rows": [[_cell(value, shown[place], place == head) for place, value in enumerate(row)] for row in rows],
        "tight": tight,
        "fixed": bool(widths),
        "hidden": hidden,
        "short": len(rows) <= (PAGE if whole else SHORT),
    }


def _share(widths: Sequence[int], place: int) -> str:
    return f"{100 * widths[place] / sum(widths):.2f}%" if widths else ""


def _cell(value: Any, column: Cell, is_head: bool) -> Cell:
    text, href = value if isinstance(value, tuple) else (value, "")
    shown = "—" if text is None or text == "" else str(text)
    return {"text": shown, "href": href, "numeric": column["numeric"], "label": column["label"], "head": is_head}


def chart(drawing: Drawing | None, caption: str, anchor: str, narrow: bool = False) -> list[Block]:
    """A drawing with its caption; nothing where there is none."""
    if drawing is None:
        return []
    return [{"kind": "chart", "drawing": drawing, "caption": caption, "anchor": anchor, "narrow": narrow}]


def pair(left: Sequence[Block], right: Sequence[Block], uneven: bool = False) -> Block:
    """Two columns, one above the other on a phone; `uneven`: the left one is the wider."""
    return {"kind": "pair", "left": list(left), "right": list(right), "uneven": uneven}


def halves(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], **more: Any) -> list[Block]:
    """A long and narrow table as two beside each other, the first half left; nothing without rows."""
    half = (len(rows) + 1) // 2
    if not rows:
        return []
    left = table(caption, columns, rows[:half], tight=True, **more)
    right = [table(f"{caption}（续）", columns, rows[half:], tight=True, **more)] if rows[half:] else []
    return [pair([left], right)]
