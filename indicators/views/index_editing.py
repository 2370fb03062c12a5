"""The editor of a draft: its head, its weights at once, one node after the other; nothing typed is lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators.enums import RankingList
from indicators.enums_policy import IndexStatus
from indicators.forms_index import HeadForm, PartForm, WeightsForm, known_clauses, known_figures
from indicators.models import IndexVersion
from indicators.services import index_versions as services
from indicators.views.index_versions import shown, the_version
from policy.index import Part
from workflow.machine import Refused

ARRANGED = {
    "up": gettext_lazy("已上移。"),
    "down": gettext_lazy("已下移。"),
    "remove": gettext_lazy("已删除。"),
}


def may_edit(actor: Actor) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def the_draft(pk: UUID) -> IndexVersion:
    """A version that is being drafted; 404 for one that is not."""
    version = the_version(pk)
    if version.status != IndexStatus.DRAFT:
        raise Http404
    return version


@require_POST
@only(may_edit)
def draft(request: ActorRequest) -> HttpResponse:
    """Start a version from the default of a list, or as a copy."""
    ranking, source = request.POST.get("ranking", ""), request.POST.get("source")
    if ranking not in RankingList.values:
        raise Http404
    try:
        copied = the_version(UUID(source)) if source else None
    except ValueError:
        raise Http404 from None
    if copied and copied.ranking != ranking:
        raise Http404
    try:
        version = services.draft(ranking, request.actor, copied)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return redirect(copied or "index_versions:list")
    return redirect(version)


def _edited(
    request: ActorRequest, version: IndexVersion, form: forms.Form, title: str, status: int, **more: Any
) -> HttpResponse:
    context = {
        "version": version,
        "form": form,
        "title": title,
        "clauses": known_clauses() if isinstance(form, PartForm) else [],
        "figures": known_figures(version.ranking) if isinstance(form, PartForm) else [],
        **more,
    }
    return render(request, "indicators/index/edit.html", context, status=status)


def _refuse(form: forms.Form, refused: Refused, version: IndexVersion) -> None:
    """Say why; the next attempt is made on what the version says now."""
    for reason in refused.reasons:
        form.add_error(None, reason)
    version.refresh_from_db()
    form.data = {**form.data.dict(), "edition": str(version.edition)}  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_edit)
def head(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Title, first year, basis."""
    version = the_draft(pk)
    initial = {
        "edition": version.edition,
        "title": version.title,
        "valid_from": version.valid_from,
        "basis": "\n".join(version.basis),
    }
    form = HeadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.save_head(
                version, told["edition"], told["title"], told["valid_from"], told["basis"], request.actor
            )
            return _saved(request, version)
        except Refused as refused:
            _refuse(form, refused, version)
    return _edited(request, version, form, _("名称与依据"), 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_edit)
def weights(request: ActorRequest, pk: UUID) -> HttpResponse:
    """All weights at once."""
    version = the_draft(pk)
    form = WeightsForm(request.POST or None, tree=version.parts, initial={"edition": version.edition})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_weights(version, form.cleaned_data["edition"], form.told, request.actor)
            return _saved(request, version)
        except Refused as refused:
            _refuse(form, refused, version)
    return _edited(request, version, form, _("全部权重"), 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_edit)
def add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A further node."""
    version = the_draft(pk)
    initial = {"edition": version.edition, "parent": request.GET.get("parent", "")}
    form = PartForm(request.POST or None, tree=version.parts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_part(version, form.cleaned_data["edition"], form.part, request.actor)
            return _saved(request, version)
        except Refused as refused:
            _refuse(form, refused, version)
    return _edited(request, version, form, _("添加指标或维度"), 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_edit)
def node(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """One node, changed."""
    version = the_draft(pk)
    part = part_of(version, code)
    form = PartForm(request.POST or None, tree=version.parts, part=part, initial={"edition": version.edition})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_part(version, form.cleaned_data["edition"], code, form.part, request.actor)
            return _saved(request, version)
        except Refused as refused:
            _refuse(form, refused, version)
    return _edited(request, version, form, part.label, 422 if form.errors else 200, part=part)


@require_POST
@only(may_edit)
def arrange(request: ActorRequest, pk: UUID, code: str, act: str) -> HttpResponse:
    """Move a node up or down among its siblings, or take it out."""
    version = the_draft(pk)
    if act not in ARRANGED:
        raise Http404
    part_of(version, code)
    edition = request.POST.get("edition", "")
    number = int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 9 else 0
    try:
        if act == "remove":
            services.remove_part(version, number, code, request.actor)
        else:
            services.move_part(version, number, code, act == "up", request.actor)
    except Refused as refused:
        return shown(request, the_version(pk), reasons=refused.reasons, status=422)
    messages.success(request, ARRANGED[act])
    return redirect(version)


def part_of(version: IndexVersion, code: str) -> Part:
    """A node of a version; 404 where there is none."""
    for part in version.parts:
        if part.code == code:
            return part
    raise Http404


def _saved(request: ActorRequest, version: IndexVersion) -> HttpResponse:
    messages.success(request, _("已保存。"))
    return redirect(version)
