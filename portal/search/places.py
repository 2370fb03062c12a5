"""Finds cities and counties by name or code, and the published monitoring reports by year and words."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import DivisionLevel
from accounts.models import Division
from indicators import queries_monitoring
from indicators.enums_monitoring import MonitoringStatus
from indicators.models import MonitoringReport
from portal.search.words import fold
from registry import titles, words_titles
from workflow import instants


class Told(TypedDict):
    """Something found: its page, its title, a line of facts."""

    href: str
    title: str
    facts: list[str]


def places(wanted: list[str]) -> QuerySet[Division]:
    """The cities and counties in whose name or code every term stands; those that ended too."""
    rows = Division.objects.exclude(level=DivisionLevel.PROVINCE).select_related("parent")
    for term in wanted:
        rows = rows.filter(Q(name__icontains=term) | Q(code__startswith=term))
    return rows.order_by("valid_to", "code")


def told_of(rows: list[Division]) -> list[Told]:
    """Each place with the city that it belongs to and the titles that it holds."""
    held = titles.standing_on(instants.today(), [row.code for row in rows]) if rows else {}
    return [
        {
            "href": reverse("registry:city", args=[row.code]),
            "title": row.name,
            "facts": [
                row.code,
                *([row.parent.name] if row.parent and row.level == DivisionLevel.COUNTY else []),
                *([_("已撤销")] if row.valid_to else []),
                *(str(tag["text"]) for tag in words_titles.tags(held.get(row.code, {}), row.name)),
            ],
        }
        for row in rows
    ]


def reports(wanted: list[str]) -> list[MonitoringReport]:
    """The published reports in whose title, year or number every term stands; a handful, so they are read."""
    rows = queries_monitoring.published().defer("content", "texts")
    return [row for row in rows if all(term in _words(row) for term in wanted)]


def _words(report: MonitoringReport) -> str:
    paper = f"{report.paper.title} {report.paper.number}" if report.paper else ""
    return fold(f"{report.year}年度 浙江省创新型城市（县、区）建设统计监测报告 {paper}")


def told_of_report(report: MonitoringReport) -> Told:
    """A report with its number and the day of its publication."""
    day = [date_format(instants.day_of(report.published_at))] if report.published_at else []
    superseded = [_("已被取代")] if report.status == MonitoringStatus.SUPERSEDED else []
    return {
        "href": reverse("monitoring:edition", args=[report.year, report.edition]),
        "title": _("%(year)d 年度创新型城市（县、区）建设统计监测报告") % {"year": report.year},
        "facts": [*([report.paper.number] if report.paper else []), *day, *superseded],
    }
