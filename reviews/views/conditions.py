"""Conditions: passed on to the city, answered there, confirmed by the department, or waived."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.decorators import only
from accounts.requests import ActorRequest
from applications.display import label_of
from reviews import services
from reviews.casepage import requirement_row
from reviews.forms_departments import JudgeForm, PassOnForm, ReasonForm
from reviews.models import Condition, Requirement
from reviews.views import answering
from reviews.views.acts import act_page, is_lead
from workflow.machine import Refused

CONDITIONS = "?tab=conditions"
OF_CASE = ("case__filing__tenant", "case__filing__host_zone", "tenant")


@only(is_lead)
def pass_on(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Pass a condition on, in the words of 省科技厅."""
    condition = get_object_or_404(Condition.objects.select_related(*OF_CASE), pk=pk)
    case = condition.case
    facts = [
        {"key": _("部门"), "value": condition.tenant.short_name},
        {"key": _("条件原文"), "value": condition.text},
        {"key": _("涉及栏目"), "value": label_of(condition.section) if condition.section else _("整个申报")},
        {"key": _("要求"), "value": _("必须落实") if condition.mandatory else _("建议性")},
    ]
    return act_page(
        request,
        case,
        PassOnForm(request.POST or None, initial={"text": condition.text, "due_on": condition.due_on}),
        lambda data: services.pass_on(condition, data["text"], request.actor, data["due_on"], data["named"]),
        title=_("转达条件"),
        text=_("以省科技厅名义转达申报单位落实。转达后不能收回，可以另行说明不再要求。"),
        facts=facts,
        button=_("转达申报单位"),
        done=_("已转达申报单位。"),
        back=f"{case.get_absolute_url()}{CONDITIONS}",
    )


@only(is_lead)
def waive(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Do not ask for a requirement any more."""
    requirement = get_object_or_404(Requirement.objects.select_related(*OF_CASE, "condition__tenant"), pk=pk)
    case = requirement.case
    return act_page(
        request,
        case,
        ReasonForm(request.POST or None),
        lambda data: services.waive_requirement(requirement, data["reason"], request.actor),
        title=_("不再要求落实"),
        text=_("申报单位和提出条件的部门都会看到原因。"),
        facts=[{"key": _("需落实的事项"), "value": requirement.text}],
        button=_("不再要求"),
        done=_("已告知申报单位不再要求。"),
        back=f"{case.get_absolute_url()}{CONDITIONS}",
        kind="warning",
    )


@only(lambda actor: actor.is_department)
def judge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The department that set the condition says whether it is met."""
    rows = Requirement.objects.select_related(*OF_CASE, "condition__tenant")
    requirement = get_object_or_404(rows, pk=pk, condition__tenant=request.actor.organisation)
    case = requirement.case
    facts = [{"key": _("条件"), "value": requirement.condition.text}]
    facts += [
        {"key": _("申报单位答复"), "value": row["answer"].text, "note": "、".join(one.name for one in row["files"])}
        for row in requirement_row(requirement)["answers"]
    ]
    return act_page(
        request,
        case,
        JudgeForm(request.POST or None),
        lambda data: services.judge_requirement(requirement, data["settled"] == "yes", data["reason"], request.actor),
        title=_("确认条件是否落实"),
        facts=facts,
        button=_("提交"),
        done=_("已提交。"),
        back=f"{case.get_absolute_url()}{CONDITIONS}",
    )


@carrying.survives_where_sealed
@only(lambda actor: actor.is_applicant)
def requirement(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The city says how it met a requirement, and reads what was said before."""
    rows = Requirement.objects.select_related("case__filing")
    found = get_object_or_404(rows.prefetch_related("answers__enclosures__upload", "answers__person"), pk=pk)
    if request.method == "POST" and carrying.is_autosave(request):
        return answering.save(request, found)
    form = answering.form_of(request, found)
    errors: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.answer_requirement(found, data["answer"], request.actor, data["files"])
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            answering.given(request, found)
            messages.success(request, _("落实情况已提交。"))
            return redirect(found.case.filing)
    shown = {"row": requirement_row(found), "filing": found.case.filing, "form": form, "errors": errors}
    return render(request, "reviews/requirement.html", {**shown, **answering.shown(request, found)})
