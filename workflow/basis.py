"""What an act or a period rests on (依据), as a reader of the document would name the place."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

# P-II.1.8c: part two, item one, point eight; the letter is a place within it.
CLAUSE = re.compile(r"P-(?P<part>0|IV|I{1,3})(?:\.(?P<item>\d+))?(?:\.(?P<point>\d+))?[a-z]?")
PARTS = {"I": "一", "II": "二", "III": "三", "IV": "四"}
FIGURES = "零一二三四五六七八九十"
# Steps of the process and decisions on what the document leaves open: for those who build, not for those who read.
INNER = re.compile(r"(T\d+|AMB-\d+|PK-\d+|N\d+)")


def in_words(basis: str) -> str:
    """The places of the document and the laws that a basis names, each once; empty where the document says nothing."""
    found = dict.fromkeys(_place(part.strip()) for part in re.split("[;；]", basis) if part.strip())
    return "、".join(place for place in found if place)


def _place(part: str) -> str:
    if INNER.fullmatch(part):
        return ""
    clause = CLAUSE.fullmatch(part)
    if clause is None:
        return part
    if clause["part"] == "0":
        return _("文件引言")
    words = {"part": PARTS[clause["part"]], "item": FIGURES[int(clause["item"] or 0)], "point": clause["point"]}
    if not int(clause["item"] or 0):
        return _("文件第%(part)s部分") % words
    if not int(clause["point"] or 0):
        return _("文件第%(part)s部分第（%(item)s）项") % words
    return _("文件第%(part)s部分第（%(item)s）项第%(point)s点") % words
