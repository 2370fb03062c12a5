"""A park's published years on its own page: verdict, rank, every finding and their course, with the circular."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import queries_public, series, series_chart
from indicators.circular_content import score_shown
from indicators.models import Assessment, Run
from indicators.views.public import UNITS, as_component, subject_address, tag_of
from registry.models import Park
from registry.park_parts import Act, shows, tells


@shows
def years(park: Park) -> dict[str, Any] | None:
    """The years that everybody sees of a park; None where there is none."""
    found = queries_public.years_of(park.slug)
    if not found:
        return None
    return {
        "template": "rankings/_park_years.html",
        "name": park.name,
        "rows": [
            {
                "one": one,
                "href": subject_address(one.run, one, _standing(one)),
                "tag": tag_of(one),
                "score": score_shown(one),
                "paper": one.run.paper if one.run.paper and one.run.paper.published_at else None,
                "superseded": one.superseded,  # type: ignore[attr-defined]
                "findings": [as_component(finding) for finding in one.findings.all()],
            }
            for one in found
        ],
    }


@tells
def verdicts(park: Park) -> list[Act]:
    """Each published year as an act of the park's life: what was found, in which circular."""
    acts = []
    for one in queries_public.marked().filter(subject=park.slug):
        at = one.run.released_at
        if one.superseded or at is None:  # type: ignore[attr-defined]
            continue
        tag = tag_of(one) or {"kind": "info", "text": _("只排序")}
        paper = one.run.paper if one.run.paper and one.run.paper.published_at else None
        acts.append(
            Act(
                timezone.localdate(at),
                _("%(year)d 年度评价：%(verdict)s") % {"year": one.year, "verdict": tag["text"]},
                _("第 %(rank)d 名，共 %(ranked)d 个") % {"rank": one.rank, "ranked": one.ranked} if one.rank else "",
                tag["kind"],
                {"number": paper.number, "href": paper.get_absolute_url()} if paper else None,
                subject_address(one.run, one, [one.run]),
            )
        )
    return acts


@shows
def course(park: Park) -> dict[str, Any] | None:
    """The targets over the published years; None before the second."""
    standing = [one for one in queries_public.years_of(park.slug) if not one.superseded]  # type: ignore[attr-defined]
    found = [series_chart.draw(one) for one in series.of(standing)]
    if not found:
        return None
    units = {one.series.unit: str(UNITS.get(one.series.unit, one.series.unit)) for one in found}
    return {
        "template": "rankings/_park_course.html",
        "name": park.name,
        "charts": [{"chart": one, "unit": units[one.series.unit], "place": n} for n, one in enumerate(found, 1)],
    }


def _standing(one: Assessment) -> list[Run]:
    return [] if one.superseded else [one.run]  # type: ignore[attr-defined]
