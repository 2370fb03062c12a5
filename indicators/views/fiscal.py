"""C-V.3a by place and year: the published findings for everybody, the list of now for 省科技厅 and the departments."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.decorators import only, public_page
from accounts.models import Division
from accounts.requests import ActorRequest
from indicators.enums import RankingList
from indicators.services import fiscal
from indicators.services.fiscal import FiscalFinding
from policy import clauses
from policy.outcomes import Outcome
from registry.kept import kept
from registry.words import crumbs
from workflow import instants

TAGS = {
    Outcome.MET: ("done", gettext_lazy("达到")),
    Outcome.NOT_MET: ("warning", gettext_lazy("未达到")),
    Outcome.NOT_ASSESSABLE: ("info", gettext_lazy("无法判定")),
    Outcome.NOT_APPLICABLE: ("ended", gettext_lazy("不适用")),
    Outcome.EXEMPT: ("ended", gettext_lazy("豁免")),
}


@kept
@public_page
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The newest released year; the years of rankings while none is."""
    years = fiscal.fiscal_years()
    return redirect("indicators:fiscal", years[0]) if years else redirect("rankings:years")


@kept
@public_page
@require_safe
def page(request: HttpRequest, year: int) -> HttpResponse:
    """A released year: who did not meet the clause, by how much, and every place. Raises Http404 before release."""
    run = fiscal.standing_run(year)
    if run is None:
        raise Http404(_("%(year)d 年度的评价结果没有公布。") % {"year": year})
    found = fiscal.fiscal_findings(year)
    cities = _cities(found)
    rows = [_row(one, cities, reverse("rankings:subject", args=["cities", year, one.place])) for one in found]
    context: dict[str, Any] = {
        "crumbs": crumbs((_("城市"), reverse("registry:city_list")), (_("财政科技经费增幅"), "")),
        "year": year,
        "years": fiscal.fiscal_years(),
        "run": run,
        "paper": run.paper if run.paper and run.paper.published_at else None,
        "quote": _quote(),
        "missed": [row for row in rows if row["one"].missed],
        "rows": [row for row in rows if not row["one"].missed],
        "total": len(rows),
    }
    return render(request, "fiscal/year.html", context)


@require_safe
@only(fiscal.reads_list)
def internal(request: ActorRequest) -> HttpResponse:
    """The list of a year as its figures stand now (U9), the last year's unless another is asked for."""
    last = instants.today().year - 1
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) <= last else last
    found = fiscal.fiscal_list(year)
    cities = _cities(found)
    rows = [_row(one, cities, reverse("indicators:return", args=[one.report]) if one.report else "") for one in found]
    judged = [row for row in rows if row["one"].outcome is not Outcome.NOT_ASSESSABLE]
    context = {
        "year": year,
        "years": list(range(last, last - 5, -1)),
        "due": fiscal.due_on(year),
        "quote": _quote(),
        "missed": [row for row in judged if row["one"].missed],
        "rows": [row for row in judged if not row["one"].missed],
        "open": [row for row in rows if row["one"].outcome is Outcome.NOT_ASSESSABLE],
        "total": len(rows),
        "released": fiscal.standing_run(year),
    }
    return render(request, "fiscal/list.html", context)


def _quote() -> str:
    return next(one.quote for one in clauses.load(fiscal.SET).clauses if one.id == fiscal.CLAUSE)


def _cities(found: list[FiscalFinding]) -> dict[str, str]:
    """The city of each county, by the county's code."""
    codes = [one.place for one in found if one.tier == RankingList.COUNTY]
    return dict(Division.objects.filter(pk__in=codes, parent__isnull=False).values_list("pk", "parent__name"))


def _row(one: FiscalFinding, cities: dict[str, str], href: str) -> dict[str, Any]:
    kind, word = TAGS[one.outcome]
    return {"one": one, "city": cities.get(one.place, ""), "href": href, "kind": kind, "word": word}
