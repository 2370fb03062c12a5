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
from indicators import place_summary, queries_public
from notifications.enums import PaperValidity
from notifications.models import Paper
from registry import maps, queries, titles, words
from registry.enums import LIVING, CityTitleKind
from registry.kept import kept
from reviews import queries_publicity
from workflow import instants

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
        "places": _places(),
        "latest": place_summary.latest(),
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


def _places() -> list[dict[str, Any]]:
    """How many cities and counties hold each title of the second programme; a pilot that passed is none any more."""
    held = []
    for kinds in titles.standing_on(instants.today()).values():
        held += [kind for kind in kinds if kind != CityTitleKind.PILOT or CityTitleKind.INNOVATIVE not in kinds]
    told = {
        CityTitleKind.PILOT: _("创新型试点城市、县（市、区）"),
        CityTitleKind.INNOVATIVE: _("创新型城市、县（市、区）"),
        CityTitleKind.NATIONAL_PILOT: _("国家创新型（试点）城市"),
    }
    address = reverse("registry:city_list")
    return [{"number": held.count(kind), "text": text, "href": address} for kind, text in told.items()]


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
