"""The targets of the programme of innovative cities: live counters, and the province's final figures against them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from indicators.services import province_targets
from indicators.services.province_targets import AIMED, Targets
from indicators.views.assessments import asked
from policy.judge import Finding
from policy.outcomes import Outcome
from registry import titles, words
from registry.titles import COUNTED


@public_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One year's standing, this year's unless another is asked for; what has no final figure is told as such."""
    years = province_targets.years()
    text = request.GET.get("year", "")
    if text and (not text.isdecimal() or int(text) not in years):
        raise Http404
    found = province_targets.targets_of(int(text) if text else years[0])
    counted = [one for one in found.findings if _is_counted(one)]
    others = [one for one in found.findings if not _is_counted(one)]
    newest = province_targets.newest_known()
    context: dict[str, Any] = {
        "newest": newest if newest != found.year and newest in years else None,
        "crumbs": words.crumbs((_("城市"), reverse("registry:city_list")), (_("建设目标"), "")),
        "found": found,
        "years": years,
        "invented": titles.is_invented(found.day),
        "aimed": AIMED,
        "counters": [as_component(one, found) for one in counted],
        "rows": [as_component(one, found) for one in others if one.outcome is not Outcome.NOT_ASSESSABLE],
        "later": [(aimed, [_of_later(one, found, aimed) for one in rows]) for aimed, rows in found.later.items()],
        "open": [as_component(one, found) for one in others if one.outcome is Outcome.NOT_ASSESSABLE],
    }
    return render(request, "indicators/province_targets.html", context)


def _is_counted(finding: Finding) -> bool:
    return bool(finding.figures) and all(used.code in COUNTED for used in finding.figures)


def _of_later(finding: Finding, found: Targets, aimed: int) -> dict[str, Any]:
    """The same of a later target set, with the source of its number."""
    row = found.sources[aimed][finding.clause]
    told = _("目标值依据：%(source)s") % {"source": row.citation}
    return {**as_component(finding, found), "source": told}


def _source(finding: Finding, found: Targets) -> str:
    """Where a count, or the plan's value, comes from."""
    if _is_counted(finding):
        return _("城市称号名册，%(day)s") % {"day": found.day.isoformat()}
    if row := found.plans.get(finding.clause):
        return _("规划目标值 %(value)s，依据：%(source)s") % {"value": row.value, "source": row.citation}
    return ""


def as_component(finding: Finding, found: Targets) -> dict[str, Any]:
    """A finding as templates/components/finding.html takes it."""
    return {
        "clause": finding.clause.partition("[")[0],
        "title": finding.label,
        "outcome": str(finding.outcome),
        "observed": finding.shown,
        "unit": finding.unit,
        "threshold": asked(finding),
        "formula": finding.formula,
        "reason": finding.reason,
        "quote": finding.quote,
        "source": _source(finding, found),
        "advice": "" if finding.outcome is Outcome.MET else finding.advice,
    }
