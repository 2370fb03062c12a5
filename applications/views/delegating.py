"""The division of work on a plan (分工): who fills in which section, with whom, until when, how far."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.models import Organisation
from accounts.requests import ActorRequest
from applications import delegating, editing, rules
from applications.enums import DelegationStatus
from applications.forms_delegating import DelegateForm, GiveBackForm, HandOverForm, HelperForm
from applications.models import Delegation, Filing
from applications.parts import key_of, parts
from applications.plan_state import Plan, opened_on
from applications.views import carry
from applications.views.access import filing_in_work
from workflow.machine import Refused

TAGS = {
    DelegationStatus.OPEN: "waiting",
    DelegationStatus.HANDED: "info",
    DelegationStatus.BACK: "warning",
    DelegationStatus.CONFIRMED: "done",
    DelegationStatus.WITHDRAWN: "ended",
}


@carry.survives_sign_out
def work(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who fills in what; the owner's handlers give sections out and name helping offices."""
    filing = filing_in_work(request.actor, pk)
    form, helper, errors = None, None, []
    if request.method == "POST":
        act = {"delegate": _delegate, "add_helper": _add_helper, "remove_helper": _remove_helper}.get(
            request.POST.get("act", "")
        )
        if act is None:
            raise Http404
        try:
            done, form, helper = act(request, filing)
        except Refused as refused:
            done, errors = False, refused.reasons
            form = _form(filing, request.POST) if request.POST.get("act") == "delegate" else None
        if done:
            carry.drop(request)
            return redirect("applications:work", pk=filing.pk)
    elif kept := carry.carried(request):
        form = _form(filing, carrying.carried_data(request)) if kept[0].get("act") == "delegate" else None
        errors = [_("以下内容是登录过期前填写的，尚未保存，请核对后再提交。")]
    status = 200 if request.method != "POST" else 409 if errors else 422
    return render(request, "applications/work.html", _context(request, filing, form, helper, errors), status=status)


def _context(
    request: ActorRequest,
    filing: Filing,
    form: DelegateForm | None,
    helper: HelperForm | None,
    errors: list[str],
) -> dict[str, Any]:
    editable = not editing.obstacles(filing, request.actor)
    is_owner = filing.tenant_id == request.actor.organisation.pk
    rows = delegating.all_of(filing)
    return {
        "filing": filing,
        "rows": lines(request, filing, rows),
        "helpers": list(delegating.helpers_of(filing)),
        "editable": editable,
        "is_owner": is_owner,
        "form": (form or _form(filing)) if editable else None,
        "helper_form": (helper or HelperForm(filing=filing)) if editable else None,
        "seal": carry.seal(request),
        "errors": [{"text": error} for error in errors],
    }


def lines(request: ActorRequest, filing: Filing, rows: list[Delegation]) -> list[dict[str, Any]]:
    """Each delegation as the table shows it, with the acts that are open to the actor."""
    state = Plan.of(filing)
    changes = {key: (row.changed_by_id, row.changed_at) for key, row in state.rows.items()}
    if any(row.is_material for row in rows):
        changes |= {key_of(one.code): (one.added_by_id, one.added_at) for one in filing.materials.order_by("added_at")}
    begun = delegating.begun(rows, changes)
    titles = {part.slug: part.title for part in parts(state.opened_on, state.kind)}
    return [line(row, request, titles[row.section], row.pk in begun) for row in rows if row.section in titles]


def line(row: Delegation, request: ActorRequest, title: Any, begun: bool) -> dict[str, Any]:
    """One delegation in words: state, who, until when, and what the actor may do."""
    is_owner = rules.is_handler_of_owner(request.actor, row)
    path = reverse("applications:delegation", args=[row.filing_id, row.pk])
    kept = (carry.carried(request, path) or ({}, {}))[0]
    filling = begun and row.status == DelegationStatus.OPEN
    return {
        "row": row,
        "title": title,
        "href": row.get_absolute_url(),
        "who": f"{row.person.name}（{row.organisation.short_name}）" if row.person else row.organisation.name,
        "tag": "progress" if filling else TAGS[DelegationStatus(row.status)],
        "state": _("填写中") if filling else row.get_status_display(),
        "may_hand_over": row.is_writable and rules.is_holder(request.actor, row),
        "may_decide": is_owner and row.status == DelegationStatus.HANDED,
        "may_take_back": is_owner and row.is_active,
        "hand_over_form": HandOverForm(prefix=str(row.pk), initial={"note": kept.get(f"{row.pk}-note", "")}),
        "give_back_form": GiveBackForm(prefix=str(row.pk), initial={"reason": kept.get(f"{row.pk}-reason", "")}),
        "typed": bool(kept),
        "seal": carry.seal(request, path=path),
    }


def _form(filing: Filing, data: Any = None) -> DelegateForm:
    out = delegating.active_of(filing)
    return DelegateForm(
        data, filing=filing, free=[one for one in parts(opened_on(filing), filing.kind) if one.slug not in out]
    )


Done = tuple[bool, DelegateForm | None, HelperForm | None]


def _delegate(request: ActorRequest, filing: Filing) -> Done:
    form = _form(filing, request.POST)
    if not form.is_valid():
        return False, form, None
    organisation, person = form.holder
    data = form.cleaned_data
    made = delegating.delegate(
        filing,
        form.chosen,
        request.actor,
        organisation=organisation,
        person=person,
        due_on=data["due_on"],
        note=data["note"],
    )
    messages.success(request, _("已分工 %(n)d 项。") % {"n": len(made)})
    return True, None, None


def _add_helper(request: ActorRequest, filing: Filing) -> Done:
    form = HelperForm(request.POST, filing=filing)
    if not form.is_valid():
        return False, None, form
    delegating.add_helper(filing, form.cleaned_data["organisation"], request.actor)
    messages.success(request, _("已增加协同填报单位。"))
    return True, None, None


def _remove_helper(request: ActorRequest, filing: Filing) -> Done:
    rows = Organisation.objects.filter(pk__in=delegating.helpers_of(filing))
    found = rows.filter(code=request.POST.get("organisation", "")).first()
    if found is None:
        raise Refused([_("这家单位已经不是协同填报单位。")])
    delegating.remove_helper(filing, found, request.actor)
    messages.success(request, _("已移除，该单位不再看到这份申报。"))
    return True, None, None


@carry.survives_sign_out
def delegation(request: ActorRequest, pk: UUID, delegation: UUID) -> HttpResponse:
    """Hand a section back, confirm it, return it for changes, or take it back; all of it is done on the list."""
    filing = filing_in_work(request.actor, pk)
    if request.method != "POST":
        return redirect("applications:work", pk=filing.pk)
    rows = Delegation.objects.select_related("filing__tenant", "organisation", "person", "tenant")
    row = get_object_or_404(rows, pk=delegation, filing=filing)
    text = request.POST.get(f"{row.pk}-note") or request.POST.get(f"{row.pk}-reason") or ""
    try:
        words = _act(request, row, text)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        carry.drop(request)
        messages.success(request, words)
    return redirect("applications:work", pk=filing.pk)


def _act(request: ActorRequest, row: Delegation, text: str) -> str:
    match request.POST.get("act"):
        case "hand_over":
            delegating.hand_over(row, request.actor, text)
            return _("已交回，等待申报单位确认。")
        case "confirm":
            delegating.confirm(row, request.actor)
            return _("已确认。")
        case "give_back":
            delegating.give_back(row, request.actor, text)
            return _("已退回修改。")
        case "take_back":
            delegating.take_back(row, request.actor)
            return _("已收回，已经填写的内容保留。")
    raise Http404
