"""A city's parks, all of them and each on a page of its own, and what may be asked for each of them now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import services
from applications.enums import FilingStatus, KindCode
from applications.kinds import kinds
from applications.models import Filing
from applications.models.filing import NO_PARK
from applications.views.access import filings_of
from applications.views.applicant import TAGS
from registry.enums import LIVING, ParkStatus
from registry.models import Park
from registry.words import status_tag
from workflow.machine import Refused


@only(lambda actor: actor.is_applicant)
def about(request: ActorRequest) -> HttpResponse:
    """Every own park with the kinds of filings: a button, or why not; a POST starts one."""
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        found = get_object_or_404(_own(request), slug=request.POST.get("park", ""))
        filing, errors = _start(request, found)
        if filing is not None:
            return redirect(filing)
    context = {"rows": [_row(request, park) for park in _own(request)], "errors": errors}
    return render(request, "applications/about.html", context, status=422 if errors else 200)


@only(lambda actor: actor.is_applicant)
def park(request: ActorRequest, slug: str) -> HttpResponse:
    """One own park on the desk: what may be asked for it now or why not, and every filing about it; a POST starts one.

    A park that has ended keeps its page: its filings stay to be found.
    """
    mine = Park.objects.filter(tenant=request.actor.organisation).select_related("host_zone", "city")
    found = get_object_or_404(mine, slug=slug)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        filing, errors = _start(request, found)
        if filing is not None:
            return redirect(filing)
    filings = filings_of(request.actor).filter(Q(park=found) | Q(dossier=found.dossier))
    context = {
        **_row(request, found),
        "errors": errors,
        "head": [
            {"key": _("所在开发区"), "value": found.host_zone.name if found.host_zone else _("未载明")},
            {"key": _("所在地"), "value": found.city.name},
        ],
        "filings": [{"filing": one, "tag": TAGS.get(FilingStatus(one.status), "progress")} for one in filings],
    }
    return render(request, "applications/park.html", context, status=422 if errors else 200)


def _start(request: ActorRequest, park: Park) -> tuple[Filing | None, list[dict[str, str]]]:
    """The filing that was asked for, or why there is none."""
    kind = request.POST.get("kind", "")
    try:
        filing = services.create_about(request.actor, park, kind if kind in KindCode else KindCode.CREATION)
    except Refused as refused:
        return None, [{"text": text, "href": ""} for text in refused.reasons]
    messages.success(request, _("申报已建立，可以开始填写。"))
    return filing, []


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
        if kind.code not in NO_PARK
    ]
    return {"park": park, "tag": status_tag(ParkStatus(park.status)), "offers": offers}
