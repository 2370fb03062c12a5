"""Pages of a department: its opinion beside the plan that it judges."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import dossier
from applications.display import plan_sections
from notifications import signoff
from notifications.models import Draft
from reviews.models import Opinion
from reviews.papers import OpinionForm
from workflow.machine import Refused
from workflow.models import Event


@only(lambda actor: actor.is_department)
def opinion(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The department's opinion: the plan stays in view while the handler writes; what is typed is always kept."""
    rows = Opinion.objects.select_related("case__filing__tenant", "case__filing__host_zone", "case__version", "tenant")
    found = get_object_or_404(rows, pk=pk, tenant=request.actor.organisation)
    draft = signoff.open_draft_of("opinion", found, request.actor.organisation.pk)
    form = OpinionForm(request.POST or None, initial=draft.fields if draft else None)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            kept = _keep(request, found, form)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            if form.is_valid():
                messages.success(request, _("意见已保存。"))
                return redirect(kept) if "finish" in request.POST else redirect("reviews:opinion", pk=found.pk)
    context = {
        "opinion": found,
        "case": found.case,
        "filing": found.case.filing,
        "content": found.case.version.content,
        "sections": plan_sections(found.case.version.content),
        "stage": {"kind": "progress", "text": found.case.get_status_display()},
        "history": _history(found, request),
        "steps": dossier.stages(found.case.filing, found.case.status),
        "clock": dossier.clock(found.due_on, timezone.localdate(found.requested_at))
        if found.status == "requested"
        else None,
        "draft": draft,
        "form": form,
        "errors": errors,
        "editable": found.status == "requested"
        and request.actor.is_handler
        and (not draft or draft.status == "drafting"),
    }
    return render(request, "reviews/opinion.html", context)


def _history(found: Opinion, request: ActorRequest) -> list[dict[str, Any]]:
    """What happened to this department's drafts of the opinion, newest first."""
    drafts = Draft.objects.filter(kind="opinion", subject_id=found.pk, tenant=request.actor.organisation)
    events = Event.objects.filter(subject_type="notifications.draft", subject_id__in=drafts.values("pk"))
    return [dossier.entry(event, {}) for event in events.order_by("-serial")]


def _keep(request: ActorRequest, found: Opinion, form: OpinionForm) -> Draft:
    """Keep what was typed in the department's draft, valid or not."""
    title = f"关于创建{found.case.filing.park_name}意见的复函"
    draft = signoff.start("opinion", found, found.dossier, title, request.actor)
    typed = {name: request.POST.get(name, "") for name in form.fields}
    signoff.save_fields(draft, {**draft.fields, **typed}, request.actor)
    return draft
