"""Every form that is part of another template is given its token against forgery."""

from __future__ import annotations

import re

from django.conf import settings

INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"([^%]*)%}')
FOLDER = settings.BASE_DIR / "templates"


def test_forms_included_with_only_are_given_their_token() -> None:
    """`only` keeps the token from the template, and the form would be refused without a word to its maker."""
    texts = {str(path.relative_to(FOLDER)): path.read_text() for path in FOLDER.rglob("*.html")}
    wanting = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    assert wanting
    while more := {n for n, t in texts.items() if any(m[1] in wanting for m in INCLUDE.finditer(t))} - wanting:
        wanting |= more
    forgotten = [
        f"{name}: {found[0]}"
        for name, text in texts.items()
        for found in INCLUDE.finditer(text)
        if found[1] in wanting and found[2].split()[-1:] == ["only"] and "csrf_token=" not in found[2]
    ]
    assert forgotten == []
