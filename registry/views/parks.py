"""The list of parks, a park's page, and the same as data for maps and spreadsheets."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from registry import dated, filters, geometry, listing, maps, open_data, park_parts, queries, words
from registry.facets import Facets
from registry.forms import VIEWS, ParkSearchForm
from registry.kept import figures, kept
from registry.models import Park

PER_PAGE = 20
COLUMNS = [
    {"label": _("园区")},
    {"label": _("状态")},
    {"label": _("所在地")},
    {"label": _("所在开发区")},
    {"label": _("主导产业")},
    {"label": _("面积"), "unit": _("平方公里"), "numeric": True},
]


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known."""

    def __init__(self, rows: QuerySet[Park], count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self._known = count

    @property
    def count(self) -> int:  # type: ignore[override]
        """The number of all rows."""
        return self._known


@kept
@public_page
@require_safe
def park_list(request: HttpRequest) -> HttpResponse:
    """园区名录: filters with counts, and the parks as a table, a map or cards; everything is in the address."""
    conditions = filters.conditions(request.GET)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "table"
    facets = Facets.of(conditions)
    form = ParkSearchForm({**conditions, "view": request.GET.get("view", "")}, facets)
    page = Counted(filters.filtered(conditions), facets.total).get_page(request.GET.get("page"))
    asked, rows = urlencode(conditions), [] if view == "map" else _rows(page.object_list, conditions)  # type: ignore[arg-type]
    day = filters.day_of(conditions)
    context = {
        "crumbs": words.crumbs((_("园区名录"), "")),
        "map_src": f"{reverse('registry:park_map')}?{asked}",
        "export": f"{reverse('registry:park_export')}?{asked}",
        "export_gb": f"{reverse('registry:park_export')}?{urlencode({**conditions, 'encoding': 'gb18030'})}",
        "form": form,
        "today": timezone.localdate(),
        "view": view,
        "views": VIEWS.items(),
        "page": page,
        "total": page.paginator.count,
        "columns": COLUMNS,
        "rows": rows,
        "table_rows": listing.table_rows(rows) if view == "table" else "",
        "filter_fields": listing.filter_fields(form),
        "legend": maps.legend(),
        "untold": [] if conditions else figures("untold", words.untold),
        "day": day,
        "undated": figures(f"undated {day}", lambda: dated.names(dated.untold_on(day))) if day else [],
    }
    return render(request, "registry/park_list.html", context)


def _rows(found: QuerySet[Park], conditions: dict[str, str]) -> list[dict[str, Any]]:
    """The parks of a page as rows, each as it stands now or stood on the day that is asked for."""
    if filters.day_of(conditions):
        return [words.list_row(park) for park in filters.shown(found, conditions)]
    return listing.rows(found)


@kept
@public_page
@require_safe
def park_map(request: HttpRequest) -> JsonResponse:
    """The parks that meet the conditions, as GeoJSON (EPSG:4490)."""
    conditions = filters.conditions(request.GET)
    return JsonResponse(maps.of_parks(filters.shown(filters.filtered(conditions), conditions), conditions))


@kept
@public_page
@require_safe
def park_export(request: HttpRequest) -> HttpResponse:
    """The parks that meet the conditions, as CSV; `encoding=gb18030` for older spreadsheets."""
    conditions = filters.conditions(request.GET)
    rows = [open_data.row(open_data.PARKS, park) for park in filters.shown(filters.filtered(conditions), conditions)]
    return open_data.csv_response("parks", open_data.PARKS, rows, request.GET.get("encoding", ""))


@kept
@public_page
@require_safe
def park(request: HttpRequest, slug: str) -> HttpResponse:
    """园区: what it is, its life, its boundary, its history and what was found about it, with sources."""
    found = queries.whole_park(slug)
    if found is None:
        raise Http404
    events = words.history(found)
    boundaries = list(found.boundaries.all())
    context = {
        "crumbs": words.crumbs((_("园区名录"), reverse("registry:park_list")), (found.name, "")),
        "park": found,
        "tag": words.status_tag(found.status),
        "head": words.head(found),
        "events": events,
        "marks": words.life(events),
        "boundary": boundaries[-1] if boundaries else None,
        "former": words.boundary_rows(boundaries) if len(boundaries) > 1 else [],
        "corners": _corners(boundaries[-1].geojson) if boundaries else [],
        "boundary_paper": words.paper_link(boundaries[-1].paper) if boundaries else None,
        "sides": words.four_sides(found),
        "facts": words.facts([row for row in found.facts if not row.get("date")]),
        "names": words.names(found),
        "legend": [words.status_tag(found.status)],
        "parts": park_parts.of(found),
    }
    return render(request, "registry/park.html", context)


def _corners(geojson: dict[str, Any]) -> list[geometry.CornerRow]:
    return geometry.corner_table(geometry.boundary_from_geojson(geojson))


@kept
@public_page
@require_safe
def park_geojson(request: HttpRequest, slug: str) -> JsonResponse:
    """The boundary of one park as GeoJSON (EPSG:4490); an empty collection where none is known."""
    found = get_object_or_404(Park, slug=slug)
    boundaries = queries.latest_boundaries([found])
    features = [maps.park_feature(found, row.geojson) for row in boundaries.values()]
    return JsonResponse(maps.collection(features))


@kept
@public_page
@require_safe
def park_versions(request: HttpRequest, slug: str) -> JsonResponse:
    """Every version of a park's boundary with its days, for a map that goes through the years."""
    found = queries.whole_park(slug)
    if found is None:
        raise Http404
    return JsonResponse(maps.park_versions(found, timezone.localdate()))
