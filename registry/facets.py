"""How many parks each choice of a filter would leave, given the other filters."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from accounts.models import Division
from registry import filters
from registry.enums import ParkStatus
from registry.kept import figures
from registry.models import LeadingIndustry, LegalStatus, Park

Choices = list[tuple[str, str]]
Counts = dict[str, dict[Any, int]]


@dataclass(frozen=True)
class Facets:
    """Parks by choice of each filter (city, status, industry, year), and names of places by code."""

    conditions: dict[str, str]
    counts: Counts
    names: dict[str, str]

    @classmethod
    def of(cls, conditions: dict[str, str]) -> Facets:
        """Counted once for each edition of the register."""
        name = f"facets {json.dumps(conditions, sort_keys=True)}"
        return cls(conditions, *figures(name, lambda: _count(conditions)))

    @property
    def total(self) -> int:
        """How many parks meet every condition."""
        statuses = self.counts["status"]
        asked = self.conditions.get("status")
        return int(statuses.get(asked, 0) if asked else sum(statuses.values()))

    def choices(self) -> dict[str, Choices]:
        """The choices of each filter with their counts."""
        counts = self.counts
        return {
            "city": city_choices(counts["city"], self.names, self.conditions),
            "status": [(one.value, _worded(str(one.label), counts["status"].get(one.value, 0))) for one in ParkStatus],
            "industry": [(name, _worded(name, count)) for name, count in counts["industry"].items()],
            "year": [
                (str(year), _worded(_("%(year)s年") % {"year": year}, counts["year"][year]))
                for year in sorted(counts["year"])[::-1]
            ],
        }


def city_choices(counts: dict[str, int], names: dict[str, str], conditions: dict[str, str]) -> Choices:
    """Cities that have parks, and the county that is asked for when it is one."""
    wanted = {code for code in counts if code.endswith("00")} | {conditions.get("city", "")}
    return [(code, _worded(names[code], counts.get(code, 0))) for code in sorted(wanted) if code in names]


def _count(conditions: dict[str, str]) -> tuple[Counts, dict[str, str]]:
    """Parks by choice of each filter, and the names of the cities and of the place that is asked for."""
    held = filters.status_field(filters.day_of(conditions))
    status = _parks(_others(conditions, "status")).values_list(held).annotate(n=Count("*"))
    counts: Counts = {
        "city": _count_cities(_others(conditions, "city")),
        "status": dict(status),
        "industry": _count_industries(_others(conditions, "industry")),
        "year": _count_years(_others(conditions, "year")),
    }
    if "industry" in conditions:
        counts["industry"].setdefault(conditions["industry"], 0)
    asked = conditions.get("year", "")
    if len(asked) == len("2026") and asked.isdecimal():
        counts["year"].setdefault(int(asked), 0)
    place = conditions.get("city", "")
    places = [code for code in counts["city"] if code.endswith("00")] + [place] * place.isdecimal()
    return counts, dict(Division.objects.filter(code__in=places).values_list("code", "name"))


def _others(conditions: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in conditions.items() if key != name}


def _parks(others: dict[str, str]) -> QuerySet[Park]:
    """The parks that the other filters leave; all of them without a look at each."""
    return filters.filtered(others).order_by() if others else Park.objects.order_by()


def _worded(label: str, count: int) -> str:
    return _("%(label)s（%(count)s）") % {"label": label, "count": count}


def _count_cities(others: dict[str, str]) -> dict[str, int]:
    """Parks per city and county code."""
    counts: Counter[str] = Counter()
    for city, county, count in _parks(others).values_list("city_id", "county_id").annotate(n=Count("*")):
        for code in {city, county} - {None}:
            counts[code] += count
    return dict(counts)


def _count_industries(others: dict[str, str]) -> dict[str, int]:
    """Parks per leading industry, the most frequent first."""
    rows = LeadingIndustry.objects.order_by()
    if others:
        rows = rows.filter(park__in=_parks(others).values("pk"))
    return dict(rows.values_list("name").annotate(n=Count("park", distinct=True)).order_by("-n", "name"))


def _count_years(others: dict[str, str]) -> dict[int, int]:
    """Parks per year in which their first dated status began."""
    firsts = LegalStatus.objects.order_by().filter(since__isnull=False)
    if others:
        firsts = firsts.filter(park__in=_parks(others).values("pk"))
    rows = firsts.values("park").annotate(first=ExtractYear(Min("since"))).values_list("first")
    return dict(Counter(year for (year,) in rows))
