"""Pages of 省科技厅 on a public notice and its objections, and the city's word on what is passed on to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import dossier
from files.rules import unreadable_in
from notifications import signoff
from reviews import services
from reviews.forms_publicity import ExplainForm, PassOnForm, RejectForm, ResultForm
from reviews.models import Case, Inquiry, Objection, Publicity
from workflow.clock_face import Faces
from workflow.machine import Refused

TAGS = {"received": "warning", "accepted": "progress", "rejected": "ended", "answered": "done"}


def _objection(pk: UUID) -> Objection:
    rows = Objection.objects.select_related("publicity__paper", "objector", "paper")
    return get_object_or_404(rows, pk=pk)


def _shown(request: ActorRequest, found: Objection, errors: list[str], **more: Any) -> HttpResponse:
    handler = request.actor.is_handler
    context = {
        "objection": found,
        "objector": found.objector,
        "case": Case.objects.select_related("filing").get(publicities=found.publicity_id),
        "tag": {"kind": TAGS[found.status], "text": found.get_status_display()},
        "clock": dossier.clock(found.due_on) if found.status == "accepted" else None,
        "files": [
            {"upload": row.upload, "closed": unreadable_in(row.upload.scan_state, is_owner=False)}
            for row in found.files.select_related("upload")
        ],
        "inquiries": list(found.inquiries.order_by("asked_at")),
        "draft": signoff.open_draft_of("objection_reply", found, request.actor.organisation.pk),
        "may_check": handler and found.status == "received",
        "may_work": handler and found.status == "accepted",
        "reject_form": RejectForm(),
        "pass_on_form": PassOnForm(),
        "errors": [{"text": error} for error in errors],
        **more,
    }
    return render(request, "reviews/objection.html", context, status=422 if errors else 200)


@only(lambda actor: actor.is_lead)
def objection(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An objection with the person who filed it; no other office ever opens this page."""
    return _shown(request, _objection(pk), [])


@only(lambda actor: actor.is_lead)
@require_POST
def act(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take an objection up, turn it down, pass it on to the city without the person, or draft the answer."""
    found, name = _objection(pk), request.POST.get("act", "")
    forms: dict[str, Form] = {"reject": RejectForm(request.POST), "pass_on": PassOnForm(request.POST)}
    form = forms.get(name)
    kept = {f"{name}_form": form} if form is not None else {}
    if form is not None and not form.is_valid():
        return _shown(request, found, [str(error) for errors in form.errors.values() for error in errors], **kept)
    try:
        if name == "accept":
            services.accept_objection(found, request.actor)
            messages.success(request, _("异议已受理，请在期限内答复。"))
        elif name == "reject":
            services.reject_objection(found, forms[name].cleaned_data["reason"], request.actor)
            messages.success(request, _("已按不予受理办结，异议人凭回执可以看到理由。"))
        elif name == "pass_on":
            services.ask_city(found, forms[name].cleaned_data["inquiry"], request.actor)
            messages.success(request, _("已转请申报单位说明，其中没有异议人的身份。"))
        elif name == "answer":
            title = f"{found.publicity}：公示异议处理意见（{found.number}）"
            return redirect(signoff.start("objection_reply", found, found.dossier, title, request.actor))
    except Refused as refused:
        return _shown(request, _objection(pk), refused.reasons, **kept)
    return redirect(found)


@only(lambda actor: actor.is_lead)
@require_POST
def result(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Publish the result of a public notice."""
    found = get_object_or_404(Publicity.objects.select_related("case"), pk=pk)
    form = ResultForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, "；".join(str(error) for error in errors))
        return redirect(found.case)
    try:
        services.publish_result(found, form.cleaned_data["note"], request.actor)
    except Refused as refused:
        messages.error(request, "；".join(refused.reasons))
    else:
        messages.success(request, _("公示结果已公布，可以报省政府审定。"))
    return redirect(found.case)


@only(lambda actor: actor.is_applicant)
def inquiry(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The city explains what 省科技厅 passed on of an objection."""
    found = get_object_or_404(Inquiry.objects.select_related("case__filing"), pk=pk)
    form = ExplainForm(request.POST or None)
    errors: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_inquiry(found, form.cleaned_data["answer"], request.actor)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            messages.success(request, _("情况说明已提交省科技厅。"))
            return redirect(found.case.filing)
    context = {
        "inquiry": found,
        "filing": found.case.filing,
        "form": form,
        "errors": errors,
        "clock": Faces.of_subjects([found.pk])(found.pk, found.due_on) if not found.answered_at else None,
    }
    return render(request, "reviews/inquiry.html", context)
