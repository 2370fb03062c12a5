"""The steps of an index version: checked, given back, passed on, signed with the password, sent back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators.services import index_signing
from indicators.views.index_versions import NEED_REASON, shown, the_version
from notifications.forms import SignForm
from workflow.machine import Refused

ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "check": (index_signing.send_to_check, _("已送核对。")),
    "give_back": (index_signing.give_back, _("已退回，经办人会收到理由。")),
    "pass_on": (index_signing.pass_on, _("核对通过，已送省科技厅、省发改委、省统计局签发。")),
    "reopen": (index_signing.send_back, _("已退回起草，已有的签发失效并留存记录。")),
}


@require_POST
@only(lambda actor: actor.is_lead or actor.is_department)
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step; what stands in its way is said on the page."""
    version = the_version(pk)
    if name == "sign":
        return _sign(request, pk)
    if name not in ACTS:
        raise Http404
    service, told = ACTS[name]
    reason = [request.POST.get("reason", "")] if name in NEED_REASON else []
    try:
        service(version, *reason, request.actor)
    except Refused as refused:
        return shown(request, version, reasons=refused.reasons, status=422)
    messages.success(request, told)
    return redirect(version)


def _sign(request: ActorRequest, pk: UUID) -> HttpResponse:
    version = the_version(pk)
    form = SignForm(request.POST, person=request.actor.person)
    if not form.is_valid():
        return shown(request, version, form=form, status=422)
    try:
        index_signing.sign(version, request.POST.get("digest", ""), request.actor)
    except Refused as refused:
        return shown(request, version, reasons=refused.reasons, status=422)
    messages.success(request, _("已签发。三部门全部签发后即可用于评价。"))
    return redirect(version)
