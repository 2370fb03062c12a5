"""Measures a PDF in millimetres from the top left corner: characters, ink, rules."""

import io
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
import pdfplumber
import pypdfium2
import pytest

from notifications.rendering.press import render_paper

MM = 25.4 / 72
DPI = 600
CHARACTER = 156 / 28
LINE = CHARACTER * 15 / 8
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
RED = (0xD7, 0x00, 0x0F)


class Char(NamedTuple):
    text: str
    font: str
    size: float
    x0: float
    x1: float
    top: float
    bottom: float
    colour: tuple[int, ...]


class Box(NamedTuple):
    """Where a run of text stands: its em boxes together."""

    x0: float
    x1: float
    top: float
    bottom: float
    chars: tuple[Char, ...]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def fonts(self) -> set[str]:
        return {char.font for char in self.chars}

    @property
    def size(self) -> float:
        return self.chars[0].size

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)


class Rule(NamedTuple):
    """A horizontal rule met on the way down a column: its edges and its colour."""

    top: float
    bottom: float
    colour: tuple[int, int, int]

    @property
    def thickness(self) -> float:
        return self.bottom - self.top


class Page:
    """One page of a rendered paper."""

    def __init__(self, pdf: bytes, index: int, plumbed: Any) -> None:
        self.pdf, self.index = pdf, index
        self.width, self.height = float(plumbed.width) * MM, float(plumbed.height) * MM
        self.chars = [_char(item) for item in plumbed.chars if item["text"].strip()]
        self.curves = list(plumbed.curves)

    @cached_property
    def lines(self) -> list[Box]:
        """Lines of text down the page, each from left to right."""
        rows: dict[float, list[Char]] = {}
        for char in self.chars:
            key = next((top for top in rows if abs(top - char.top) < 1.0), char.top)
            rows.setdefault(key, []).append(char)
        return [_box(sorted(rows[top], key=lambda char: char.x0)) for top in sorted(rows)]

    def find(self, text: str) -> Box:
        """The first line piece that reads `text`."""
        for line in self.lines:
            if (at := line.text.find(text)) >= 0:
                return _box(list(line.chars[at : at + len(text)]))
        raise AssertionError(f"{text} is not on the page: {[line.text for line in self.lines]}")

    def has(self, text: str) -> bool:
        return any(text in line.text for line in self.lines)

    @cached_property
    def pixels(self) -> Any:
        """Red, green and blue, each a table of rows and columns of its own."""
        with pypdfium2.PdfDocument(self.pdf) as pdf:
            page = pdf[self.index]
            bitmap = page.render(scale=DPI / 72)
            pixels = np.ascontiguousarray(np.moveaxis(bitmap.to_numpy(), 2, 0)[2::-1])
            bitmap.close()
            page.close()
        return pixels

    def ink(self, x0: float, y0: float, x1: float, y1: float, red: bool = False) -> tuple[float, float, float, float]:
        """Edges (left, top, right, bottom) of the ink, or of the red ink, inside a rectangle."""
        dot = 25.4 / DPI
        crop = self.pixels[:, round(y0 / dot) : round(y1 / dot), round(x0 / dot) : round(x1 / dot)]
        inked = _is_red(crop) if red else crop.min(axis=0) < 128
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        assert rows.size, "no ink there"
        left, right = x0 + columns[0] * dot, x0 + (columns[-1] + 1) * dot
        return left, y0 + rows[0] * dot, right, y0 + (rows[-1] + 1) * dot

    def rules(self, x: float, y0: float, y1: float) -> list[Rule]:
        """Inked stretches met going down at `x`."""
        dot = 25.4 / DPI
        column = self.pixels[:, round(y0 / dot) : round(y1 / dot), round(x / dot)].T.astype(int)
        dark = np.concatenate([[False], column.min(axis=1) < 128, [False]])
        edges = np.flatnonzero(dark[1:] != dark[:-1]).reshape(-1, 2)
        return [
            Rule(y0 + a * dot, y0 + b * dot, tuple(column[(a + b) // 2]))  # type: ignore[arg-type]
            for a, b in edges
        ]

    @cached_property
    def seal_ring(self) -> tuple[float, float, float, float] | None:
        """Outer edges (left, top, right, bottom) of the ring of a seal."""
        for curve in self.curves:
            if curve["stroke"] and not curve["fill"] and _rgb(curve["stroking_color"]) == RED:
                pen = curve["linewidth"] * MM / 2
                x0, x1, top, bottom = (curve[edge] * MM for edge in ("x0", "x1", "top", "bottom"))
                return x0 - pen, top - pen, x1 + pen, bottom + pen
        return None


def _is_red(pixels: Any) -> Any:
    red, green, blue = pixels
    return (red > 150) & (green < 110) & (blue < 110)


def _rgb(colour: Any) -> tuple[int, ...]:
    values = colour if isinstance(colour, (tuple, list)) else (colour,) * 3
    return tuple(round(255 * float(value)) for value in values)


def _char(item: dict[str, Any]) -> Char:
    font = item["fontname"].split("+")[-1].removeprefix("Portal-")
    edges = (item[edge] * MM for edge in ("x0", "x1", "top", "bottom"))
    return Char(item["text"], font, item["size"] * MM, *edges, _rgb(item["non_stroking_color"]))


def _box(chars: list[Char]) -> Box:
    return Box(
        min(char.x0 for char in chars),
        max(char.x1 for char in chars),
        min(char.top for char in chars),
        max(char.bottom for char in chars),
        tuple(chars),
    )


def measured(data: Mapping[str, Any]) -> list[Page]:
    """Render a paper and open its pages."""
    pdf = render_paper(data).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as plumbed:
        return [Page(pdf, i, page) for i, page in enumerate(plumbed.pages)]


@cache
def sample(name: str) -> list[Page]:
    """Pages of one of the samples, rendered once per run."""
    from tests.notifications.layout_samples import SAMPLES

    return measured(SAMPLES[name]())


def near(value: float, tolerance: float = 0.1) -> Any:
    """Equal within a tolerance in millimetres."""
    return pytest.approx(value, abs=tolerance)
