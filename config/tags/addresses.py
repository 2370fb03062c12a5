"""`url` for every template, which remembers an address without arguments."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template import Node, defaulttags
from django.template.base import Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix, get_urlconf

from config.tags.remembered import Remembered

register = template.Library()


class Address(Remembered, defaulttags.URLNode):
    """The address of a view that takes no arguments."""

    def key(self, context: Context) -> tuple[Any, ...]:
        """Where addresses begin, and whether they are escaped."""
        return get_urlconf(settings.ROOT_URLCONF), get_script_prefix(), context.autoescape


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """`{% url %}` as Django reads it; no namespace of the portal has more than one instance."""
    asked: Any = defaulttags.url(parser, token)
    is_fixed = not asked.args and not asked.kwargs and not asked.view_name.is_var and not asked.view_name.filters
    return Address(asked) if is_fixed else asked
