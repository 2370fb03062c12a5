"""The sign-off page of a draft: fields and page side by side, and the acts that are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import carrying
from accounts.requests import ActorRequest
from notifications import signoff
from notifications.enums import DraftStatus
from notifications.forms import CancelForm, RemarkForm, SignForm
from notifications.models import Draft
from notifications.queries import paper_of
from notifications.views import draft_autosave, draft_fields
from notifications.views.draft_page import DraftPage
from workflow.machine import Refused

Act = Callable[[ActorRequest, DraftPage], HttpResponse | None]


@carrying.survives_where_sealed
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: ActorRequest, pk: str) -> HttpResponse:
    """Draft, check and sign one paper (拟稿、审核、签发)."""
    people = Draft.objects.select_related("tenant", "handler", "reviewer", "signer")
    page = DraftPage(get_object_or_404(people, pk=pk), request.actor)
    status = 200
    if request.method == "POST" and carrying.is_autosave(request):
        return draft_autosave.save(request, page.draft)
    if request.method != "POST" and carrying.carried(request):
        _bring_back(request, page)
    if request.method == "POST":
        if paper := _signed_already(request, page.draft):
            return paper
        act = ACTS.get(request.POST.get("act", "save"))
        if act is None:
            return HttpResponse(status=400)
        try:
            answer = act(request, page)
        except Refused as refusal:
            page.refuse(refusal.reasons)
            answer, status = None, 409
        if answer is not None:
            carrying.drop(request)
            return answer
        status = 409 if status == 409 or page.conflict else 422
        page.draft = people.get(pk=pk)
    context = {**page.context(), "seal": carrying.seal(request)}
    return render(request, "notifications/draft.html", context, status=status)


def _bring_back(request: ActorRequest, page: DraftPage) -> None:
    """What was typed when the session ended stands in its form again, unsaved; a password is asked anew."""
    data = carrying.carried_data(request)
    page.carried = True
    act = data.get("act", "save")
    if act in {"save", "send"} and page.kind.form:
        page.form, page.version = page.kind.form_for(page.draft, data), data.get("draft_version", "")
    elif act == "send_back":
        page.remark_form = RemarkForm(data)
    elif act == "cancel":
        page.cancel_form = CancelForm(data)


def _signed_already(request: ActorRequest, draft: Draft) -> HttpResponse | None:
    """A second click on 签发, or one in another window, leads to the paper that the first one gave."""
    if request.POST.get("act") != "sign":
        return None
    if draft.status == DraftStatus.SIGNING:
        return None
    paper = paper_of(draft)
    if paper is None or draft.signer_id != request.actor.person.pk:
        return None
    messages.info(request, _("您已签发本文，文号 %(number)s。") % {"number": paper.number})
    return redirect("notifications:paper", paper.pk)


def _save(request: ActorRequest, page: DraftPage) -> HttpResponse | None:
    """保存: keeps what is right even while something else is still missing."""
    if not _keep(request, page):
        return None
    messages.success(request, _("文稿已保存。"))
    return redirect("notifications:draft", page.draft.pk)


def _keep(request: ActorRequest, page: DraftPage) -> bool:
    """Store the fields of the form; whether the form is complete."""
    if page.kind.form is None:
        return True
    page.form = page.kind.form_for(page.draft, request.POST, request.FILES or None)
    complete = page.form.is_valid()
    page.typed = draft_fields.in_words(page.form, draft_fields.as_json(page.form.cleaned_data))
    locked = Draft.objects.select_for_update(no_key=True, of=("self",)).get(pk=page.draft.pk)
    if locked.status == DraftStatus.DRAFTING and request.POST.get("draft_version") != draft_fields.version_of(
        page.form, locked
    ):
        page.conflict = draft_fields.differences(page.form, locked.fields)
        if page.conflict:
            return False
    signoff.save_fields(page.draft, {**locked.fields, **draft_fields.as_json(page.form.cleaned_data)}, page.actor)
    if not complete:
        messages.info(request, _("填写无误的内容已保存；请改正下面的问题。"))
    return complete


def _send(request: ActorRequest, page: DraftPage) -> HttpResponse | None:
    """送审: what stands in the form is kept first, so nothing typed is lost."""
    if not _keep(request, page):
        return None
    page.ask("send")
    signoff.send(page.draft, page.actor)
    messages.success(request, _("已送审，等待审核人审核。"))
    return redirect("notifications:draft", page.draft.pk)


def _pass_on(request: ActorRequest, page: DraftPage) -> HttpResponse:
    """审核通过: on to the signer."""
    page.ask("pass_on")
    signoff.pass_on(page.draft, page.actor)
    messages.success(request, _("审核通过，等待签发人签发。"))
    return redirect("notifications:draft", page.draft.pk)


def _send_back(request: ActorRequest, page: DraftPage) -> HttpResponse | None:
    """退回修改: back to the handler, with a remark."""
    page.remark_form = RemarkForm(request.POST)
    page.typed = [(_("退回意见"), request.POST.get("remark", ""))]
    page.ask("send_back")
    if not page.remark_form.is_valid():
        return None
    signoff.send_back(page.draft, page.actor, page.remark_form.cleaned_data["remark"])
    messages.success(request, _("已退回经办人修改。"))
    return redirect("notifications:draft", page.draft.pk)


def _cancel(request: ActorRequest, page: DraftPage) -> HttpResponse | None:
    """作废: the draft is given up and kept."""
    page.cancel_form = CancelForm(request.POST)
    page.typed = [(_("作废原因"), request.POST.get("reason", ""))]
    page.ask("cancel")
    if not page.cancel_form.is_valid():
        return None
    signoff.cancel(page.draft, page.actor, page.cancel_form.cleaned_data["reason"])
    messages.success(request, _("文稿已作废，留存备查。"))
    return redirect("notifications:draft", page.draft.pk)


def _sign(request: ActorRequest, page: DraftPage) -> HttpResponse | None:
    """签发: asks for the password, then numbers the paper and brings its act about."""
    page.ask("sign")
    page.sign_form = SignForm(request.POST, person=page.actor.person)
    if not page.sign_form.is_valid():
        return None
    Draft.objects.select_for_update(no_key=True, of=("self",)).get(pk=page.draft.pk)
    page.draft.refresh_from_db()
    if answer := _signed_already(request, page.draft):
        return answer
    paper = signoff.sign(page.draft, page.actor)
    messages.success(request, _("已签发：%(number)s。正式文件正在生成。") % {"number": paper.number})
    return redirect("notifications:paper", paper.pk)


ACTS: dict[Any, Act] = {
    "save": _save,
    "send": _send,
    "pass_on": _pass_on,
    "send_back": _send_back,
    "cancel": _cancel,
    "sign": _sign,
}
