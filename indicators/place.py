"""The place of a park in the latest ranking of the recognised parks that was released (P-II.4a, P-II.4g)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from indicators import queries_policy
from indicators.enums import Programme, RankingList, RunStatus
from indicators.models import Run
from indicators.queries_run import standings
from policy.parameters import Settings
from workflow import instants


@dataclass(frozen=True)
class Place:
    """Rank (1 the best) among `ranked` parks of a year; `rank` is None where the park was not ranked in it."""

    year: int
    rank: int | None
    ranked: int

    @property
    def top(self) -> int:
        """How many places count as 名列前茅 today: the top fraction, rounded up (AMB-23)."""
        params = queries_policy.policy_params(instants.today())
        return ceil(self.ranked * Settings(params).number("top_fraction"))

    @property
    def is_top(self) -> bool:
        """Whether the park may apply for an expansion by its rank."""
        return self.rank is not None and self.rank <= self.top


def latest(park: str) -> Place | None:
    """Where a park (its code) stands in the latest released list of the recognised parks; None where there is none.

    A city that may not read the others' results learns its own place, or that it has none.
    """
    released = Run.objects.filter(programme=Programme.PARK, status=RunStatus.RELEASED, dry=False)
    for run in released.order_by("-year", "-number"):
        if RankingList.RECOGNISED.value not in (run.index_versions or {}):
            continue
        rows = list(standings(run.year, Programme.PARK).filter(list=RankingList.RECOGNISED))
        own = next((row for row in rows if row.subject == park), None)
        return Place(run.year, own.rank if own else None, max((row.ranked for row in rows), default=0))
    return None
