"""How long the texts beside a figure may be: what is longer is refused, never cut."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflow.machine import Refused

# Characters: of a figure as it is typed, of its source, and of a note, an explanation or a reason.
VALUE, SOURCE, REASON = 200, 200, 500


def limited(text: str, longest: int) -> str:
    """A text without the white space around it. Raises Refused where it is longer than `longest` characters."""
    text = text.strip()
    if len(text) > longest:
        raise Refused([_("文字过长，最多 %(n)d 字，现有 %(now)d 字。") % {"n": longest, "now": len(text)}])
    return text
