"""Serving uploads to those whom row security lets see them."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from files.models import Upload


@require_safe
def download(request: HttpRequest, pk: UUID) -> FileResponse:
    """One upload as an attachment; a file of others does not exist."""
    upload = get_object_or_404(Upload, pk=pk)
    try:
        content = upload.path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=upload.name, content_type=upload.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
