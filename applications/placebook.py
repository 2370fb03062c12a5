"""What is known of a place when it files: its titles, its newest evaluation and its newest yearly result, all read."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.models import Division
from indicators.enums import Programme, RunStatus
from indicators.models import Assessment, Run
from indicators.queries_evaluating import latest_result
from indicators.queries_run import standing
from registry import dates, titles
from registry.enums import CityTitleKind
from workflow import instants

HELD = (CityTitleKind.INNOVATIVE, CityTitleKind.PILOT)


def held_by(place: Division) -> list[CityTitleKind]:
    """The titles of the programme that a place holds today, the higher first; empty where it takes no part."""
    found = titles.standing_on(instants.today(), [place.pk]).get(place.pk, {})
    return [title for title in HELD if title in found]


def content(place: Division) -> dict[str, Any]:
    """The record of a place as JSON of texts, frozen with a filing; None for what is not known."""
    found = titles.standing_on(instants.today(), [place.pk]).get(place.pk, {})
    told = [
        {
            "title": CityTitleKind(title).of(place.name),
            "since": dates.iso(found[title].since, found[title].precision),
            "source": _source(found[title]),
        }
        for title in CityTitleKind
        if title in found
    ]
    return {"titles": told, "evaluation": _evaluation(place), "yearly": _yearly(place)}


def _source(row: Any) -> str:
    return str(row.paper.number if row.paper else row.citation)


def _evaluation(place: Division) -> dict[str, str] | None:
    result = latest_result(place.pk)
    if result is None:
        return None
    return {
        "year": str(result.round.year), "kind": str(result.round.get_kind_display()), "score": result.score,
        "href": result.get_absolute_url(),
    }  # fmt: skip


def _yearly(place: Division) -> dict[str, str] | None:
    """The newest year of the programme in which the place stands in a released list, as far as the scope shows it."""
    runs = Run.objects.filter(programme=Programme.CITY, status=RunStatus.RELEASED, dry=False)
    for year in runs.order_by("-year").values_list("year", flat=True).distinct():
        one = standing(place.pk, year)
        if one is not None:
            return _told(one)
    return None


def _told(one: Assessment) -> dict[str, str]:
    return {
        "year": str(one.year),
        "rank": "" if one.rank is None else str(one.rank),
        "ranked": str(one.ranked or ""),
        "score": str(one.score or ""),
        "href": reverse("rankings:subject", args=["cities", one.year, one.subject]),
    }
