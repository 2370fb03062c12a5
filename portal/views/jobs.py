"""Jobs of a person: progress, the result of every row, the report, and the file of an export."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.requests import ActorRequest
from portal.bulk import ACTS
from portal.exports import affairs
from portal.exports.files import is_there
from registry.open_data import cell, encoded
from workflow.enums import JobOutcome
from workflow.models import Job, Task

PAGE = 50
SECONDS = 3
ARCHIVES = {"desk.zip", "desk.park"}
TAGS = {"waiting": "waiting", "done": "done", "skipped": "warning", "failed": "late"}


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The person's own jobs and exports, newest first (批量办理和导出)."""
    counted = {str(outcome): Count("items", filter=Q(items__outcome=outcome), distinct=True) for outcome in JobOutcome}
    found = Job.objects.annotate(**counted).order_by("-created_at", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"job": job, "label": label_of(job), "is_there": is_there(job)} for job in page]
    return render(request, "portal/desk_jobs.html", {"page": page, "rows": rows})


def label_of(job: Job) -> str:
    """A job in words."""
    if job.kind == "ledger.table":
        return _("导出台账")
    if job.kind == "desk.park":
        return _("导出园区档案")
    return next((str(act.label) for act in ACTS.values() if act.job == job.kind), job.kind)


@require_safe
def job(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One job: how far it is, and what became of every row; another person's does not exist."""
    found = get_object_or_404(Job, pk=pk)
    counted = dict(found.items.order_by().values_list("outcome").annotate(n=Count("pk")))
    asked = request.GET.get("outcome", "")
    items = found.items.order_by("serial")
    if asked in JobOutcome.values:
        items = items.filter(outcome=asked)
    page = Paginator(items, PAGE).get_page(request.GET.get("page"))
    total = sum(counted.values())
    context: dict[str, Any] = {
        "job": found,
        "label": label_of(found),
        "total": total,
        "done": total - counted.get("waiting", 0),
        "numbers": [
            {"number": counted.get(value, 0), "text": label, "href": f"?outcome={value}"}
            for value, label in JobOutcome.choices
        ],
        "rows": [{"item": item, "tag": TAGS[item.outcome], "href": item.told.get("address", "")} for item in page],
        "page": page,
        "makes_file": found.kind in {"desk.table", "ledger.table", *ARCHIVES},
        "is_there": is_there(found),
    }
    response = render(request, "portal/desk_job.html", context)
    if found.finished_at is None:
        response["Refresh"] = str(SECONDS)
    return response


@require_safe
def report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The result of every row as CSV (UTF-8 with byte order mark)."""
    found = get_object_or_404(Job, pk=pk)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("序号"), _("事项"), _("结果"), _("说明")])
    for item in found.items.order_by("serial").iterator():
        writer.writerow([item.serial, cell(item.label), item.get_outcome_display(), cell(item.words)])
    response = HttpResponse(encoded(out.getvalue()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="report.csv"'
    return response


@require_safe
def file(request: ActorRequest, pk: UUID) -> FileResponse:
    """The file of an export, to the person who asked, while all that is in it is still open to them."""
    found = get_object_or_404(Job, pk=pk)
    if not is_there(found) or not _still_sees(found, request.actor):
        raise Http404
    content = found.path.open("rb")
    response = FileResponse(content, as_attachment=True, filename=found.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _still_sees(found: Job, actor: Actor) -> bool:
    """Whether every row that went into the file may still be read by the person."""
    put_in = list(found.items.filter(outcome__in=[JobOutcome.DONE, JobOutcome.FAILED]))
    keys = {item.subject_id for item in put_in}
    if found.kind in ARCHIVES:
        return affairs.of_job(found, put_in, actor).keys() >= keys
    return Task.objects.filter(pk__in=keys).count() == len(keys)
