"""Computes, in millimetres, the places of a paper's parts that depend on its words (GB/T 9704-2012)."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from notifications.rendering.document import Paper, Seal
from notifications.rendering.seal import diameter
from notifications.rendering.title import break_title
from notifications.rendering.typefaces import white_above

CHARACTER = 156 / 28  # 字: 28 of them fill the 156 mm of the type area
LINE = CHARACTER * 15 / 8  # 行: a character and 7/8 of one
LEADING = CHARACTER * 7 / 8
HALF_LEADING = LEADING / 2
TYPE_AREA_TOP, TYPE_AREA_BOTTOM = 37.0, 262.0
TITLE_SIZE, TITLE_PITCH = 7.7611, 12.5  # 2号 = 22 pt
SMALL_SIZE, SMALL_PITCH = 4.9389, 8.5  # 4号 = 14 pt
RULE = 0.5
DOUBLE_RULE = 1.9
MARK_PITCH = 1.2
SEAL_BELOW = 3.0  # the two lines stand slightly below the middle of the seal


class Grid(NamedTuple):
    """The pitch of the lines of text, in mm; a closer one where a seal would stand without text (此页无正文)."""

    line: float = LINE

    @property
    def half_leading(self) -> float:
        """Half the white between two lines."""
        return (self.line - CHARACTER) / 2

    @property
    def top(self) -> float:
        """Top of the first line box, from the top of the page."""
        return TYPE_AREA_TOP - self.half_leading


STANDARD = Grid()
CLOSE = Grid(9.88)  # 28 pt, what offices set when the signature does not fit


def ems(text: str) -> float:
    """Width of a line in characters: Latin letters and digits count half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def chinese_date(date: dt.date) -> str:
    """2026年3月8日: Arabic digits without leading zeros."""
    return f"{date.year}年{date.month}月{date.day}日"


def mark_lines(paper: Paper) -> list[str]:
    """Lines of the issuer's mark (发文机关标志)."""
    return [line.strip() for line in paper.issuer_mark.split("\n") if line.strip()]


def mark_size(paper: Paper) -> float:
    """Size of the mark: 15 mm, or what lets the longest line fit the type area."""
    return min(15.0, 156 / max(len(line) for line in mark_lines(paper)))


def head_rules(paper: Paper, grid: Grid) -> dict[str, dict[str, float]]:
    """Places of the parts of the head, millimetres from the top of the page, as CSS rules by selector."""
    lines, size = mark_lines(paper), mark_size(paper)
    letter = paper.format == "letter"
    ink_top = 30.0 if letter else TYPE_AREA_TOP + 35
    mark_bottom = ink_top + size + (len(lines) - 1) * size * MARK_PITCH
    first_line_top = ink_top - white_above(lines[0]) * size - size * (MARK_PITCH - 1) / 2
    if letter:
        rule = mark_bottom + 4
        number = rule + DOUBLE_RULE + LEADING
        title = number + CHARACTER + 2 * LINE
    else:
        number = mark_bottom + 2 * LINE
        under = number + (LINE if paper.format == "minutes" else 0)
        rule = under + CHARACTER + 4
        title = rule + RULE + 2 * LINE
    flow = title - (TITLE_PITCH - TITLE_SIZE) / 2 if paper.title else title - grid.half_leading
    return {
        ".mark": {"top": first_line_top - grid.top, "font-size": size, "line-height": size * MARK_PITCH},
        ".number": {"top": number - HALF_LEADING - grid.top},
        ".issued": {"top": number + LINE - HALF_LEADING - grid.top},
        ".rule": {"top": rule - grid.top},
        ".foot-rule": {"top": 277 - DOUBLE_RULE - grid.top},
        ".marks": {"top": number - HALF_LEADING - grid.top if letter else 0.0},
        ".head": {"height": flow - grid.top},
        # One blank line between title and addressees, then the pitch of the text.
        ".title": {"margin-bottom": LINE - grid.half_leading - (TITLE_PITCH - TITLE_SIZE) / 2},
    }


