"""The start of an application for the pilot: the own city or county, its titles, and whether it can apply now."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import services
from applications.enums import FilingStatus
from applications.views.access import filings_of
from applications.views.applicant import TAGS
from registry import titles
from workflow.machine import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.may_file_for_place)
def place(request: ActorRequest) -> HttpResponse:
    """What is held, why it cannot apply or the button to do so, and what was filed; a POST starts one."""
    own = request.actor.organisation.division
    if own is None:
        raise Http404
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            filing = services.create_for_place(request.actor)
        except Refused as refused:
            errors = [{"text": text, "href": ""} for text in refused.reasons]
        else:
            messages.success(request, _("申报已建立，可以开始填写。"))
            return redirect(filing)
    context = {
        "place": own,
        "history": titles.history(own),
        "reasons": services.place_obstacles(request.actor),
        "errors": errors,
        "filings": [
            {"filing": one, "tag": TAGS.get(FilingStatus(one.status), "progress")}
            for one in filings_of(request.actor).filter(division=own)
        ],
    }
    return render(request, "applications/place.html", context, status=422 if errors else 200)
