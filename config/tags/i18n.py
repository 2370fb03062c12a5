"""Django's `i18n` library, in which `translate` remembers a fixed text in each language."""

from __future__ import annotations

from typing import Any

from django.template import Node
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

from config.tags.remembered import Remembered

register = i18n.register.__class__()
register.tags, register.filters = dict(i18n.register.tags), dict(i18n.register.filters)


class Words(Remembered, i18n.TranslateNode):
    """A fixed text: what it is in a language does not change while the process lives."""

    def key(self, context: Context) -> str | None:
        """The reader's language."""
        return get_language()


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """`{% translate %}` as Django reads it."""
    asked: Any = i18n.do_translate(parser, token)
    is_fixed = token.split_contents()[1][0] in "\"'" and not asked.filter_expression.filters
    return Words(asked) if is_fixed and asked.message_context is None else asked
