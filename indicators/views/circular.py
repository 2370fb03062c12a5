"""The year's circular (通报): 省科技厅 begins its draft, the two departments countersign."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators.enums import RunStatus
from indicators.models import Cosignature, Run
from indicators.papers.circular import tag_of
from indicators.services import circular
from notifications.paper_forms import CountersignForm
from notifications.views.sheet import sheet
from workflow.machine import Refused


@only(lambda actor: actor.is_lead and actor.is_handler)
@require_POST
def start(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin the circular of a proposed run, or go on with it."""
    run = get_object_or_404(Run, pk=pk, tenant=request.actor.organisation)
    try:
        draft = circular.start_circular(run, request.actor)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return redirect(run)
    return redirect(draft)


@require_http_methods(["GET", "HEAD", "POST"])
def cosign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The circular as it would be signed; the department's signer countersigns with the password."""
    row = get_object_or_404(
        Cosignature.objects.select_related("run", "tenant"), pk=pk, tenant=request.actor.organisation
    )
    outdated = circular.is_outdated(row)
    is_open = row.signed_at is None and row.run.status == RunStatus.PROPOSED and not outdated
    form = (
        CountersignForm(request.POST or None, person=request.actor.person)
        if is_open and request.actor.is_signer
        else None
    )
    errors: list[dict[str, str]] = []
    if request.method == "POST" and form is not None and form.is_valid():
        agrees = form.cleaned_data["stance"] == "agree"
        try:
            circular.cosign(row, agrees, form.cleaned_data["reason"], request.actor)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            messages.success(request, _("已会签。") if agrees else _("不同意见已提交省科技厅。"))
            return redirect(row)
    context = {
        "row": row,
        "tag": tag_of(row),
        "outdated": outdated,
        "is_open": is_open,
        "form": form,
        "errors": errors,
        "sheet": sheet(row.content),
        "title": circular.title_of(row.run),
    }
    return render(request, "indicators/cosign.html", context, status=422 if errors or (form and form.errors) else 200)
