"""Which characters the typefaces of papers can print, known without the typefaces."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from notifications.rendering.prepare_fonts import wanted_characters

SUBSTITUTE = "□"
# Signs that the typefaces lack, with the one that papers write instead: U+2212 MINUS SIGN of a formula.
WRITTEN = str.maketrans({"\u2212": "－"})


@functools.cache
def printable_characters() -> frozenset[str]:
    """GB 2312, 通用规范汉字表, Latin and punctuation, and the line break."""
    return frozenset(map(chr, wanted_characters())) | {"\n"}


def unprintable(value: Any) -> str:
    """The characters anywhere in the data of a paper that no typeface has, each once, sorted."""
    return "".join(sorted({character for text in _texts(value) for character in text} - printable_characters()))


def made_printable(text: str) -> str:
    """A text that no person can correct any more (the name of a file), with □ for what cannot be printed."""
    return "".join(character if character in printable_characters() else SUBSTITUTE for character in text)


def in_signs_of_papers(value: Any) -> Any:
    """The content of a paper, or a part of it, with the signs that the typefaces have."""
    if isinstance(value, str):
        return value.translate(WRITTEN)
    if isinstance(value, dict):
        return {key: in_signs_of_papers(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [in_signs_of_papers(part) for part in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
