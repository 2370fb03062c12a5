"""Archives (办件归档): one affair exported whole, and all affairs of a park on one page and in one file."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor
from accounts.requests import ActorRequest
from portal.exports import affairs
from portal.exports.affairs import Affair
from registry import words
from registry.models import Park
from workflow import jobs
from workflow.models import Job


@require_POST
def export(request: ActorRequest, code: str, pk: UUID) -> HttpResponse:
    """Have one affair written as an archive; on to the job, the one that is under way if there is one."""
    kind = affairs.kind_of(code)
    if kind is None:
        raise Http404
    row = get_object_or_404(kind.readable(request.actor), pk=pk)
    return redirect("portal:job", pk=_asked("desk.zip", [Affair(kind, row)], request.actor).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def park(request: ActorRequest, slug: str) -> HttpResponse:
    """Every affair of a park that one may read; a POST has them written as one archive."""
    found = get_object_or_404(Park.objects.select_related("city", "host_zone", "current"), slug=slug)
    mine = affairs.of_park(found, request.actor)
    if request.method == "POST":
        if not mine:
            raise Http404
        return redirect("portal:job", pk=_asked("desk.park", mine, request.actor, found.slug).pk)
    groups = [
        {"label": kind.label, "rows": [_row(one, request.actor) for one in mine if one.kind is kind]}
        for kind in dict.fromkeys(one.kind for one in mine)
    ]
    context = {"park": found, "tag": words.status_tag(found.status), "groups": groups, "total": len(mine)}
    return render(request, "portal/desk_park.html", context)


def _row(one: Affair, actor: Actor) -> dict[str, str]:
    status = one.row.get_status_display() if hasattr(one.row, "status") else one.row.get_verdict_display()
    return {"title": one.title, "href": one.kind.address(one.row, actor), "status": str(status)}


def _asked(kind: str, found: Sequence[Affair], actor: Actor, slug: str = "") -> Job:
    """The job of these affairs: the person's own that is still under way for the same, else a new one."""
    first = found[0].row.pk
    waiting = Job.objects.filter(kind=kind, person=actor.person, tenant=actor.organisation, finished_at=None)
    same = waiting.filter(items__subject_id=first, parameters__park=slug).first()
    if same is not None:
        return same
    told = {"park": slug, "affairs": {str(one.row.pk): one.kind.code for one in found}}
    with override(settings.LANGUAGE_CODE):
        rows = [(one.row.pk, one.name) for one in found]
    return jobs.ask(kind, actor, uuid4().hex, rows, told)
