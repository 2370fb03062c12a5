"""The boundary page: a file, a drawing or a table; area, problems with their places, and the 四至 texts."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.requests import ActorRequest
from applications import boundaries, editing, expanding
from applications.enums import KindCode
from applications.forms import BoundaryDrawForm, BoundaryFileForm, BoundaryTableForm
from applications.models import Filing, FilingBoundary
from applications.selfcheck import area
from applications.views import carry
from applications.views.access import filing_in_work
from applications.views.plan import section_page, show_section
from registry.geometry import TARGET_CRS, Boundary, BoundaryError, Level, corner_table, four_sides, read_boundary
from registry.geometry.read import MAX_BYTES
from registry.models import ParkBoundary
from registry.surroundings import share_in_zone
from workflow.machine import Refused

TEMPLATE = "applications/boundary.html"
WAYS = (boundaries.UPLOAD, boundaries.TABLE, boundaries.DRAW)
FORMS: dict[str, type[forms.Form]] = {
    boundaries.UPLOAD: BoundaryFileForm,
    boundaries.TABLE: BoundaryTableForm,
    boundaries.DRAW: BoundaryDrawForm,
}
SHOWN_CORNERS = 200
MAX_DRAWN_PARTS = 20


@carry.survives_sign_out
def boundary(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The boundary and the four texts; a POST says by `by` what it brings."""
    filing = filing_in_work(request.actor, pk)
    by = request.POST.get("by", "")
    if request.method == "POST" and by == "remove":
        return _remove(request, filing)
    if request.method == "POST" and by in WAYS:
        return _set(request, filing, by)
    way = request.GET.get("way", boundaries.UPLOAD)
    kept = carry.carried(request)
    if kept and kept[0].get("by") in WAYS:
        way = kept[0]["by"]
        form = FORMS[way](initial=dict(kept[0]))
    else:
        way = way if way in WAYS else boundaries.UPLOAD
        held = expanding.boundary_in_force(filing.park) if filing.park else None
        form = _empty(way, boundaries.boundary_of(filing), held)
    return section_page(request, filing, "boundary", TEMPLATE, _context(filing, request.actor, way, form))


def _empty(way: str, row: FilingBoundary | None, held: ParkBoundary | None) -> forms.Form:
    """The form of a way; drawing goes on from the boundary that is there, or from the one that the park has."""
    initial = {}
    if way == boundaries.DRAW and row and row.parts <= MAX_DRAWN_PARTS:
        initial = {"drawn": json.dumps(boundaries.geometry(row))}
    elif way == boundaries.DRAW and held is not None:
        initial = {"drawn": json.dumps(held.geojson)}
    return FORMS[way](initial=initial)


def _set(request: ActorRequest, filing: Filing, by: str) -> HttpResponse:
    form = FORMS[by](request.POST, request.FILES)
    if form.is_valid():
        try:
            name, read = _read(by, form.cleaned_data)
            row = boundaries.set_boundary(filing, read, request.actor, by, name)
        except BoundaryError as error:
            form.add_error({"upload": "file", "table": "table", "draw": "drawn"}[by], str(error))
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            carry.drop(request)
            if boundaries.is_valid(row):
                messages.success(request, _("边界已保存，面积 %(area)s 平方公里。") % {"area": area(row.area_km2)})
            else:
                messages.warning(request, _("边界已保存，但有问题须改正，改正之前不计面积。"))
            return redirect("applications:boundary", pk=filing.pk)
    # The texts' own form is shown as stored: this POST did not carry it.
    return show_section(request, filing, "boundary", TEMPLATE, _context(filing, request.actor, by, form), status=422)


