"""Small components that stand in every row of a list, without a template of their own for each."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.names import named

register = template.Library()
SHAPES = {"done": "●", "progress": "◐", "warning": "▲", "card": "▮", "late": "■", "ended": "◆", "info": "◇"}
WAITING = "○"


@register.simple_tag
def tag(kind: Any, text: Any) -> SafeString:
    """A state as shape, word and colour; `kind` is one of SHAPES, anything else waits."""
    return format_html(
        '<strong class="cy-tag cy-tag--{}"><span class="cy-tag__shape" aria-hidden="true">{}</span>{}</strong>',
        kind or "waiting",
        SHAPES.get(kind, WAITING),
        "" if text is None else text,
    )


@register.simple_tag
def options(groups: Any) -> SafeString:
    """The choices of a select box (`widget.optgroups`), all at once: a list of filters has a hundred of them."""
    parts: list[str] = []
    for name, choices, _index in groups:
        told = [
            format_html(
                '<option value="{}"{}>{}</option>', str(one["value"]), flatatt(one["attrs"]), named(one["label"])
            )
            for one in choices
        ]
        parts += [format_html('<optgroup label="{}">', name), *told, "</optgroup>"] if name else told
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


@register.filter
def shown_pages(page: Page[Any]) -> list[int | None]:
    """The pages to link: the first, the last, and two on each side; None where some are left out."""
    last, here = page.paginator.num_pages, page.number
    near = [number for number in range(here - 2, here + 3) if 1 <= number <= last]
    shown: list[int | None] = [*near]
    if near[0] > 1:
        shown = [1, *([None] if near[0] > 2 else []), *shown]
    if near[-1] < last:
        shown = [*shown, *([None] if near[-1] < last - 1 else []), last]
    return shown
