"""What a place applied with, for those who evaluate it for the first time (C-III.2c): as it was frozen, no more."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import ActorRequest
from applications import sealed
from files import rules


@require_safe
def plan(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The application of the place at which the actor has declared to be independent, while the round is open."""
    found = sealed.reading(request.actor, pk)
    if found is None:
        raise Http404
    return render(request, "applications/evaluated.html", vars(found))


@require_safe
def material(request: ActorRequest, pk: UUID, upload: UUID) -> HttpResponseBase:
    """One file of that application, as an attachment."""
    found = sealed.file_of(request.actor, pk, upload)
    if found is None:
        raise Http404
    if reason := rules.unreadable(found, request.actor):
        return render(request, "files/unreadable.html", {"upload": found, "reason": reason}, status=403)
    try:
        content = found.path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
