"""The words of a search: made comparable, cut into terms, marked in what they found."""

from __future__ import annotations

import re
import unicodedata

MOST_TERMS = 5
SHORTEST = 2
LONGEST = 60
BEFORE, AFTER = 24, 60

Piece = tuple[str, bool]


def plain(text: str) -> str:
    """One form for compatibility characters (全角 → 半角) and one space for any run of blanks."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def fold(text: str) -> str:
    """A text as it is compared: in plain form, Latin letters small."""
    return plain(text).lower()


def terms(query: str) -> list[str]:
    """What a query asks for: its words, all of which must be found; none when it is shorter than two characters."""
    folded = fold(query.replace("\x00", ""))[:LONGEST]
    return list(dict.fromkeys(folded.split()))[:MOST_TERMS] if len(folded) >= SHORTEST else []


def marked(text: str, wanted: list[str]) -> list[Piece]:
    """A text in pieces, each with whether it is a term."""
    if not wanted:
        return [(text, False)]
    pattern = "|".join(re.escape(term) for term in sorted(wanted, key=len, reverse=True))
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return [(piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece]


def excerpt(text: str, wanted: list[str]) -> list[Piece]:
    """The surroundings of the first term in a text, marked; nothing where no term stands in it."""
    small = text.lower()
    places = [place for term in wanted if (place := small.find(term)) >= 0]
    if not places:
        return []
    start = max(min(places) - BEFORE, 0)
    end = min(places) + AFTER
    cut = ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
    return marked(cut, wanted)
