"""The public home page: what this is, how many parks stand where, what changed lately."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from indicators import queries_public
from notifications.enums import PaperValidity
from notifications.models import Paper
from registry import maps, queries, words
from registry.enums import LIVING
from registry.kept import kept
from reviews import queries_publicity

LATEST = 8
VALIDITY_KINDS = {PaperValidity.VALID: "done", PaperValidity.SUPERSEDED: "warning", PaperValidity.REVOKED: "late"}


@kept
@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """首页: numbers with words, the province by status, the papers published last."""
    parks = list(queries.parks())
    context = {
        "numbers": _numbers(),
        "map": maps.of_parks(parks),
        "legend": maps.legend(),
        "cities": [words.city_row(division) for division in queries.cities()],
        "papers": [_paper_line(paper) for paper in queries.published_papers()[:LATEST]],
        "notices": [queries_publicity.line(notice) for notice in queries_publicity.running()],
    }
    return render(request, "portal/home.html", context)


def _numbers() -> list[dict[str, Any]]:
    counts = queries.status_counts()
    address = reverse("registry:park_list")
    numbers: list[dict[str, Any]] = [
        {"number": counts[status], "text": status.label, "href": f"{address}?status={status.value}"}
        for status in LIVING
    ]
    papers = queries.published_papers().aggregate(n=Count("pk"))["n"]
    numbers.append({"number": papers, "text": _("已公开公文"), "href": reverse("portal:open") + "#papers"})
    if years := queries_public.published_years():
        newest = reverse("rankings:year", args=["parks", years[0]])
        numbers.append({"number": years[0], "text": _("最近公布的年度评价"), "href": newest})
    return numbers


def _paper_line(paper: Paper) -> dict[str, Any]:
    validity = PaperValidity(paper.validity)
    return {
        "number": paper.number,
        "title": paper.title,
        "issuer": paper.issuer_name,
        "day": paper.published_at,
        "href": paper.get_absolute_url(),
        "tag": {"kind": VALIDITY_KINDS[validity], "text": validity.label},
        "sample": paper.sample,
    }
