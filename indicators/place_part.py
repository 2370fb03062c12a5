"""The years of a city or county on its own page: where it stands, its course, its figures, C-V.3a, evaluations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Division
from indicators import charts, place_rankings, queries_practices, queries_public
from indicators.circular_content import score_shown
from indicators.enums import Programme
from indicators.enums_evaluating import EvaluationKind
from indicators.enums_monitoring import MonitoringStatus
from indicators.models import Assessment, EvaluationResult, MonitoringReport
from indicators.monitoring import profiles, sources
from indicators.monitoring.numbers import interval
from indicators.open_data import change_of
from indicators.views.public import as_component, subject_address, tag_of
from policy import decimals
from policy.facts import Facts
from registry.models import Park
from registry.place_parts import judges, shows

FEW = 5


def standing_years(place: Division) -> list[Assessment]:
    """What everybody sees of a place, the newest year first; of each year the run that stands."""
    found = [one for one in queries_public.years_of(place.code) if not one.superseded]  # type: ignore[attr-defined]
    return [one for one in found if one.run.programme == Programme.CITY]


@shows
def years(place: Division) -> dict[str, Any] | None:
    """Where a place stands in its newest year, and all of its years; None where nothing is public."""
    found = standing_years(place)
    if not found:
        return None
    newest = found[0]
    version = queries_public.index_of(newest.run, newest.list)
    whole = queries_public.may_list(newest.run)
    others = list(queries_public.shown(newest.run, newest.list)) if whole else []
    return {
        "template": "rankings/_place_years.html",
        "name": place.name,
        "newest": _row(newest),
        "sample": newest.run.paper is not None and newest.run.paper.sample,
        "dimensions": charts.dimensions(newest, queries_public.dimensions(version), others),
        "has_others": bool(others),
        "rows": [_row(one) for one in found],
        "course": charts.rank_course(found),
        "fiscal": _fiscal(found),
        "figures": _figures(newest, place, version.parts) if whole and version else [],
        "report": _report(place),
        "compare": place_rankings.comparison(newest, others),
    }


def _row(one: Assessment) -> dict[str, Any]:
    change = change_of(one)
    return {
        "one": one,
        "href": subject_address(one.run, one, [one.run]),
        "tag": tag_of(one),
        "score": score_shown(one),
        "interval": interval(one.rank_low, one.rank_high) if one.rank_low else "",
        "change": change,
        "moved": abs(change) if change else 0,
        "paper": one.run.paper if one.run.paper and one.run.paper.published_at else None,
    }


def _fiscal(found: Sequence[Assessment]) -> list[dict[str, Any]]:
    """C-V.3a by year: growth of science spending against growth of recurrent revenue."""
    return [
        {"year": one.year, "finding": as_component(finding)}
        for one in found
        for finding in one.findings.all()
        if finding.clause == sources.FISCAL
    ]


def _figures(one: Assessment, place: Division, parts: Any) -> list[dict[str, Any]]:
    """The figures behind the newest year with those of the year before, as the monitoring report tells them."""
    told = sources.Place(one, [], Facts.parse(one.facts).figures, place)
    return profiles.key_figures(told, parts, one.year)


def _report(place: Division) -> dict[str, Any] | None:
    """The newest monitoring report that speaks of a place, with the address of its page in it."""
    report = (
        MonitoringReport.objects.filter(
            status=MonitoringStatus.PUBLISHED, content__profiles__contains=[{"code": place.code}]
        )
        .only("id", "year", "status")
        .order_by("-year")
        .first()
    )
    if report is None:
        return None
    return {"year": report.year, "href": f"{reverse('monitoring:year', args=[report.year])}#place-{place.code}"}


@shows
def evaluations(place: Division) -> dict[str, Any] | None:
    """The published results of evaluations by third parties (C-III.2c, C-III.2e)."""
    rows = EvaluationResult.objects.filter(place=place.pk, published_at__isnull=False)
    found = [
        {
            "year": year,
            "kind": EvaluationKind(kind).label,
            "score": decimals.show(decimals.parse(score)),
            "day": published_at,
        }
        for year, kind, score, published_at in rows.order_by("-round__year", "-round__number").values_list(
            "round__year", "round__kind", "score", "published_at"
        )
    ]
    return {"template": "rankings/_place_evaluations.html", "rows": found} if found else None


@shows
def told(place: Division) -> dict[str, Any] | None:
    """The good practices of a place, of a city those of its counties too (C-V.4c)."""
    found = list(queries_practices.of_place(place)[: FEW + 1])
    if not found:
        return None
    return {
        "template": "practices/_of_place.html",
        "code": place.code,
        "name": place.name,
        "rows": found[:FEW],
        "has_more": len(found) > FEW,
    }


@judges
def verdicts(parks: Sequence[Park]) -> dict[str, dict[str, Any]]:
    """The newest public year of each of these parks (the join of both programmes)."""
    found: dict[str, dict[str, Any]] = {}
    for one in queries_public.marked().filter(subject__in=[park.slug for park in parks]):
        if one.superseded or one.subject in found:  # type: ignore[attr-defined]
            continue
        tag = tag_of(one) or {"kind": "info", "text": _("只排序")}
        found[one.subject] = {
            **tag,
            "year": one.year,
            "rank": one.rank,
            "href": subject_address(one.run, one, [one.run]),
        }
    return found
