"""Charts of the report as marks of plain geometry: one template draws them as SVG on a page and in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

Data = Mapping[str, Any]
WIDTH = 250.0
LEFT, RIGHT = 68.0, 240.0
BLUE, PALE, INK, GREY, RULE, AMBER = "#0b3d78", "#7f9fc8", "#16202c", "#46515e", "#c4ccd6", "#b35c00"


class Drawing:
    """A drawing: its width and height, and its marks in the order in which they are drawn."""

    def __init__(self, title: str, width: float, height: float) -> None:
        self.title, self.width, self.height = title, _n(width), _n(height)
        self.marks: list[dict[str, str]] = []

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str, colour: str, width: float) -> None:
        """A straight line."""
        place = {"x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2)}
        self.marks.append({"shape": "line", "kind": kind, "colour": colour, "width": _n(width), **place})

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        """A filled bar."""
        place = {"x": _n(x), "y": _n(y), "w": _n(max(width, 0.0)), "h": _n(height)}
        self.marks.append({"shape": "rect", "kind": "bar", "colour": PALE, **place})

    def dot(self, x: float, y: float, size: float = 3.6) -> None:
        """A filled dot."""
        self.marks.append({"shape": "circle", "kind": "dot", "colour": BLUE, "x": _n(x), "y": _n(y), "r": _n(size)})

    def triangle(self, x: float, y: float) -> None:
        """A triangle that points up to (x, y)."""
        path = f"M{_n(x)} {_n(y)} l-3.5 6 h7 z"
        self.marks.append({"shape": "path", "kind": "best", "colour": AMBER, "d": path})

    def text(self, x: float, y: float, said: str, anchor: str = "start", size: float = 11, kind: str = "label") -> None:
        """Words."""
        colour = GREY if kind == "tick" else INK
        place = {"x": _n(x), "y": _n(y), "anchor": anchor, "size": _n(size)}
        self.marks.append({"shape": "text", "kind": kind, "colour": colour, "said": said, **place})


def _n(value: float) -> str:
    """A number as SVG reads it, to a tenth of a unit."""
    return f"{value:.1f}".removesuffix(".0")


def _at(value: float, low: float, high: float) -> float:
    return LEFT + (RIGHT - LEFT) * (value - low) / ((high - low) or 1)


def ranks(rows: Sequence[Data], title: str) -> Drawing | None:
    """Each place's rank as a dot on its 5 % to 95 % interval; None for fewer than two."""
    known = [row for row in rows if row["rank"]]
    if len(known) < 2:
        return None
    row_height, top = 16.0, 6.0
    last = max(row["high"] or row["rank"] for row in known)
    base = top + row_height * len(known)
    drawing = Drawing(title, WIDTH, base + 18)
    for mark in sorted({1, *(round(1 + (last - 1) * share / 4) for share in (1, 2, 3)), last}):
        drawing.line(_at(mark, 1, last), top, _at(mark, 1, last), base, "grid", RULE, 0.5)
        drawing.text(_at(mark, 1, last), base + 12, str(mark), "middle", 8, "tick")
    for place, row in enumerate(known):
        y = top + row_height * (place + 0.5)
        low, high = row["low"] or row["rank"], row["high"] or row["rank"]
        drawing.text(LEFT - 7, y + 3.2, row["name"], "end", 9)
        drawing.line(_at(low, 1, last), y, _at(high, 1, last), y, "whisker", BLUE, 1.6)
        drawing.dot(_at(row["rank"], 1, last), y)
    return drawing


def dimensions(rows: Sequence[Data], title: str) -> Drawing | None:
    """A place's dimensions as bars from 0 to 100, with the median (line) and the best (triangle) of its list."""
    known = [row for row in rows if row["points"]["own"] is not None]
    if not known:
        return None
    row_height, top = 23.0, 6.0
    base = top + row_height * len(known)
    drawing = Drawing(title, WIDTH, base + 18)
    for mark in (0, 25, 50, 75, 100):
        drawing.line(_at(mark, 0, 100), top, _at(mark, 0, 100), base, "grid", RULE, 0.5)
        drawing.text(_at(mark, 0, 100), base + 12, str(mark), "middle", 8, "tick")
    for place, row in enumerate(known):
        y = top + row_height * place + 7
        points = row["points"]
        drawing.text(LEFT - 7, y + 9, row["label"], "end", 9.5)
        drawing.bar(LEFT, y, _at(points["own"], 0, 100) - LEFT, 11)
        if points["median"] is not None:
            x = _at(points["median"], 0, 100)
            drawing.line(x, y - 3, x, y + 14, "median", INK, 1.8)
        if points["best"] is not None:
            drawing.triangle(_at(points["best"], 0, 100), y + 11)
    return drawing


def course(rows: Sequence[Data], title: str) -> Drawing | None:
    """A place's rank over the years, the first rank on top, each with its interval; None for fewer than two years."""
    known = [row for row in rows if row["rank"]]
    if len(known) < 2:
        return None
    top, base = 12.0, 58.0
    last = max(row["ranked"] for row in known)
    drawing = Drawing(title, WIDTH, base + 18)

    def up(rank: int) -> float:
        return top + (base - top) * (rank - 1) / ((last - 1) or 1)

    years = [row["year"] for row in known]

    def across(year: int) -> float:
        return 40 + (RIGHT - 60) * (year - years[0]) / ((years[-1] - years[0]) or 1)

    for rank in sorted({1, (1 + last) // 2, last}):
        drawing.line(32, up(rank), RIGHT, up(rank), "grid", RULE, 0.5)
        drawing.text(26, up(rank) + 3.5, str(rank), "end", 9, "tick")
    for one, other in pairwise(known):
        drawing.line(across(one["year"]), up(one["rank"]), across(other["year"]), up(other["rank"]), "own", BLUE, 1.4)
    for row in known:
        x = across(row["year"])
        if row["low"] and row["high"]:
            drawing.line(x, up(row["low"]), x, up(min(row["high"], last)), "whisker", PALE, 2.4)
        drawing.dot(x, up(row["rank"]))
        drawing.text(x + 6, up(row["rank"]) - 4, str(row["rank"]), "start", 10)
        drawing.text(x, base + 13, str(row["year"]), "middle", 9, "tick")
    return drawing
