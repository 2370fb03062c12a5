"""A person's saved views of the desk: keep, rename, remove, open the desk with one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.requests import ActorRequest
from portal.worklist import FILTERS
from workflow.models import SavedView

MOST = 20


class ViewForm(forms.Form):
    """The name of a view."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=30)


def index(request: ActorRequest) -> HttpResponse:
    """常用视图: the list to rename and remove; a POST keeps the current filters under a name."""
    own = SavedView.objects.filter(tenant=request.actor.organisation)
    form = ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        query = _query(request.POST.get("query", ""))
        if own.count() >= MOST:
            form.add_error(None, _("最多保存 %(n)s 个视图，请先删除不用的。") % {"n": MOST})
        elif _keep(request, form.cleaned_data["name"], query):
            messages.success(request, _("已保存视图“%(name)s”。") % {"name": form.cleaned_data["name"]})
            return redirect(f"{reverse('portal:desk')}?{query}")
        else:
            form.add_error("name", _("已有同名的视图，请换一个名称。"))
    context = {"views": own, "form": form, "query": request.POST.get("query", "")}
    return render(request, "portal/desk_views.html", context)


def _keep(request: ActorRequest, name: str, query: str) -> bool:
    try:
        with transaction.atomic():
            SavedView.objects.create(
                tenant=request.actor.organisation, person=request.actor.person, name=name, query=query
            )
    except IntegrityError:
        return False
    return True


def _query(given: str) -> str:
    """The filters of an address and nothing else."""
    asked, kept = QueryDict(given[:2000]), QueryDict(mutable=True)
    for name in ("queue", *FILTERS):
        if value := asked.get(name, "")[:100]:
            kept[name] = value
    return kept.urlencode()[:1000] or "queue=mine"


@require_POST
def change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Rename a view, remove it, make it the start view or no longer; another person's does not exist."""
    view = get_object_or_404(SavedView, pk=pk)
    act = request.POST.get("act")
    if act == "remove":
        view.delete()
        messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
    elif act == "start":
        SavedView.objects.filter(tenant_id=view.tenant_id, is_start=True).update(is_start=False)
        SavedView.objects.filter(pk=view.pk).update(is_start=True)
    elif act == "no_start":
        SavedView.objects.filter(pk=view.pk).update(is_start=False)
    elif act == "rename":
        form = ViewForm(request.POST)
        if not form.is_valid() or not _rename(view, form.cleaned_data["name"]):
            messages.error(request, _("名称不能为空，也不能与别的视图相同，最多 30 个字。"))
    return redirect("portal:views")


def _rename(view: SavedView, name: str) -> bool:
    view.name = name
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError:
        return False
    return True
