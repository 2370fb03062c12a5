"""The offices (单位) that work in the portal: the operator opens, changes and staffs them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.decorators import only
from accounts.enums import OrganisationKind
from accounts.models import Invitation, Organisation
from accounts.requests import ActorRequest
from portal import offices
from portal.forms_office import AdministratorForm, ChangeOfficeForm, OpenOfficeForm, SwitchForm
from workflow import ledger
from workflow.machine import Refused

LINK_KEY = "office_invitation_link"


@only(offices.is_keeper)
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Every office by kind, whether it is in use, and who administers it."""
    rows = list(Organisation.objects.select_related("division", "parent").order_by("order", "code"))
    people = offices.administrators(rows)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        told = {"office": row, "people": "、".join(people.get(row.pk, [])), "missing": offices.missing_series(row)}
        groups.setdefault(row.kind, []).append(told)
    shown = [
        {"label": kind.label, "rows": groups[kind], "opened": sum(bool(one["people"]) for one in groups[kind])}
        for kind in OrganisationKind
        if kind in groups
    ]
    return render(request, "portal/offices.html", {"groups": shown})


@only(offices.is_keeper)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Open a further office."""
    form = OpenOfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            office = offices.open_office(form.told(), request.actor)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("%(name)s已开户。请邀请它的管理员。") % {"name": office.name})
            return redirect("portal:office", office.pk)
    return render(request, "portal/office_new.html", {"form": form}, status=422 if form.errors else 200)


@only(offices.is_keeper)
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An office: what it is, its administrators and invitations, what was changed; `act` says what is posted."""
    row = get_object_or_404(Organisation.objects.select_related("division", "parent"), pk=pk)
    act = request.POST.get("act", "")
    given = request.POST if request.method == "POST" else None
    forms: dict[str, Any] = {
        "change": ChangeOfficeForm(given if act == "change" else None, office=row, prefix="change"),
        "invite": AdministratorForm(given if act == "invite" else None, prefix="invite"),
        "switch": SwitchForm(given if act == "switch" else None, prefix="switch"),
    }
    form = forms.get(act)
    if form is not None and form.is_valid():
        try:
            _do(request, act, row, form)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            return redirect("portal:office", row.pk)
    context = {
        "office": row,
        "form": form,
        "forms": forms,
        "people": "、".join(offices.administrators([row]).get(row.pk, [])),
        "missing": offices.missing_series(row),
        "series": [(word, row.series[key]) for key, word in offices.series_words().items() if row.series.get(key)],
        "may_switch": row.kind in offices.ADDED,
        "invitations": Invitation.objects.filter(organisation=row).order_by("-expires_at")[:10],
        "names": row.names.order_by("valid_from"),
        "events": list(ledger.history(row.pk)),
        "link": request.session.pop(LINK_KEY, None) if request.method == "GET" else None,
    }
    return render(request, "portal/office.html", context, status=422 if form is not None else 200)


def _do(request: ActorRequest, act: str, row: Organisation, form: Any) -> None:
    told, actor = form.cleaned_data, request.actor
    if act == "change":
        offices.change_office(row, form.told(), told["reason"], actor)
        messages.success(request, _("单位信息已修改。"))
    elif act == "invite":
        invitation = offices.invite_administrator(row, told["name"], told["email"], actor)
        request.session[LINK_KEY] = {"name": invitation.name, "href": services.link_of(invitation)}
        messages.success(request, _("已邀请 %(name)s，邀请邮件即将发出。") % {"name": invitation.name})
    elif row.active:
        offices.suspend(row, told["reason"], actor)
        messages.success(request, _("单位已停用。"))
    else:
        offices.resume(row, told["reason"], actor)
        messages.success(request, _("单位已启用。"))
