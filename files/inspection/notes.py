"""What readers should know of a file that was taken all the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Notes = tuple[str, ...]
FORMULAS, OUTSIDE, OBJECTS, OLD_FORMAT = "formulas", "outside", "objects", "old_format"
WORDS: dict[str, str | Promise] = {
    FORMULAS: _("含公式，审查以文件中保存的数值为准"),
    OUTSIDE: _("引用了其他文件，引用的内容不在其中"),
    OBJECTS: _("含嵌入对象"),
    OLD_FORMAT: _("旧版格式，归档时需转换"),
}


def in_words(notes: Iterable[str]) -> list[str | Promise]:
    """The notes as a reader sees them."""
    return [WORDS[note] for note in notes if note in WORDS]
