"""The open-data catalogue (数据开放) and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from portal.datasets import DATASETS, FORMATS, LICENCE, dataset_of
from registry.open_data import ENCODINGS
from registry.words import crumbs


@public_page
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every data set with its metadata, dictionary, files and checksums."""
    context = {
        "crumbs": crumbs((_("数据开放"), "")),
        "datasets": [dataset.read().metadata() for dataset in DATASETS],
        "licence": LICENCE,
    }
    return render(request, "portal/open.html", context)


@public_page
@require_safe
def file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A file of a data set; its checksum is in the header `X-Checksum-SHA256`."""
    dataset = dataset_of(code)
    if dataset is None or kind not in FORMATS:
        raise Http404
    asked = request.GET.get("encoding", "")
    encoding = asked if kind == "csv" and asked in ENCODINGS else "utf-8"
    content = dataset.read()
    response = HttpResponse(content.file(kind, encoding), content_type=f"{FORMATS[kind]}; charset={encoding}")
    response["Content-Disposition"] = f'attachment; filename="{code}.{kind}"'
    response["X-Checksum-SHA256"] = content.checksum(kind, encoding)
    return response
