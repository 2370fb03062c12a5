"""Pages of countersigning: the department reads the report and signs; 省科技厅 lets lapse, or states a difference."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.requests import ActorRequest
from notifications.paper_forms import CountersignForm
from notifications.views.sheet import sheet
from reviews import countersigned, services
from reviews.forms_countersigning import AdviceForm, PositionForm
from reviews.forms_departments import ReasonForm
from reviews.models import Countersignature
from reviews.transitions_countersigning import countersignature as machine
from reviews.views.acts import act_page, is_lead
from workflow.clock_face import Faces
from workflow.machine import Refused

PEOPLE = ("case__filing__tenant", "case__filing__host_zone", "tenant")


@only(lambda actor: actor.is_department)
def countersign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The report as it would be signed; the handler advises, the signer countersigns with the password."""
    rows = Countersignature.every.select_related(*PEOPLE)
    found = get_object_or_404(rows, pk=pk, tenant=request.actor.organisation)
    form = _form(request, found)
    errors: list[dict[str, str]] = []
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _act(request, found, form)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            return redirect("reviews:countersign", pk=found.pk)
    clocks = Faces.of_subjects([found.pk])
    context = {
        "row": found,
        "case": found.case,
        "filing": found.case.filing,
        "tag": {"kind": countersigned.TAGS[found.status], "text": found.get_status_display()},  # type: ignore[index]
        "clock": clocks(found.pk, found.due_on) if found.status == "asked" else None,
        "sheet": sheet(found.content),
        "form": form,
        "signs": isinstance(form, CountersignForm),
        "errors": errors,
        "advices": found.advices.order_by("at"),
        "earlier": rows.filter(case=found.case_id, tenant=found.tenant_id, round__lt=found.round).order_by("round"),
    }
    return render(request, "reviews/countersign.html", context, status=422 if errors or (form and form.errors) else 200)


def _form(request: ActorRequest, found: Countersignature) -> forms.Form | None:
    """The signer's form, the handler's, or none where nothing is open to this person."""
    actor, data = request.actor, request.POST or None
    if found.status in machine["agree"].sources and machine["agree"].who(actor, found):
        return CountersignForm(data, person=actor.person)
    if actor.is_handler and found.status in {"asked", "lapsed"}:
        return AdviceForm(data)
    return None


def _act(request: ActorRequest, found: Countersignature, form: forms.Form) -> None:
    data: dict[str, Any] = form.cleaned_data
    if isinstance(form, CountersignForm):
        agrees = data["stance"] == "agree"
        services.countersign(found, agrees, data["reason"], request.actor)
        messages.success(request, _("已会签。") if agrees else _("不同意见已提交省科技厅。"))
    else:
        services.advise_countersignature(found, data["text"], request.actor)
        messages.success(request, _("拟办意见已提交本部门签发人。"))


def _of_the_lead(pk: UUID) -> Countersignature:
    return get_object_or_404(Countersignature.objects.select_related(*PEOPLE, "draft"), pk=pk)


@only(is_lead)
def lapse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Go on without a countersignature that did not come in time, where the parameter allows it."""
    found = _of_the_lead(pk)
    return act_page(
        request,
        found.case,
        ReasonForm(request.POST or None),
        lambda data: services.lapse_countersignature(found, data["reason"], request.actor),
        title=_("按逾期未会签处理"),
        text=_("请示中写明该部门逾期未会签；签发前该部门仍可补签。"),
        facts=[{"key": _("部门"), "value": found.tenant.short_name}],
        button=_("按逾期处理"),
        done=_("已按逾期未会签处理。"),
        back=found.draft.get_absolute_url(),
        inner=True,
    )


@only(is_lead)
def state(request: ActorRequest, pk: UUID) -> HttpResponse:
    """State a difference that could not be settled, with both sides' grounds."""
    found = _of_the_lead(pk)
    return act_page(
        request,
        found.case,
        PositionForm(request.POST or None),
        lambda data: services.state_difference(found, data["position"], request.actor),
        title=_("列明分歧"),
        text=_("协商后仍不能一致的，在请示中列明双方理据，报省政府审定。该部门此前可以改为同意。"),
        facts=[
            {"key": _("部门"), "value": found.tenant.short_name},
            {"key": _("不同意见"), "value": found.reason},
        ],
        button=_("列入请示"),
        done=_("分歧已列入请示。"),
        back=found.draft.get_absolute_url(),
        inner=True,
    )