def closing_rules(paper: Paper, grid: Grid) -> dict[str, dict[str, float]]:
    """Places in the block that closes the text: signature, date, seal, note; from the block's top."""
    if paper.date is None or not paper.issuers:
        return {}
    if paper.sealed and paper.seal:
        return _sealed(paper, paper.seal, paper.date, grid)
    return _unsealed(paper, paper.date, grid)


def _sealed(paper: Paper, seal: Seal, date: dt.date, grid: Grid) -> dict[str, dict[str, float]]:
    """Date indented four characters from the right, signature centred on it, seal over both."""
    date_width, name_width = (ems(text) * CHARACTER for text in (chinese_date(date), paper.issuers[0]))
    right = max(4 * CHARACTER, (name_width - date_width) / 2)
    centre = 156 - right - date_width / 2
    across = diameter(seal)
    seal_top = LEADING - grid.half_leading
    lines_centre = seal_top + across / 2 + SEAL_BELOW
    signature = lines_centre - (grid.line + CHARACTER) / 2 - grid.half_leading
    # The note begins on the line under the date and keeps clear of the seal.
    note_width = centre - across / 2 - 1
    note_lines = -(-(ems(paper.note) + 4) * CHARACTER // note_width) if paper.note else 0
    height = max(seal_top + across + grid.half_leading, signature + (2 + note_lines) * grid.line)
    wide = 2 * max(date_width, name_width)
    return {
        ".closing": {"height": height},
        ".signature": {"top": signature, "left": centre - wide / 2, "width": wide},
        ".date": {"top": signature + grid.line, "left": centre - wide / 2, "width": wide},
        ".seal": {"top": seal_top, "left": centre - across / 2, "width": across},
        ".note": {"top": signature + 2 * grid.line, "width": note_width},
    }


def _unsealed(paper: Paper, date: dt.date, grid: Grid) -> dict[str, dict[str, float]]:
    """Signature two characters from the right, the date two to its right; a longer date takes that edge."""
    name_width = max(ems(issuer) for issuer in paper.issuers) * CHARACTER
    name_left = 156 - 2 * CHARACTER - name_width
    date_width = ems(chinese_date(date)) * CHARACTER
    if date_width > name_width:
        name_left = 156 - 4 * CHARACTER - date_width
    below = grid.line * (1 + len(paper.issuers))
    return {
        ".closing": {"height": below + grid.line * (2 if paper.note else 1)},
        ".signature": {"top": grid.line, "left": name_left},
        ".date": {"top": below, "left": name_left + 2 * CHARACTER},
        ".note": {"top": below + grid.line, "width": 156.0},
    }


def imprint_height(paper: Paper) -> float:
    """Room to keep for the 版记 (or the copies line of a letter) at the foot of the last page."""
    height = 0.0
    if paper.cc:
        room = 156 / SMALL_SIZE - 6
        height += SMALL_PITCH * max(1, -(-ems("，".join(paper.cc)) // room))
    if paper.printed_by and paper.format != "letter":
        height += SMALL_PITCH
    return height + (1.0 if height else 0.0)


def stylesheet(paper: Paper, grid: Grid) -> str:
    """The rules that depend on the words of this paper."""
    if paper.format == "receipt":
        rules: dict[str, dict[str, float]] = {}
    else:
        rules = head_rules(paper, grid) | closing_rules(paper, grid)
    rules[".keeper"] = {"height": imprint_height(paper)}
    rules[".imprint"] = {"bottom": grid.half_leading}
    rules[".check"] = {"bottom": grid.half_leading - (11.4 if paper.format == "letter" else 15.65)}
    bottom = 297 - TYPE_AREA_BOTTOM - grid.half_leading
    parts = [f"@page{{margin:{grid.top:.4f}mm 26mm {bottom:.4f}mm 28mm}}:root{{--line:{grid.line:.4f}mm}}"]
    for selector, values in rules.items():
        parts.append(f"{selector}{{{';'.join(f'{name}:{value:.4f}mm' for name, value in values.items())}}}")
    if paper.sample:
        parts.append('@page{@top-center{content:"示例数据　仅供演示　不具法律效力"}}')
    return "".join(parts)


def title_lines(paper: Paper) -> Sequence[str]:
    """Lines of the paper's title."""
    return break_title(paper.title)
