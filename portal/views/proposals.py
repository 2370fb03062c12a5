"""A proposal (拟办事项) before the official who decides it: why, with which clock, what will happen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import ActorRequest
from notifications.forms import SignForm
from workflow import basis, clocks, proposals
from workflow.machine import Refused
from workflow.models import Proposal


class ConfirmForm(SignForm):
    """The password that whoever confirms gives again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _("确认即时生效并记入案卷。请再次输入您本人的登录密码。")


class DismissForm(forms.Form):
    """Why a proposal is not taken up."""

    reason = forms.CharField(
        label=gettext_lazy("不予采纳的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: ActorRequest, pk: str) -> HttpResponse:
    """Show a proposal to the office that decides it; its post confirms or dismisses."""
    rows = Proposal.objects.select_related("organisation", "clock", "decided_by")
    found = get_object_or_404(rows, pk=pk, organisation=request.actor.organisation)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    confirm = ConfirmForm(request.POST if act == "confirm" else None, person=request.actor.person)
    dismiss = DismissForm(request.POST if act == "dismiss" else None)
    errors: list[str] = []
    if act:
        try:
            if answer := _decide(request, found, confirm if act == "confirm" else dismiss):
                return answer
        except Refused as refusal:
            errors = refusal.reasons
        found = get_object_or_404(rows, pk=pk)
    kind = proposals.kind_of(found)
    context = {
        "proposal": found,
        "kind": kind,
        "basis": basis.in_words(kind.basis),
        "clock": clocks.shown(found.clock) if found.clock else None,
        "obstacles": proposals.obstacles(found, request.actor),
        "stale": proposals.stale(found) if found.outcome == "open" else [],
        "confirm": confirm,
        "dismiss": dismiss,
        "errors": [{"text": reason} for reason in errors],
    }
    return render(request, "portal/proposal.html", context, status=422 if act else 200)


def _decide(request: ActorRequest, found: Proposal, form: forms.Form) -> HttpResponse | None:
    if reasons := proposals.obstacles(found, request.actor):
        raise Refused(reasons)
    if not form.is_valid():
        return None
    if isinstance(form, ConfirmForm):
        done = proposals.confirm(found, request.actor)
        messages.success(request, _("已确认：%(title)s。") % {"title": found.title})
        if hasattr(done, "get_absolute_url"):
            return redirect(done.get_absolute_url())
    else:
        proposals.dismiss(found, request.actor, form.cleaned_data["reason"])
        messages.success(request, _("已记录不予采纳的理由。"))
    return redirect("portal:desk")
