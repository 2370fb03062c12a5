"""What support the parks had, for everybody: sums by heading and year, without any park or enterprise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from indicators.open_data_support import SUPPORT, published
from indicators.suppression import LEAST
from policy.supports import supports
from registry.kept import kept
from registry.open_data import row
from registry.words import crumbs


@kept
@public_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """支持措施: who benefits, by heading and year."""
    years: dict[int, list[dict[str, Any]]] = {}
    for total in published():
        years.setdefault(total.year, []).append(row(SUPPORT, total))
    measures = supports().measures.values()
    context = {
        "crumbs": crumbs((_("支持措施"), "")),
        "years": [{"year": year, "lines": lines} for year, lines in years.items()],
        "headings": [
            {"heading": one, "measures": [measure for measure in measures if measure.heading == one.code]}
            for one in supports().headings.values()
        ],
        "least": LEAST,
    }
    return render(request, "support/page.html", context)
