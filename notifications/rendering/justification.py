"""Justifies Chinese lines: the width a line lacks is spread over all of its characters."""

from typing import Any

SUPPORTED = "70.0"
# Beyond half a character of extra space a line looks torn; it is left ragged instead.
MOST = 0.5


def install() -> None:
    """Replace WeasyPrint's justification, which only knows spaces; refuses any other version.

    The function replaced is private, so the version is checked exactly and a test measures the edge.
    """
    import weasyprint
    from weasyprint.layout import inline

    if weasyprint.__version__ != SUPPORTED:
        raise RuntimeError(f"justification is written for WeasyPrint {SUPPORTED}, not {weasyprint.__version__}")
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread `extra_width` (CSS pixels) over the gaps between the characters of a line box."""
    gaps = _characters(line) - 1
    size = line.style["font_size"]
    if gaps < 1 or extra_width > gaps * size * MOST:
        return
    # PDF positions are whole thousandths of the font size, cut off: stay a hair above one.
    step = (round(extra_width / gaps / size * 1000) + 0.1) / 1000 * size
    if step > 0.001 * size:
        _stretch(context, line, step, 0.0)
        line.width += extra_width


def _characters(box: Any) -> int:
    """Characters to spread over; an inline block counts as one."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return len(box.text)
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        return sum(_characters(child) for child in box.children if child.is_in_normal_flow())
    return 1


def _stretch(context: Any, box: Any, step: float, shift: float) -> float:
    """Move a box right by `shift`, widen its text by `step` per character; return the shift after it."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import create_layout

    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        box.style = box.style.copy()
        before = box.style["letter_spacing"]
        box.style["letter_spacing"] = (0 if before == "normal" else before) + step
        layout = create_layout(box.text, box.style, context, None, box.justification_spacing)
        layout.deactivate()
        box.pango_layout = layout
        box.width += step * len(box.text)
        return shift + step * len(box.text)
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        start = shift
        if not isinstance(box, boxes.LineBox):
            box.position_x += shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _stretch(context, child, step, shift)
        if not isinstance(box, boxes.LineBox):
            box.width += shift - start
        return shift
    box.translate(shift, 0)
    return shift + step
