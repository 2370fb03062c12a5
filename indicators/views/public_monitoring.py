"""The published monitoring reports for everybody: the years, one year's chapters, its PDF and its data files."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from indicators import queries_monitoring
from indicators.models import MonitoringReport
from indicators.monitoring import files
from indicators.monitoring.chapters import chapters
from registry.kept import kept
from registry.words import crumbs


@kept
@public_page
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Every published report with its paper, the newest first."""
    rows = list(queries_monitoring.published().defer("content", "texts"))
    context = {"crumbs": crumbs((_("统计监测报告"), "")), "rows": rows}
    return render(request, "reports/years.html", context)


@kept
@public_page
@require_safe
def year(request: HttpRequest, year: int, edition: int | None = None) -> HttpResponse:
    """One year's report: its chapters, and all that can be taken away."""
    found, newest = _report(year, edition)
    named = [found.year, found.edition]
    context = {
        "crumbs": crumbs((_("统计监测报告"), reverse("monitoring:years")), (str(year), "")),
        "report": found,
        "newest": newest if newest.pk != found.pk else None,
        "former": queries_monitoring.published().filter(year=year, edition__lt=found.edition).defer("content", "texts"),
        "chapters": chapters(found.content, found.texts, found.differences),
        "files": [_linked(one, named) for one in _files(found) if not _is_recompute(one.name)],
        "recompute": [_linked(one, named) for one in _files(found) if _is_recompute(one.name)],
        "pdf": reverse("notifications:public_file", args=[found.paper.check_code]) if found.paper else "",
    }
    return render(request, "reports/year.html", context)


@kept
@public_page
@require_safe
def file(request: HttpRequest, year: int, edition: int, name: str) -> HttpResponse:
    """A data file of a report; its checksum is in the header `X-Checksum-SHA256`."""
    found, _newest = _report(year, edition)
    made = next((one for one in _files(found) if one.name == name), None)
    if made is None:
        raise Http404
    response = HttpResponse(made.content, content_type=made.kind)
    response["Content-Disposition"] = f'attachment; filename="{found.year}-{name}"'
    response["X-Checksum-SHA256"] = made.checksum
    return response


def _report(year: int, edition: int | None) -> tuple[MonitoringReport, MonitoringReport]:
    """The edition that is asked for, the newest by itself, and the newest. Raises Http404."""
    found = list(queries_monitoring.published().filter(year=year))
    wanted = found[:1] if edition is None else [one for one in found if one.edition == edition]
    if not wanted:
        raise Http404(_("%(year)d 年度的统计监测报告没有发布。") % {"year": year})
    return wanted[0], found[0]


def _files(found: MonitoringReport) -> list[files.File]:
    """The files of a published report, which never changes: made once per process."""
    return _made(found.pk, found.digest)


@lru_cache(maxsize=4)
def _made(pk: UUID, digest: str) -> list[files.File]:
    found = MonitoringReport.objects.get(pk=pk)
    return files.made(found.content, found.texts)


def _linked(one: files.File, named: list[int]) -> dict[str, Any]:
    return {"file": one, "href": reverse("monitoring:file", args=[*named, one.name])}


def _is_recompute(name: str) -> bool:
    return name.endswith(("-data.csv", "-meta.csv"))
