"""What support the parks had, for everybody: sums by heading and year, without any park or enterprise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from indicators.ledgers.columns import shown
from indicators.models import SupportTotal
from indicators.suppression import LEAST
from policy.supports import supports
from registry.kept import kept
from registry.open_data import csv_text, encoded
from registry.words import crumbs


def _lines() -> list[dict[str, Any]]:
    headings = supports().headings
    return [
        {
            "year": row.year,
            "code": row.heading,
            "label": headings[row.heading].label,
            "parks": row.parks,
            "measures": row.measures,
            "amount": shown(row.amount),
            "hidden": row.parks is None,
        }
        for row in SupportTotal.objects.order_by("-year", "heading")
        if row.heading in headings
    ]


@kept
@public_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """支持措施: who benefits, by heading and year."""
    lines = _lines()
    years = sorted({line["year"] for line in lines}, reverse=True)
    context = {
        "crumbs": crumbs((_("支持措施"), "")),
        "years": [{"year": year, "lines": [line for line in lines if line["year"] == year]} for year in years],
        "headings": [
            {"heading": one, "measures": [m for m in supports().measures.values() if m.heading == one.code]}
            for one in supports().headings.values()
        ],
        "least": LEAST,
        "file": reverse("support:file"),
    }
    return render(request, "support/page.html", context)


@kept
@public_page
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The same as a table; what is kept back is empty."""
    names = ("year", "code", "label", "parks", "measures", "amount")
    response = HttpResponse(encoded(csv_text(names, _lines())), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="support.csv"'
    return response
