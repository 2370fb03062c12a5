"""A department says what it makes of the figures it owns; differences are settled."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.requests import ActorRequest
from indicators import services
from indicators.enums import VerificationOutcome
from indicators.models import Conflict
from indicators.views.returns import shown, table_of, the_return
from workflow.machine import Refused


@require_POST
def verify(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What was said of each figure; a figure without a word waits on."""
    report = the_return(pk)
    rows, said = table_of(request, report), 0
    for row in rows:
        outcome = request.POST.get(f"{row.code}-outcome", "")
        if outcome not in VerificationOutcome.values:
            continue
        typed = {name: request.POST.get(f"{row.code}-{name}", "") for name in ("own", "reason")}
        try:
            services.verify(report, row.code, VerificationOutcome(outcome), request.actor, **typed)
            said += 1
        except Refused as refused:
            row.typed, row.errors = {**typed, "outcome": outcome}, refused.reasons
    if any(row.errors for row in rows):
        kept = {row.code: (row.typed, row.errors) for row in rows if row.errors}
        rows = table_of(request, report)
        for row in rows:
            row.typed, row.errors = kept.get(row.code, ({}, []))
        return shown(request, report, rows=rows, saved=said, status=422)
    messages.success(request, ngettext("已核定 %(n)d 项数据。", "已核定 %(n)d 项数据。", said) % {"n": said})
    return redirect(report)


@require_POST
def settle(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The figure that was agreed on, and on what ground."""
    conflict = get_object_or_404(Conflict.objects.select_related("report"), pk=pk)
    settled, reason = request.POST.get("settled", ""), request.POST.get("reason", "")
    try:
        services.settle(conflict, settled, reason, request.actor)
    except Refused as refused:
        typed = {"conflict": conflict.pk, "settled": settled, "reason": reason, "errors": refused.reasons}
        return shown(request, the_return(conflict.report_id), settling=typed, status=422)
    messages.success(request, _("数据冲突已协商确定。"))
    return redirect(f"{conflict.report.get_absolute_url()}#conflicts")