def _read(by: str, cleaned: dict[str, Any]) -> tuple[str, Boundary]:
    if by == boundaries.UPLOAD:
        sent = cleaned["file"]
        return sent.name, read_boundary(sent.name, sent.read(MAX_BYTES + 1), cleaned["crs"])
    if by == boundaries.TABLE:
        return "", read_boundary("table.txt", cleaned["table"].encode(), cleaned["crs"])
    return "", read_boundary("drawn.geojson", cleaned["drawn"].encode(), TARGET_CRS)


def _remove(request: ActorRequest, filing: Filing) -> HttpResponse:
    try:
        boundaries.remove_boundary(filing, request.actor)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, _("边界已删除。"))
    return redirect("applications:boundary", pk=filing.pk)


def _context(filing: Filing, actor: Actor, way: str, form: forms.Form) -> dict[str, Any]:
    row = boundaries.boundary_of(filing)
    context: dict[str, Any] = {
        "way": way,
        "way_form": form,
        "ways": _way_labels(),
        "boundary": row,
        "shape_editable": not editing.obstacles(filing, actor, [boundaries.SHAPE]),
    }
    return context | (_shown(filing, row, actor) if row else {})


def _way_labels() -> list[tuple[str, str]]:
    return [
        (boundaries.UPLOAD, _("上传文件")),
        (boundaries.TABLE, _("填写或粘贴界址点表")),
        (boundaries.DRAW, _("在地图上勾画")),
    ]


def _shown(filing: Filing, row: FilingBoundary, actor: Actor) -> dict[str, Any]:
    """Everything that the page says of the boundary that is kept."""
    read = boundaries.read(row)
    found = boundaries.found(row)
    if actor.organisation.pk == filing.tenant_id:
        found += boundaries.beside_own(row)
    marks = [
        {
            "type": "Feature",
            "properties": {"name": str(number), "kind": "warning", "text": problem.message},
            "geometry": {"type": "Point", "coordinates": [problem.lon, problem.lat]},
        }
        for number, problem in enumerate(found, start=1)
        if problem.lon is not None
    ]
    marks += [
        {
            "type": "Feature",
            "properties": {"name": str(number), "kind": "late", "text": problem.message},
            "geometry": problem.shape,
        }
        for number, problem in enumerate(found, start=1)
        if problem.shape
    ]
    shape = {
        "type": "Feature",
        "properties": {"name": filing.park_name, "kind": "progress", "text": ""},
        "geometry": boundaries.geometry(row),
    }
    corners = corner_table(read)
    held = expanding.boundary_in_force(filing.park) if filing.park else None
    before = [_before(held)] if held else []
    return {
        "features": {"type": "FeatureCollection", "features": [*before, shape, *marks]},
        "before": held,
        "added": _added(filing, read) if boundaries.is_valid(row) else None,
        "area": area(row.area_km2),
        "problems": [{"problem": problem, "bars": problem.level is Level.ERROR} for problem in found],
        "is_valid": boundaries.is_valid(row),
        "blocks": [(name, area(format(size, "f"))) for name, size in read.block_area_km2.items()],
        "corners": corners[:SHOWN_CORNERS],
        "corner_count": len(corners),
        "extremes": four_sides(read).text() if read.vertex_count else "",
        "zone_share": _percent(share_in_zone(read, filing.host_zone)) if boundaries.is_valid(row) else "",
        "source": dict(_way_labels()).get(row.source, row.source),
    }


def _before(held: ParkBoundary) -> dict[str, Any]:
    """The boundary that holds, to lay the new one on."""
    properties = {"name": _("现有范围"), "kind": "done", "text": ""}
    return {"type": "Feature", "properties": properties, "geometry": held.geojson}


def _added(filing: Filing, new: Boundary) -> dict[str, Any] | None:
    """What an expansion adds, and the parks that it adjoins."""
    if filing.kind != KindCode.EXPANSION:
        return None
    expansion = expanding.of_park(filing.park, new)
    if expansion is None:
        return None
    return {"area": area(format(expansion.added_km2, "f")), "neighbours": expanding.neighbours(new, filing.park)}


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{share:.2%}"
