"""Places side by side for everybody: the choice, the comparison, and the same as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from indicators import charts, place_comparison
from indicators.enums import RankingList
from indicators.models import Run
from indicators.views.public import address
from registry.kept import kept
from registry.open_data import csv_text, encoded
from registry.words import crumbs

LONGEST = 40


@kept
@public_page
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """比较: two to six places of one tier; without a choice, or with one that cannot be compared, the choice."""
    runs, codes = place_comparison.years(), _codes(request)
    context: dict[str, Any] = {"crumbs": crumbs((_("城市"), reverse("registry:city_list")), (_("比较"), ""))}
    if not runs:
        return render(request, "places/compare.html", context)
    run = _run(request, runs)
    known = place_comparison.choices(run)
    reasons = place_comparison.problems(run, codes, known) if codes else []
    context |= {
        "run": run,
        "years": [one.year for one in runs],
        "choices": [
            {"label": RankingList(ranking).label, "code": ranking, "rows": rows} for ranking, rows in known.items()
        ],
        "chosen": codes,
        "errors": [{"text": reason, "href": "#choose"} for reason in reasons],
        "year_href": address(run),
        "most": place_comparison.MOST,
    }
    if codes and not reasons:
        found = place_comparison.compared(run, codes)
        context |= {
            "found": found,
            "chart": charts.side_by_side(found.places, found.dimensions),
            "csv_href": reverse("places:compare_csv", query={"code": codes, "year": run.year}),
            "sample": run.paper is not None and run.paper.sample,
        }
    return render(request, "places/compare.html", context)


@kept
@public_page
@require_safe
def compare_csv(request: HttpRequest) -> HttpResponse:
    """The comparison as CSV, unrounded; what cannot be compared does not exist."""
    runs, codes = place_comparison.years(), _codes(request)
    if not runs or not codes:
        raise Http404
    run = _run(request, runs)
    if place_comparison.problems(run, codes, place_comparison.choices(run)):
        raise Http404
    names, rows = place_comparison.compared(run, codes).rows()
    response = HttpResponse(encoded(csv_text(names, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cities-{run.year}.csv"'
    return response


def _codes(request: HttpRequest) -> list[str]:
    """What is asked for, once each, in the order asked."""
    given = [code.strip()[:LONGEST] for code in request.GET.getlist("code")]
    return list(dict.fromkeys(code for code in given if code))


def _run(request: HttpRequest, runs: list[Run]) -> Run:
    """The standing run of the year asked for; the newest without one. Raises Http404."""
    year = request.GET.get("year", "")
    if not year:
        return runs[0]
    found = next((run for run in runs if str(run.year) == year), None)
    if found is None:
        raise Http404
    return found
