"""The host zones and their outlines, for 省科技厅; its administrator records new versions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import only
from accounts.requests import ActorRequest
from registry import outlines
from registry.forms_outline import OutlineForm
from registry.geometry import Boundary, Problem
from registry.models import HostZone, ZoneOutline
from workflow.machine import Refused

PLACES = Decimal("0.01")


@only(lambda actor: actor.is_lead)
def zones(request: ActorRequest) -> HttpResponse:
    """Every host zone with the outline that holds, or none."""
    rows = list(HostZone.objects.select_related("city").order_by("city", "name"))
    newest: dict[Any, ZoneOutline] = {}
    for outline in ZoneOutline.objects.defer("geojson").order_by("valid_from", "recorded_at"):
        newest[outline.zone_id] = outline
    shown = [(zone, newest.get(zone.pk), _area(newest[zone.pk]) if zone.pk in newest else "") for zone in rows]
    keeper = outlines.is_keeper(request.actor)
    return render(request, "registry/zones.html", {"rows": shown, "keeper": keeper})


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead)
def zone(request: ActorRequest, slug: str) -> HttpResponse:
    """One host zone: its outline on the map, the versions with dates and sources, and the form for a new one."""
    found = get_object_or_404(HostZone.objects.select_related("city"), slug=slug)
    keeper = outlines.is_keeper(request.actor)
    form, wrong = OutlineForm() if keeper else None, None
    if request.method == "POST":
        if not keeper:
            raise Http404
        form = OutlineForm(request.POST, request.FILES)
        if form.is_valid() and form.boundary is not None:
            try:
                made = _record(request, found, form)
            except Refused as refused:
                form.add_error(None, refused.reasons)
                wrong = form.boundary
            else:
                messages.success(request, _("范围已登记，面积 %(area)s 平方公里。") % {"area": _area(made)})
                return redirect("registry:zone", slug)
    context = {"zone": found, "form": form, "keeper": keeper, **_versions(found), **_explained(found, wrong)}
    return render(request, "registry/zone.html", context, status=422 if form and form.errors else 200)


def _record(request: ActorRequest, found: HostZone, form: OutlineForm) -> ZoneOutline:
    assert form.boundary is not None
    day, source = form.cleaned_data["valid_from"], form.cleaned_data["source"]
    return outlines.record(found, form.boundary, request.actor, valid_from=day, source=source, file_name=form.file_name)


def _versions(found: HostZone) -> dict[str, Any]:
    rows = list(found.outlines.select_related("recorded_by").defer("geojson"))
    return {
        "versions": [(row, _area(row), row == rows[0]) for row in rows],
        "area": _area(rows[0]) if rows else "",
    }


def _explained(found: HostZone, wrong: Boundary | None) -> dict[str, Any]:
    """The map: the shape that was refused with what is wrong with it marked, else the outline that holds."""
    if wrong is None:
        shapes = [_feature(found.name, "progress", "", found.geojson)] if found.geojson else []
        return {"problems": [], "features": _collection(shapes)}
    told = outlines.barring(wrong)
    shapes = [_feature(found.name, "waiting", "", wrong.geojson)]
    shapes += [mark for number, problem in enumerate(told, start=1) for mark in _marks(number, problem)]
    return {"problems": told, "features": _collection(shapes)}


def _marks(number: int, problem: Problem) -> list[dict[str, Any]]:
    marks = [_feature(str(number), "late", str(problem.message), problem.shape)] if problem.shape else []
    if problem.lon is not None:
        point = {"type": "Point", "coordinates": [problem.lon, problem.lat]}
        marks.append(_feature(str(number), "warning", str(problem.message), point))
    return marks


def _feature(name: str, kind: str, text: str, geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, "kind": kind, "text": text}, "geometry": geometry}


def _collection(shapes: list[dict[str, Any]]) -> dict[str, Any] | None:
    return {"type": "FeatureCollection", "features": shapes} if shapes else None


def _area(row: ZoneOutline) -> str:
    return str(Decimal(row.area_km2).quantize(PLACES))
