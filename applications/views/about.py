"""A city's parks, and what may be asked for each of them now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import services
from applications.enums import KindCode
from applications.kinds import kinds
from registry.enums import LIVING, ParkStatus
from registry.models import Park
from registry.words import status_tag
from workflow.machine import Refused


@only(lambda actor: actor.is_applicant)
def about(request: ActorRequest) -> HttpResponse:
    """Every own park with the kinds of filings: a button, or why not; a POST starts one."""
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        park = get_object_or_404(_own(request), slug=request.POST.get("park", ""))
        kind = request.POST.get("kind", "")
        try:
            filing = services.create_about(request.actor, park, kind if kind in KindCode else KindCode.CREATION)
        except Refused as refused:
            errors = [{"text": text, "href": ""} for text in refused.reasons]
        else:
            messages.success(request, _("申报已建立，可以开始填写。"))
            return redirect(filing)
    context = {"rows": [_row(request, park) for park in _own(request)], "errors": errors}
    return render(request, "applications/about.html", context, status=422 if errors else 200)


def _own(request: ActorRequest) -> Any:
    rows = Park.objects.filter(tenant=request.actor.organisation, status__in=LIVING)
    return rows.select_related("host_zone").order_by("slug")


def _row(request: ActorRequest, park: Park) -> dict[str, Any]:
    offers = [
        {
            "code": kind.code,
            "label": kind.label,
            "reasons": (against := services.obstacles_about(request.actor, park, kind.code)),
            "notes": [] if against else kind.notes(park),
        }
        for kind in kinds()
        if kind.code != KindCode.CREATION
    ]
    return {"park": park, "tag": status_tag(ParkStatus(park.status)), "offers": offers}
