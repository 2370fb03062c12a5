"""Serving uploads to those whom row security lets see them; taking back what was not finished."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import IO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import ActorRequest
from files import receiving, rules
from files.models import Incoming, Upload

RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
PIECE = 1 << 16


@require_safe
def download(request: ActorRequest, pk: UUID) -> HttpResponseBase:
    """One upload as an attachment; a file of others does not exist, one that is not known to be clean waits."""
    upload = get_object_or_404(Upload, pk=pk)
    if reason := rules.unreadable(upload, request.actor):
        return render(request, "files/unreadable.html", {"upload": upload, "reason": reason}, status=403)
    try:
        content = upload.path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = _part(request, upload, content) or FileResponse(
        content, as_attachment=True, filename=upload.name, content_type=upload.content_type
    )
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{upload.sha256}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _part(request: ActorRequest, upload: Upload, content: IO[bytes]) -> HttpResponseBase | None:
    """The one range that was asked for; None where the whole is due."""
    asked = RANGE.match(request.headers.get("Range", ""))
    size = os.fstat(content.fileno()).st_size
    condition = request.headers.get("If-Range", f'"{upload.sha256}"')
    if not asked or not any(asked.groups()) or condition != f'"{upload.sha256}"':
        return None
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    content.seek(start)
    response = StreamingHttpResponse(_read(content, end - start + 1), status=206, content_type=upload.content_type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = end - start + 1
    response["Content-Disposition"] = content_disposition_header(True, upload.name)
    return response


def _read(content: IO[bytes], length: int) -> Iterator[bytes]:
    with content:
        while length > 0 and (piece := content.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


@require_POST
def forget(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give up a file that is on its way, without a script; back to the page it was for."""
    try:
        row = receiving.locked(request.actor, pk)
    except Incoming.DoesNotExist as error:
        raise Http404 from error
    except receiving.Busy:
        messages.error(request, _("文件还在上传，请等它传完。"))
    else:
        messages.success(request, _("已删除“%(name)s”。") % {"name": row.name})
        receiving.drop(row)
    back = request.headers.get("Referer", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, request.get_host()) else "portal:desk")
