"""What the home page tells of the second programme: who leads, how many kept the fiscal clause, the newest report."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from indicators import place_rankings, queries_monitoring, queries_public
from indicators.circular_content import score_shown
from indicators.enums import Listing, Programme, RankingList
from indicators.models import Run
from policy.outcomes import Verdict

LEADING = 3


def latest() -> dict[str, Any] | None:
    """The newest released year of cities and counties in a few facts; None while nothing is published."""
    run = queries_public.released_runs(Programme.CITY).first()
    if run is None:
        return None
    return {
        "year": run.year,
        "href": reverse("rankings:year", args=["cities", run.year]),
        "lists": [_leading(run, ranking) for ranking in queries_public.LISTS[Programme.CITY]],
        "fiscal": _fiscal(run) if run.listing == Listing.FULL else None,
        "report": queries_monitoring.newest(),
    }


def _leading(run: Run, ranking: RankingList) -> dict[str, Any]:
    """The first places of a list, as far as they are public, with the interval that their ranks lie in."""
    rows = list(queries_public.shown(run, ranking)[:LEADING])
    return {
        "title": ranking.label,
        "rows": [
            {
                "rank": one.rank,
                "name": one.name,
                "href": reverse("registry:city", args=[one.subject]),
                "score": score_shown(one),
                "interval": place_rankings.interval_in_words(one),
            }
            for one in rows
            if one.rank is not None
        ],
    }


def _fiscal(run: Run) -> dict[str, Any]:
    """How many places kept C-V.3a, of how many that were judged."""
    told = [queries_public.verdicts_of(run, ranking) for ranking in queries_public.LISTS[Programme.CITY]]
    judged = sum(sum(one.values()) - one[Verdict.NOT_APPLICABLE] for one in told)
    return {
        "met": sum(one[Verdict.MET] for one in told),
        "judged": judged,
        "href": reverse("indicators:fiscal", args=[run.year]),
    }
