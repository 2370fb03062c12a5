"""Filters that show a frozen content (see applications.display); an empty content shows nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from applications import display, dossier
from policy import decimals
from registry import dates

register = template.Library()


@register.filter
def figure_grid(content: dict[str, Any]) -> dict[str, Any]:
    """Years and rows of the base figures."""
    return display.figure_grid(content) if content else {"years": [], "rows": []}


@register.filter
def material_list(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The thirteen materials with their files."""
    return display.material_list(content) if content else []


@register.filter
def boundary_features(content: dict[str, Any]) -> dict[str, Any] | None:
    """The boundary for the map."""
    return display.boundary_features(content) if content else None


@register.filter
def area_text(content: dict[str, Any]) -> str:
    """The computed area in words."""
    return display.area_text(content) if content else ""


@register.filter
def finding_rows(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of the self-check as they stood when the version was frozen."""
    return display.finding_rows(content) if content else []


@register.filter
def day_in_words(day: str) -> str:
    """A day of a frozen content (ISO, or its year or month alone) as a page writes it."""
    return (
        date_format(dt.date.fromisoformat(day)) if len(day) == len("2011-01-01") else dates.in_words(*dates.parse(day))
    )


@register.filter
def short_score(score: str) -> str:
    """A score of a frozen content to two places."""
    return decimals.show(decimals.parse(score))


@register.filter
def breakable(text: str) -> SafeString:
    """A long code that may break on a narrow screen, without changing what is copied."""
    pieces = [text[start : start + 8] for start in range(0, len(text), 8)]
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in pieces))


@register.inclusion_tag("applications/_pick.html", takes_context=True)
def pick(context: dict[str, Any], kind: str, key: Any, label: str) -> dict[str, Any]:
    """A link that starts a remark on this very field, section or material, and the remarks written on it."""
    target = f"{kind}:{key}"
    picker = context.get("picker", "")
    return {
        "href": f"{picker}?{urlencode({'target': target})}#remark-form" if picker else "",
        "label": label,
        "written": (context.get("picked") or {}).get(target, ()),
        "is_changed": target in (context.get("changed") or ()),
    }


@register.filter
def at(rows: dict[str, Any], target: str) -> Any:
    """What a mapping holds at a key; nothing where it holds nothing."""
    return (rows or {}).get(target, ())


@register.inclusion_tag("applications/_remarks_here.html", takes_context=True)
def remarks_here(context: dict[str, Any]) -> dict[str, Any]:
    """The remarks on the section or materials of this page, while the city owes their answers."""
    filing, section = context.get("filing"), context.get("section")
    if filing is None or filing.status != "returned":
        return {"rows": []}
    slug = getattr(section, "slug", "") if section else ""
    rows = [row for row in dossier.remarks_of(filing) if display.place_of(row["remark"].target).split("#")[0] == slug]
    return {"rows": rows if slug else [], "filing": filing}
