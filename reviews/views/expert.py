"""The page of an expert: the frozen file, scores and words on the qualitative items, and the signature."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import dossier
from applications.display import plan_sections
from reviews import services
from reviews.enums import ExpertStance
from reviews.experts import mean_of, rows_of
from reviews.forms_departments import ExpertForm, ExpertSignForm
from reviews.models import ExpertOpinion
from workflow.machine import Refused


@only(lambda actor: actor.is_expert)
def expert(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Save or sign; what is typed is kept, complete or not, and the password is asked for the signature alone."""
    rows = ExpertOpinion.objects.select_related("case__filing__tenant", "case__filing__host_zone", "version", "tenant")
    found = get_object_or_404(rows, pk=pk, tenant=request.actor.organisation)
    form, signs = ExpertForm(request.POST or None, initial=found.fields), "sign" in request.POST
    password = ExpertSignForm(request.POST if signs else None, person=request.actor.person)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            services.keep_expert_draft(found, _typed(request, form), request.actor)
            if form.is_valid() and not signs:
                messages.success(request, _("已保存，尚未提交。"))
                return redirect("reviews:expert", pk=found.pk)
            if form.is_valid() and password.is_valid():
                return _sign(request, found, form)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
    context = {
        "opinion": found,
        "case": found.case,
        "filing": found.case.filing,
        "content": found.version.content,
        "sections": plan_sections(found.version.content),
        "stage": {"kind": "progress", "text": found.case.get_status_display()},
        "steps": dossier.stages(found.case.filing, found.case.status),
        "clock": dossier.clock_on(found) if found.status == "invited" else None,
        "form": form,
        "password": password,
        "errors": errors,
        "scores": rows_of(found.scores),
        "mean": mean_of(found.scores),
        "editable": found.status == "invited" and not found.closed_at and found.case.status == "reviewing",
    }
    return render(request, "reviews/expert.html", context, status=422 if errors or form.errors else 200)


def _typed(request: ActorRequest, form: ExpertForm) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in form.fields}


def _sign(request: ActorRequest, found: ExpertOpinion, form: ExpertForm) -> HttpResponse:
    stance = form.cleaned_data["stance"]
    if not stance:
        raise Refused([_("请选择论证结论。")])
    services.sign_expert_opinion(found, form.scores(), ExpertStance(stance), form.cleaned_data["text"], request.actor)
    messages.success(request, _("论证意见已签名提交。"))
    return redirect("reviews:expert", pk=found.pk)
