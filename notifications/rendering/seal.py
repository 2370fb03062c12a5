"""Draws seals and check marks as vectors, without text that would mix into the words of the paper."""

import math
import re

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from notifications.rendering.document import Seal
from notifications.rendering.typefaces import SEAL_FACE, outline

RED = "#d7000f"
PROVINCE, CITY, OFFICE = 50, 45, 42
BELOW_DATE = 14.3  # millimetres under the middle of the seal, clear of the date it is pressed on


def diameter(seal: Seal) -> int:
    """Millimetres across (国发〔1999〕25号): province 50, city or county 45, offices up to 45, here 42."""
    if seal.diameter:
        return seal.diameter
    if not seal.organisation.endswith("人民政府"):
        return OFFICE
    return PROVINCE if seal.organisation.endswith("省人民政府") else CITY


def draw(seal: Seal) -> SafeString:
    """The seal as inline SVG, in millimetres: ring, star, name on an arc, 演示章 on one that is not real."""
    across = diameter(seal)
    radius, ring = across / 2, 1.2
    parts = [f'<circle r="{radius - ring / 2:.3f}" fill="none" stroke="{RED}" stroke-width="{ring}"/>']
    parts.append(f'<path d="{_star(across * 0.145)}" fill="{RED}"/>')
    parts += _on_arc(seal.organisation, radius - ring - 1.3)
    if seal.demo:
        parts += _on_line("演示章", 5.0, BELOW_DATE)
    name = escape(f"{seal.organisation}印章" + ("（演示章，不具法律效力）" if seal.demo else ""))
    return mark_safe(  # noqa: S308 - built from numbers, outlines and an escaped name
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}mm" height="{across}mm" '
        f'viewBox="{-radius} {-radius} {across} {across}" role="img" aria-label="{name}"><title>{name}</title>'
        + "".join(parts)
        + "</svg>"
    )


def _star(radius: float) -> str:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.pi * (corner / 5 - 0.5)
        points.append(f"{reach * math.cos(angle):.3f} {reach * math.sin(angle):.3f}")
    return "M" + "L".join(points) + "Z"


def _on_arc(text: str, outer: float) -> list[str]:
    """Characters upright on an arc that starts lower left and ends lower right, tops at `outer`."""
    count = len(text)
    span = math.radians(min(250.0, 21.0 * count))
    size = min(outer * 0.36, outer * span / count * 0.92)
    middle = outer - size / 2
    step = span / max(count - 1, 1) if count > 1 else 0.0
    parts = []
    for i, character in enumerate(text):
        angle = -span / 2 + i * step
        x, y = middle * math.sin(angle), -middle * math.cos(angle)
        parts.append(_glyph(character, size, x, y, math.degrees(angle)))
    return parts


def _on_line(text: str, size: float, centre: float) -> list[str]:
    start = -size * (len(text) - 1) / 2
    return [_glyph(character, size, start + i * size, centre, 0.0) for i, character in enumerate(text)]


def _glyph(character: str, size: float, x: float, y: float, turn: float) -> str:
    """One glyph centred on (x, y); slightly narrowed, as seal lettering is."""
    path, advance = outline(SEAL_FACE, character)
    scale = size / 1000
    return (
        f'<path fill="{RED}" transform="translate({x:.3f} {y:.3f}) rotate({turn:.3f}) '
        f'scale({scale * 0.92:.6f} {-scale:.6f}) translate({-advance / 2:.1f} -380)" d="{path}"/>'
    )


def check_mark(url: str) -> SafeString:
    """The QR mark of the address that checks a paper, as inline SVG without quiet zone."""
    drawn = segno.make(url, error="m", micro=False).svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    title = f"<title>{escape('核验二维码')}</title>"
    return mark_safe(re.sub(r"(<svg[^>]*>)", r"\1" + title, drawn, count=1))  # noqa: S308 - drawn by segno
