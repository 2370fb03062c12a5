"""The list of cities and the page of a place: its years, titles, parks, counties then and now, host zones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from accounts.enums import DivisionLevel
from accounts.models import Division
from registry import maps, place_parts, queries, titles, words, words_titles
from registry.enums import ParkStatus
from registry.kept import kept
from registry.views.parks import COLUMNS
from workflow import instants

CITY_COLUMNS = [
    {"label": _("城市")},
    {"label": _("代码")},
    *({"label": status.label, "numeric": True} for status in (ParkStatus.NATIONAL, ParkStatus.RECOGNISED)),
    {"label": ParkStatus.CREATING.label, "numeric": True},
    {"label": _("所在开发区"), "numeric": True},
    {"label": _("创新型城市建设")},
]
COUNTY_COLUMNS = [
    {"label": label} for label in (_("县（市、区）"), _("代码"), _("所属市"), _("称号"), _("最近的称号自"))
]
DIVISION_COLUMNS = [
    {"label": label} for label in (_("名称"), _("代码"), _("状态"), _("创新型城市建设"), _("起止"), _("出处"))
]
PARK_COLUMNS = [*COLUMNS, {"label": _("最近年度评价")}]


@kept
@public_page
@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    """城市: the eleven prefectures and 义乌, which may file on its own (P-II.1.8a); the counties that hold a title."""
    context = {
        "crumbs": words.crumbs((_("城市"), "")),
        "rows": [words.city_row(division) for division in queries.cities()],
        "columns": CITY_COLUMNS,
        "county_rows": words_titles.county_rows(titles.standing_on(instants.today())),
        "county_columns": COUNTY_COLUMNS,
    }
    return render(request, "registry/city_list.html", context)


@kept
@public_page
@require_safe
def city(request: HttpRequest, code: str) -> HttpResponse:
    """A prefecture or county by its code; a code that has ended still answers, with what it was."""
    found = get_object_or_404(
        Division.objects.select_related("parent").prefetch_related("names").exclude(level=DivisionLevel.PROVINCE),
        code=code,
    )
    parks = list(queries.in_place(queries.parks(), code))
    children = queries.children_of(found)
    held = titles.standing_on(instants.today(), [child.code for child in children]) if children else {}
    verdicts = place_parts.last_verdicts(parks)
    facts = titles.history(found)
    above = found.parent if found.level == DivisionLevel.COUNTY else None
    context = {
        "crumbs": words.crumbs(
            (_("城市"), reverse("registry:city_list")),
            *([(above.name, reverse("registry:city", args=[above.code]))] if above else []),
            (found.name, ""),
        ),
        "division": found,
        "head": words.division_head(found),
        "parts": place_parts.of(found),
        "titles": words_titles.history(facts, found.name),
        "left": words_titles.left(facts, found.name),
        "title_marks": words_titles.marks(facts, found.name),
        "children": [
            {**words.division_row(child), "titles": words_titles.tags(held.get(child.code, {}), child.name)}
            for child in children
        ],
        "division_columns": DIVISION_COLUMNS,
        "park_rows": [{**words.list_row(park), "verdict": verdicts.get(park.slug)} for park in parks],
        "park_columns": PARK_COLUMNS,
        "zones": [words.zone(row) for row in queries.host_zones_of(found)],
        "map": maps.of_boundaries(parks),
        "legend": maps.legend(),
        "applicant": queries.is_applicant(code),
    }
    return render(request, "registry/city.html", context)
