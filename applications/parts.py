"""What of a filing can be given to somebody else: the sections of its plan, and the pieces of its materials."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.text import format_lazy

from applications import plan
from applications.enums import KindCode
from applications.materials import EVERY, pieces_of
from applications.models.delegation import MATERIAL
from applications.plan import Section
from applications.plan.schema import Text


@dataclass(frozen=True)
class MaterialPart:
    """One piece of the materials (一项材料); its key is its slug, with which the database compares."""

    code: str
    title: Text

    @property
    def slug(self) -> str:
        """What a delegation of it is called."""
        return key_of(self.code)

    @property
    def keys(self) -> tuple[str, ...]:
        """What its holder may write."""
        return (self.slug,)


Part = Section | MaterialPart


def key_of(code: str) -> str:
    """The key of a piece of the materials."""
    return f"{MATERIAL}{code}"


PIECES_TO_GIVE: tuple[MaterialPart, ...] = tuple(
    MaterialPart(piece.code, format_lazy("{}{}", kind.mark, piece.label)) for kind in EVERY for piece in kind.pieces
)
_BY_SLUG = {part.slug: part for part in PIECES_TO_GIVE}


def parts(opened_on: dt.date, kind: str = KindCode.CREATION) -> tuple[Part, ...]:
    """Everything of a kind of filing that can be given out, in the order of the task list."""
    return (*plan.sections(opened_on, kind), *(_BY_SLUG[key_of(piece.code)] for piece in pieces_of(kind)))


def part_of(slug: str, opened_on: dt.date, kind: str = KindCode.CREATION) -> Part | None:
    """The section or piece with that slug."""
    return _BY_SLUG.get(slug) or plan.section_of(slug, opened_on, kind)
