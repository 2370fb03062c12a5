"""A template node whose result is the same each time it is asked under one key."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.template import Node
from django.template.context import Context


class Remembered(Node):
    """Mixed in before Django's own node: what it says (or puts under `asvar`) is kept by `key` for the process."""

    asvar: str | None

    def __init__(self, asked: Any) -> None:
        self.__dict__.update(asked.__dict__)
        self.known: dict[Hashable, str] = {}

    def key(self, context: Context) -> Hashable:
        """What the result depends on."""
        raise NotImplementedError

    def render(self, context: Context) -> str:
        """The result; nothing where it goes under a name."""
        key = self.key(context)
        text = self.known.get(key)
        if text is None:
            said = super().render(context)
            text = self.known[key] = context[self.asvar] if self.asvar else said
        if self.asvar:
            context[self.asvar] = text
            return ""
        return text
