"""How many parks each choice of a filter would leave, given the other filters."""

from __future__ import annotations

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from accounts.models import Division
from registry import filters
from registry.enums import ParkStatus
from registry.models import LeadingIndustry

Choices = list[tuple[str, str]]


def _others(conditions: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in conditions.items() if key != name}


def _worded(label: str, count: int) -> str:
    return _("%(label)s（%(count)s）") % {"label": label, "count": count}


def city_choices(conditions: dict[str, str]) -> Choices:
    """Cities that have parks, and the county that is asked for when it is one."""
    found = filters.filtered(_others(conditions, "city")).order_by()
    counts: dict[str, int] = {}
    for city, county, count in found.values_list("city_id", "county_id").annotate(n=Count("pk", distinct=True)):
        for code in {city, county} - {None}:
            counts[code] = counts.get(code, 0) + count
    chosen = conditions.get("city")
    wanted = [code for code in counts if code.endswith("00")] + ([chosen] if chosen else [])
    places = Division.objects.filter(code__in=wanted).order_by("code")
    return [(place.code, _worded(place.name, counts.get(place.code, 0))) for place in places]


def status_choices(conditions: dict[str, str]) -> Choices:
    """Every status with its count."""
    found = filters.filtered(_others(conditions, "status")).order_by()
    counts = dict(found.values_list("status").annotate(n=Count("pk", distinct=True)))
    return [(status.value, _worded(str(status.label), counts.get(status.value, 0))) for status in ParkStatus]


def industry_choices(conditions: dict[str, str]) -> Choices:
    """Leading industries that parks named, the most frequent first."""
    found = filters.filtered(_others(conditions, "industry")).order_by().values("pk")
    rows = LeadingIndustry.objects.filter(park__in=found).order_by().values_list("name")
    counts = dict(rows.annotate(n=Count("park", distinct=True)).order_by("-n", "name"))
    if "industry" in conditions:
        counts.setdefault(conditions["industry"], 0)
    return [(name, _worded(name, count)) for name, count in counts.items()]


def year_choices(conditions: dict[str, str]) -> Choices:
    """Years of the first known status, newest first."""
    found = filters.filtered(_others(conditions, "year")).order_by().filter(first_since__isnull=False)  # type: ignore[misc]
    rows = found.annotate(year=ExtractYear("first_since")).values_list("year")
    counts: dict[int, int] = {}
    for year, count in rows.annotate(n=Count("pk", distinct=True)):
        counts[year] = counts.get(year, 0) + count
    asked = conditions.get("year", "")
    if len(asked) == len("2026") and asked.isdecimal():
        counts.setdefault(int(asked), 0)
    return [(str(year), _worded(_("%(year)s年") % {"year": year}, counts[year])) for year in sorted(counts)[::-1]]
