"""What the data names in Chinese – figures, units, indicators, clauses, places – in the reader's language."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import get_language, pgettext

CHINESE = "zh"
# A figure with the key in its brackets, a ratio of units.
_JOINED = re.compile(r"([·/])")


def named(name: Any) -> str:
    """A Chinese name as it stands, or its English one (`locale/names`); what has none, a person's own words, stays.

    For the screen only: what is stored, signed or handed out as data keeps its Chinese name.
    """
    text = "" if name is None else str(name)
    if not text or (get_language() or CHINESE).startswith(CHINESE):
        return text
    if (found := pgettext("name", text)) != text:
        return found
    parts = _JOINED.split(text)
    told = [pgettext("name", part) if part else part for part in parts]
    return "".join(" · " if part == "·" else part for part in told) if told != parts else text
