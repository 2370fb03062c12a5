"""The city ends a filing or begins anew: withdraw by letter, put a draft aside and back, apply again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import dossier, rules, services
from applications.enums import FilingStatus, KindCode
from applications.models import Filing
from applications.papers import WITHDRAWAL
from applications.queries import withdrawal_title
from applications.transitions import filing as machine
from applications.views.access import filing_in_work
from notifications import signoff
from workflow.machine import Refused


class ReapplyForm(forms.Form):
    """What a new filing says of the former one."""

    changes = forms.CharField(
        label=gettext_lazy("与前次申报相比的变化"),
        help_text=gettext_lazy(
            "逐条写明前次的问题是怎样解决的、内容有哪些变化。省科技厅在形式审查时对照前次意见查看。"
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
    )
    reason = forms.CharField(
        label=gettext_lazy("同一开发区再次申报的理由"),
        help_text=gettext_lazy("该开发区已有其它申报或创建中的园区时填写：取得了哪些经验与成绩（P-II.1.2g）。"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def is_applicant(actor: Actor) -> bool:
    """A government that may file: a city's for its parks and for itself, a county's for itself."""
    return actor.may_file_for_place


def offers(filing: Filing, actor: Actor) -> dict[str, Any]:
    """Which of these acts the page of a filing offers to the actor: withdraw, discard, restore, reapply."""
    handler = rules.is_handler_of_owner(actor, filing)
    open_now = filing.status in machine["withdraw"].sources and not rules.review_is_over(filing)
    return {
        "withdraw": handler and open_now,
        "discard": handler and filing.status == FilingStatus.DRAFT,
        "restore": handler and filing.status == FilingStatus.DISCARDED,
        "reapply": handler and actor.may_file_for_place and not services.reapplication_obstacles(filing),
    }


@only(is_applicant)
@require_POST
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Start (or go on with) the letter that takes the filing back (T31)."""
    filing = _own(request, pk)
    if not offers(filing, request.actor)["withdraw"]:
        return _refused(request, filing, machine.reasons_against(filing, "withdraw", request.actor))
    title = withdrawal_title(filing)[:200]
    try:
        return redirect(signoff.start(WITHDRAWAL, filing, filing.dossier, title, request.actor))
    except Refused as refused:
        return _refused(request, filing, refused.reasons)


@only(is_applicant)
@require_POST
def discard(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Put a draft aside; it can be taken up again."""
    filing = _own(request, pk)
    try:
        services.discard(filing, request.actor)
    except Refused as refused:
        return _refused(request, filing, refused.reasons)
    messages.success(request, _("草稿已弃用，内容全部保留，可以随时恢复。"))
    return redirect(filing)


@only(is_applicant)
@require_POST
def restore(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a draft up again."""
    filing = _own(request, pk)
    try:
        services.restore(filing, request.actor)
    except Refused as refused:
        return _refused(request, filing, refused.reasons)
    messages.success(request, _("草稿已恢复，可以继续填写。"))
    return redirect(filing)


@only(is_applicant)
def reapply(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A new filing from this one, saying what changed."""
    former = _own(request, pk)
    obstacles = services.reapplication_obstacles(former)
    form = ReapplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not obstacles:
        data = form.cleaned_data
        try:
            filing = services.reapply(former, data["changes"], request.actor, data["reason"])
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("已按前次申报的内容建立新的申报，请逐项修改后送审。"))
            return redirect(filing)
    context = {
        "filing": former,
        "form": form,
        "obstacles": obstacles,
        "needs_reason": former.kind == KindCode.CREATION and services.second_application(former.created_in),
        "remarks": dossier.remarks_of(former),
        "papers": dossier.papers_of(former.dossier),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/reapply.html", context, status=status)


@only(is_applicant)
@require_POST
def changes(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what is said to be different from the former filing."""
    filing = _own(request, pk)
    try:
        services.state_changes(filing, request.POST.get("changes", ""), request.actor)
    except Refused as refused:
        return _refused(request, filing, refused.reasons)
    messages.success(request, _("已保存与前次申报相比的变化。"))
    return redirect(filing)


def _own(request: ActorRequest, pk: UUID) -> Filing:
    filing = filing_in_work(request.actor, pk)
    if filing.tenant_id != request.actor.organisation.pk:
        raise Http404
    return filing


def _refused(request: ActorRequest, filing: Filing, reasons: list[str]) -> HttpResponse:
    from applications.views.applicant import page_of

    return page_of(request, filing, reasons or [_("现在不能这样办理。")], status=409)
