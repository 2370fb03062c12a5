"""The steps of a return: handed up, passed on, submitted, given back, sent back, locked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.requests import ActorRequest
from indicators import services
from indicators.views.returns import NEED_REASON, shown, the_return
from workflow.machine import Refused

ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "ask_to_sign": (services.ask_to_sign, _("已送本单位签发人，签发人会收到待办。")),
    "hand_up": (services.hand_up, _("报表已报送审核。")),
    "hand_to_city": (services.hand_up, _("报表已报送市政府审核。")),
    "pass_on": (services.pass_on, _("审核已通过，报表已送市政府。")),
    "submit": (services.submit, _("年度统计报表已报送，等待省级部门核定。")),
    "collect": (services.collect, _("全省数据已汇总，等待各部门确认。")),
    "lock": (services.lock, _("数据已锁定。")),
    "give_back": (services.give_back, _("报表已退回，填报单位会收到理由。")),
    "hand_back": (services.give_back, _("报表已退回，填报单位会收到理由。")),
    "reopen": (services.reopen, _("报表已退回，填报单位会收到理由。")),
}


@require_POST
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step; what stands in its way is said on the page."""
    report = the_return(pk)
    if name not in ACTS:
        raise Http404
    service, told = ACTS[name]
    reason = [request.POST.get("reason", "")] if name in NEED_REASON else []
    try:
        service(report, *reason, request.actor)
    except Refused as refused:
        return shown(request, report, reasons=refused.reasons, status=422)
    messages.success(request, told)
    return redirect(report)
