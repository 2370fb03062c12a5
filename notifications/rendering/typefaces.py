"""Finds the prepared typefaces, gives their outlines, and keeps fontconfig away from all others."""

import ctypes.util
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings

from notifications.rendering.prepare_fonts import ASCENT, FACES, UNITS_PER_EM

TITLE_FACE = "xiaobiaosong.ttf"
SEAL_FACE = "song.ttf"


class FontsMissing(RuntimeError):
    """The prepared typefaces or a library to embed them are absent; run `script/fonts`, then try again."""

    retry_after = 10


def folder() -> Path:
    """The folder of prepared typefaces; raises FontsMissing when one is not there."""
    place = Path(settings.FONTS_DIR)
    if absent := [face.file for face in FACES if not (place / face.file).is_file()]:
        raise FontsMissing(f"{', '.join(absent)} not in {place}: run script/fonts")
    return place


def require_subsetter() -> None:
    """Raise FontsMissing without libharfbuzz-subset: each paper would take five seconds."""
    if not ctypes.util.find_library("harfbuzz-subset"):
        raise FontsMissing("the system library libharfbuzz-subset0 is missing")


@contextmanager
def only_prepared_fonts() -> Iterator[None]:
    """Let a font configuration made inside see only the prepared typefaces, whatever the machine has."""
    place = folder().resolve()
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="portal-fontconfig-") as temporary:
        scans = place / ".fontconfig" if os.access(place, os.W_OK) else Path(temporary)
        config = Path(temporary) / "fonts.conf"
        config.write_text(
            '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
            f"<fontconfig><dir>{escape(str(place))}</dir><cachedir>{escape(str(scans))}</cachedir></fontconfig>\n",
            encoding="utf-8",
        )
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@cache
def _font(file: str) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(folder() / file, lazy=True)


@cache
def outline(file: str, character: str) -> tuple[str, int]:
    """SVG path (y upwards, 1000 units per em) and advance of a character; an absent one is the empty path."""
    from fontTools.pens.svgPathPen import SVGPathPen

    font = _font(file)
    name = font.getBestCmap().get(ord(character), ".notdef")
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs)
    glyphs[name].draw(pen)
    return pen.getCommands(), font["hmtx"][name][0]


@cache
def white_above(text: str, file: str = TITLE_FACE) -> float:
    """White between the top of the em box and the ink of `text`, as a share of the font size."""
    font = _font(file)
    names = [font.getBestCmap().get(ord(character)) for character in text if not character.isspace()]
    tops = [getattr(font["glyf"][name], "yMax", 0) for name in names if name]
    return float((ASCENT - max(tops, default=ASCENT)) / UNITS_PER_EM)
