"""Good practices on desks: drafted by a government, returned, proposed, published, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators.enums_practices import PracticeStatus
from indicators.forms_practices import PracticeForm
from indicators.models import Practice
from indicators.services import practices as services
from indicators.transitions_practices import practices, writes
from workflow import ledger
from workflow.machine import Refused

PAGE = 50
TAGS = {
    PracticeStatus.DRAFT: "progress",
    PracticeStatus.SUBMITTED: "waiting",
    PracticeStatus.PROPOSED: "waiting",
    PracticeStatus.PUBLISHED: "done",
    PracticeStatus.WITHDRAWN: "ended",
    PracticeStatus.DROPPED: "ended",
}
SERVICES = {
    "submit": services.submit,
    "propose": services.propose,
    "publish": services.publish,
    "give_back": services.give_back,
    "put_back": services.put_back,
    "withdraw": services.withdraw,
    "drop": services.drop,
}
NEED_REASON = {"give_back", "put_back", "withdraw"}


def concerns(actor: Actor) -> bool:
    """Whether the actor's office writes or decides on practices."""
    return actor.may_file_for_place or actor.is_lead


@require_safe
@only(concerns)
def index(request: ActorRequest) -> HttpResponse:
    """The office's own, or all that were handed to 省科技厅; the newest first."""
    found = Practice.objects.select_related("place")
    if request.actor.may_file_for_place:
        found = found.filter(tenant=request.actor.organisation)
    page = Paginator(found.order_by("-written_at"), PAGE).get_page(request.GET.get("page"))
    rows = [{"row": row, "tag": TAGS[PracticeStatus(row.status)]} for row in page]
    context = {"page": page, "rows": rows, "writes": services.may_write(request.actor)}
    return render(request, "practices/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(services.may_write)
def new(request: ActorRequest) -> HttpResponse:
    """Begin an article on one's own place."""
    form = PracticeForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.write(form.cleaned_data, request.actor)
            messages.success(request, _("草稿已保存，可以上传附件，然后报送。"))
            return redirect(row)
        except Refused as refused:
            form.add_error(None, [forms.ValidationError(reason) for reason in refused.reasons])
    return render(request, "practices/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only(concerns)
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One article with what may be done now; a POST of its authors keeps the draft."""
    row = _the(pk)
    if request.method != "POST":
        return _shown(request, row)
    if not writes(request.actor, row):
        raise Http404
    form = PracticeForm(request.POST, request.FILES, actor=request.actor, row=row)
    if not form.is_valid():
        return _shown(request, row, form=form)
    sent = form.cleaned_data["file"]
    try:
        services.rewrite(row, form.cleaned_data, request.actor, sent[0] if sent else None)
    except Refused as refused:
        return _shown(request, row, refused.reasons, form)
    if request.POST.get("then") == "submit":
        return act(request, pk, "submit")
    messages.success(request, _("已保存。"))
    return redirect(row)


@require_POST
@only(concerns)
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Hand in, return, propose, publish, withdraw, give up."""
    row = _the(pk)
    if name not in SERVICES or not practices[name].who(request.actor, row):
        raise Http404
    try:
        SERVICES[name](row, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return _shown(request, row, refused.reasons)
    messages.success(request, _("已办理。"))
    return redirect(row)


def _the(pk: UUID) -> Practice:
    return get_object_or_404(Practice.objects.select_related("place", "tenant", "file"), pk=pk)


def _shown(
    request: ActorRequest, row: Practice, reasons: list[str] | None = None, form: PracticeForm | None = None
) -> HttpResponse:
    actor = request.actor
    mine = actor.organisation.pk == row.tenant_id
    if not (mine or actor.is_lead):
        raise Http404
    if form is None and row.status == PracticeStatus.DRAFT and writes(actor, row):
        told = {name: getattr(row, name) for name in services.FIELDS}
        form = PracticeForm(actor=actor, row=row, initial=told)
    # A draft is handed in with what its form holds, never without what was typed last.
    arrows = [arrow for arrow, against in practices.open_to(row, actor) if not against]
    context: dict[str, Any] = {
        "row": row,
        "tag": TAGS[PracticeStatus(row.status)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "form": form,
        "acts": [
            {"name": name, "label": arrow.label, "needs": name in NEED_REASON, "typed": request.POST.get("reason", "")}
            for name in SERVICES
            for arrow in arrows
            if arrow.name == name and not (form and name == "submit")
        ],
        "events": ledger.history(row.dossier),
        "is_public": row.status == PracticeStatus.PUBLISHED,
    }
    wrong = bool(reasons) or bool(form and form.errors)
    return render(request, "practices/page.html", context, status=422 if wrong else 200)
