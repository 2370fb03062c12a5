"""Acts on several rows of the desk: the preview of what would happen, and the start of the job that does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.requests import ActorRequest
from portal import worklist
from portal.bulk import ACTS, Act, Line
from portal.bulk.acts import filings_of
from workflow import jobs
from workflow.deadlines import calendar
from workflow.models import Task

SHOWN = 200


def bulk(request: ActorRequest) -> HttpResponse:
    """What an act would do to the rows that were selected, and why to some of them nothing; `run` starts it.

    Who comes back here without a selection, as after signing in again, is led to the desk.
    """
    if request.method != "POST":
        return redirect("portal:desk")
    actor = request.actor
    query = QueryDict(request.POST.get("query", "")[:1000])
    back = f"{reverse('portal:desk')}?{query.urlencode()}"
    if request.POST.get("act") == "compare":
        return _compare(request, actor, back)
    act = ACTS.get(request.POST.get("act", ""))
    form = worklist.WorkFilter(query, actor)
    form.offer_people()
    if act is None or not act.offered(actor, form.queue_code):
        raise Http404
    tasks = _selected(request, form, actor, act)
    if not tasks:
        return render(request, "portal/desk_bulk.html", {"act": act, "back": back, "empty": True}, status=422)
    asked = request.POST if "seen" in request.POST else None
    options = act.form(asked, actor, tasks)
    valid = options.is_valid() if asked is not None else not options.fields
    lines = act.plan(tasks, actor, _cleaned(options, asked is not None))
    if valid and "run" in request.POST:
        open_lines = [line for line in lines if not line.blocked]
        if open_lines:
            rows = [(line.subject, line.label) for line in open_lines]
            job = jobs.ask(act.job, actor, request.POST.get("key", "") or uuid4().hex, rows, _parameters(options))
            return redirect("portal:job", pk=job.pk)
    return render(request, "portal/desk_bulk.html", _context(request, act, options, lines, tasks, back))


def _cleaned(options: Any, bound: bool) -> dict[str, Any]:
    return dict(options.cleaned_data) if bound else {}


def _parameters(options: Any) -> dict[str, Any]:
    return dict(options.cleaned_data) if options.is_bound else {}


def _context(
    request: ActorRequest, act: Act, options: Any, lines: list[Line], tasks: list[Task], back: str
) -> dict[str, Any]:
    blocked = [line for line in lines if line.blocked]
    return {
        "act": act,
        "form": options,
        "lines": [line for line in lines if not line.blocked][:SHOWN],
        "open": len(lines) - len(blocked),
        "blocked": blocked[:SHOWN],
        "blocked_total": len(blocked),
        "rows": [task.pk for task in tasks] if not request.POST.get("whole") else [],
        "whole": request.POST.get("whole", ""),
        "query": request.POST.get("query", "")[:1000],
        "key": request.POST.get("key", "")[:64] or uuid4().hex,
        "back": back,
    }


def _selected(request: ActorRequest, form: worklist.WorkFilter, actor: Actor, act: Act) -> list[Task]:
    """The rows that were ticked, or all that the filters find; only those that the queue shows."""
    table = calendar()
    tasks = worklist.in_queue(form.queue_code, worklist.asked_of(actor, table))
    if request.POST.get("whole"):
        tasks = worklist.narrowed(tasks, form, actor)
    else:
        tasks = tasks.filter(pk__in=_keys(request.POST.getlist("rows")[: act.most]))
    ordered = worklist.in_order(tasks, form.queue_code).select_related("organisation", "assignee")
    return list(ordered[: act.most])


def _keys(given: list[str]) -> list[UUID]:
    found = []
    for text in given:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _compare(request: ActorRequest, actor: Actor, back: str) -> HttpResponse:
    """Read the cases of two selected rows side by side."""
    tasks = Task.objects.filter(pk__in=_keys(request.POST.getlist("rows")[:20]))
    filings = filings_of(list(tasks.order_by("due_on", "created_at")))
    if len(filings) != 2:
        error = _("请正好选择两个不同案件的事项。")
        return render(request, "portal/desk_bulk.html", {"back": back, "empty": True, "error": error}, status=422)
    return redirect(f"{reverse('portal:compare')}?a={filings[0].pk}&b={filings[1].pk}")
