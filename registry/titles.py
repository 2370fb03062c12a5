"""Which titles (称号) places hold on a day, and how many of each: read from the dated rows alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from accounts.enums import DivisionLevel
from accounts.models import Division
from registry.enums import CityTitleKind
from registry.models import CityTitle

# 称号 by place: the row since which each is held.
Standing = dict[str, dict[str, CityTitle]]
# What the clauses of the province's targets count: the level of the places and the title (C-III.3c–f).
COUNTED: Mapping[str, tuple[DivisionLevel, CityTitleKind]] = {
    "PV.recognised_cities": (DivisionLevel.PREFECTURE, CityTitleKind.INNOVATIVE),
    "PV.national_cities": (DivisionLevel.PREFECTURE, CityTitleKind.NATIONAL_PILOT),
    "PV.recognised_counties": (DivisionLevel.COUNTY, CityTitleKind.INNOVATIVE),
    "PV.st_strong_counties": (DivisionLevel.COUNTY, CityTitleKind.ST_STRONG),
}


def history(division: Division) -> list[CityTitle]:
    """Every fact about a place's titles, the newest first."""
    rows = CityTitle.objects.filter(division=division).select_related("paper")
    return list(rows.order_by("-since", "-recorded_at"))


def standing_on(day: dt.date, places: Collection[str] | None = None) -> Standing:
    """The titles held on a day by code of the place; of two rows since one day the one recorded later holds."""
    rows = CityTitle.objects.filter(since__lte=day).select_related("paper").order_by("since", "recorded_at")
    if places is not None:
        rows = rows.filter(division__in=places)
    found: Standing = defaultdict(dict)
    for row in rows:
        if not row.held:
            found[row.division_id].pop(row.title, None)
        elif row.title not in found[row.division_id]:
            found[row.division_id][row.title] = row
    return {code: titles for code, titles in found.items() if titles}


def holds(division: Division, title: CityTitleKind, day: dt.date) -> bool:
    """Whether a place holds a title on a day."""
    return title in standing_on(day, [division.pk]).get(division.pk, {})


def tally(standing: Standing) -> Counter[tuple[str, str]]:
    """How many places of each level hold each title, by (level, title)."""
    levels = dict(Division.objects.filter(pk__in=standing).values_list("pk", "level"))
    return Counter((levels[code], title) for code, titles in standing.items() for title in titles)


def counts_on(day: dt.date) -> dict[str, int]:
    """The counts of the province's targets on a day, by figure code (C-III.3c–f), each in 个."""
    found = tally(standing_on(day))
    return {figure: found[str(level), str(title)] for figure, (level, title) in COUNTED.items()}


def is_invented(day: dt.date) -> bool:
    """Whether any of the rows that counts up to a day rest on is part of the sample (示例数据)."""
    return CityTitle.objects.filter(since__lte=day, sample=True).exists()
