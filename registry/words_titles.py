"""How the titles of places are worded on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import DivisionLevel
from accounts.models import Division
from registry import dates, words
from registry.enums import CityTitleKind
from registry.models import CityTitle
from registry.titles import COUNTED, Standing


def in_order(held: Mapping[str, CityTitle]) -> list[CityTitle]:
    """The titles of a place in the order in which they are won."""
    return [held[kind] for kind in CityTitleKind if kind in held]


def row(one: CityTitle) -> dict[str, Any]:
    """A dated fact about a title: since when, on what it rests."""
    return {
        "tag": words.title_tag(one.title),
        "held": one.held,
        "since": dates.in_words(one.since, one.precision),
        "paper": words.paper_link(one.paper),
        "source": one.citation or (one.paper.number if one.paper else ""),
        "note": one.note,
        "sample": one.sample,
    }


def standing_rows(standing: Standing) -> list[dict[str, Any]]:
    """Each place that holds a title, in the order of the codes."""
    places = Division.objects.select_related("parent").in_bulk(list(standing))
    return [
        {
            "name": places[code].name,
            "code": code,
            "href": reverse("registry:city", args=[code]),
            "within": parent.name if (parent := places[code].parent) and places[code].level == "county" else "",
            "titles": [row(one) for one in in_order(standing[code])],
        }
        for code in sorted(standing)
    ]


def counts(found: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """How many places hold each title, cities and counties apart; those that nobody can hold or holds are left out."""
    levels = {DivisionLevel.PREFECTURE: _("设区市"), DivisionLevel.COUNTY: _("县（市、区）")}
    return [
        {"key": f"{title.label} · {name}", "value": _("%(n)d 个") % {"n": number}}
        for title in CityTitleKind
        for level, name in levels.items()
        if (number := found.get((str(level), str(title)), 0)) or (level, title) in COUNTED.values()
    ]


def history(rows: Iterable[CityTitle]) -> list[dict[str, Any]]:
    """The facts about a place's titles, as they are given."""
    return [row(one) for one in rows]
