"""The one complete list of remarks (T3): written over time beside the frozen plan, judged after the resubmission."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import remarks as rules
from applications import services
from applications.display import plan_sections
from applications.forms_authority import RemarkForm
from applications.freezing import targets
from applications.models import Filing, FilingVersion, Remark
from applications.queries import latest_version
from applications.remark_drafts import drop_row, put_row
from applications.views.authority import check_page, is_authority
from notifications.models import Draft
from workflow.machine import Refused


def is_lead(actor: Actor) -> bool:
    """省科技厅."""
    return actor.is_lead


@only(is_authority)
def remarks(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The list in the draft of the notice: one remark at a time is written, changed or taken out."""
    draft = get_object_or_404(Draft, pk=pk, kind="supplement")
    filing = get_object_or_404(Filing.objects.select_related("tenant", "host_zone"), pk=draft.subject_id)
    version = latest_version(filing)
    assert version is not None, "a filing under formal check was submitted"
    choices = targets(version)
    if request.method != "POST":
        form = RemarkForm(initial=_initial(request, draft, version), targets=choices)
        return _page(request, draft, filing, version, form)
    try:
        if "finish" in request.POST and not request.POST.get("text", "").strip():
            return redirect(draft)
        if "drop" in request.POST:
            drop_row(draft, request.POST["drop"], request.actor)
            messages.success(request, _("已删去这一条。"))
            return redirect("applications:remarks", pk=draft.pk)
        form = RemarkForm(request.POST, targets=choices)
        if form.is_valid():
            count = put_row(draft, version, form.cleaned_data, dict(choices), request.actor)
            messages.success(request, _("补正意见已保存，共 %(n)d 条。") % {"n": count})
            return redirect(draft) if "finish" in request.POST else redirect("applications:remarks", pk=draft.pk)
    except Refused as refused:
        form = RemarkForm(request.POST, targets=choices)
        return _page(request, draft, filing, version, form, refused.reasons)
    return _page(request, draft, filing, version, form)


def _initial(request: ActorRequest, draft: Draft, version: FilingVersion) -> dict[str, Any]:
    """The row to change, or an empty one on the target that was clicked."""
    asked = request.GET.get("row", "")
    row = next((row for row in draft.fields.get("remarks", []) if asked and row.get("row") == asked), None)
    if row:
        return dict(row)
    target = request.GET.get("target", "")
    return {"target": target, "basis": rules.default_clause(version.content, target)} if target else {}


def _page(
    request: ActorRequest,
    draft: Draft,
    filing: Filing,
    version: FilingVersion,
    form: RemarkForm,
    errors: list[str] | None = None,
) -> HttpResponse:
    rows = draft.fields.get("remarks", [])
    late = {id(row) for row in rules.late_rows(filing, rows)}
    again = filing.remarks.exists()
    allowed = rules.allowance(filing) if again else None
    editable = draft.status == "drafting" and request.actor.is_handler
    context = {
        "draft": draft,
        "filing": filing,
        "version": version,
        "form": form,
        "errors": [{"text": error} for error in errors or []],
        "rows": [{**row, "late": id(row) in late and not allowed} for row in rows],
        "picked": _picked(rows),
        "sections": plan_sections(version.content),
        "content": version.content,
        "again": again,
        "changed": rules.changed_since_return(filing) if again else (),
        "allowed": allowed,
        "missing": rules.obstacles(filing, rows),
        "may_allow": again and request.actor.is_lead and (request.actor.is_reviewer or request.actor.is_signer),
        "editable": editable,
        "picker": reverse("applications:remarks", args=[draft.pk]) if editable else "",
    }
    return render(request, "applications/remarks.html", context, status=422 if errors or form.errors else 200)


def _picked(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The remarks in the list by what they point at, to be shown beside it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["target"], []).append(row)
    return found


@only(is_lead)
@require_POST
def allow(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A leader states why a remark is made on what did not change."""
    draft = get_object_or_404(Draft, pk=pk, kind="supplement")
    filing = get_object_or_404(Filing, pk=draft.subject_id)
    try:
        rules.allow_new(filing, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, _("已记下理由。"))
    return redirect("applications:remarks", pk=draft.pk)


ACTS = {"settle": services.settle_remark, "reopen": services.reopen_remark, "cancel": services.cancel_remark}


@only(is_lead)
@require_POST
def judge(request: ActorRequest, remark: UUID) -> HttpResponse:
    """省科技厅 settles a remark, keeps it open, or takes it back."""
    row = get_object_or_404(Remark.objects.select_related("filing"), pk=remark)
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    text = request.POST.get("text", "")
    try:
        ACTS[act](row, text, request.actor)
    except Refused as refused:
        return check_page(request, row.filing, refused.reasons, typed={row.pk: text}, tab="remarks")
    messages.success(request, _said(act))
    return redirect(f"{reverse('applications:check', args=[row.filing_id])}?tab=remarks#remark-{row.pk}")


def _said(act: str) -> str:
    return {
        "settle": _("已核对通过。"),
        "reopen": _("已注明仍须补正。"),
        "cancel": _("意见已撤销，并已告知申报单位。"),
    }[act]
