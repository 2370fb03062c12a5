"""How a figure is said: by its name; a number as it stands, yes or no in words, a dash where it is unknown."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from accounts.names import named
from indicators import queries
from policy import figures
from policy.figures import Type

register = template.Library()


@register.filter
def said_of(value: str | None, code: str) -> str:
    """The stored value of a figure in words; `code` is the figure's."""
    if value is None or value == "":
        return "—"
    figure = figures.find(code)
    if figure and figure.type is Type.BOOLEAN:
        return {"1": _("是"), "0": _("否")}.get(value, value)
    return value


@register.filter
def figure_named(code: str) -> str:
    """The name of a figure by its code, in the reader's language."""
    return named(queries.named(code))
