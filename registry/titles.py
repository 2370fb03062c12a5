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

# The titles of the province's own programme; whoever holds one takes part in it.
OF_PROGRAMME = frozenset({CityTitleKind.PILOT, CityTitleKind.INNOVATIVE})


def history(division: Division) -> list[CityTitle]:
    """Every fact about a place's titles, the newest first."""
    rows = CityTitle.objects.filter(division=division).select_related("paper")
    return list(rows.order_by("-since", "-recorded_at"))


def standing_on(day: dt.date, places: Collection[str] | None = None) -> Standing:
    """The titles held on a day by code of the place; of two rows since one day the one recorded later holds."""
    return _told_on(day, places)[0]


def left_on(day: dt.date, places: Collection[str] | None = None) -> dict[str, CityTitle]:
    """By place that has lost its last title of the province's programme until a day the fact by which it did.

    A title of the state that it won since then makes it take part again.
    """
    return _left(*_told_on(day, places))


def taking_part_on(day: dt.date) -> set[str]:
    """The codes of the places that take part on a day: by a title of the province, or by the state's alone (C-V.3f).

    Who gave up the province's titles reports no more, as the notice of the exit says (CT-90): the state's title that
    it keeps does not bring it back.
    """
    standing, ended = _told_on(day)
    left = _left(standing, ended)
    taking = {*OF_PROGRAMME, CityTitleKind.NATIONAL_PILOT}
    return {code for code, held in standing.items() if taking.intersection(held) and code not in left}


def _told_on(day: dt.date, places: Collection[str] | None = None) -> tuple[Standing, dict[str, CityTitle]]:
    """What is held, and by place the last fact that ended a title of the province's programme."""
    rows = CityTitle.objects.filter(since__lte=day).select_related("paper").order_by("since", "recorded_at")
    if places is not None:
        rows = rows.filter(division__in=places)
    found: Standing = defaultdict(dict)
    ended = {}
    for row in rows:
        if not row.held:
            found[row.division_id].pop(row.title, None)
            if row.title in OF_PROGRAMME:
                ended[row.division_id] = row
        elif row.title not in found[row.division_id]:
            found[row.division_id][row.title] = row
    return {code: titles for code, titles in found.items() if titles}, ended


def _left(standing: Standing, ended: Mapping[str, CityTitle]) -> dict[str, CityTitle]:
    left = {}
    for code, row in ended.items():
        held = standing.get(code, {})
        state = held.get(CityTitleKind.NATIONAL_PILOT)
        if not OF_PROGRAMME.intersection(held) and (state is None or state.since <= row.since):
            left[code] = row
    return left


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
