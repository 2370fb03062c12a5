"""Pages of a supplementary change: asked for by section, written by the city, taken over with those it concerns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from applications.forms import PlanForm
from applications.kinds import kind_of
from applications.plan import values
from applications.selfcheck import page_of
from notifications import signoff
from notifications.models import Draft
from reviews import services
from reviews.models import ChangeRequest
from reviews.services import change_parts, changes
from reviews.views.acts import act_page, is_lead, reviews_cases, the_case
from workflow.clock_face import Faces
from workflow.machine import Refused


class ChangeForm(forms.Form):
    """Which sections, and what about them."""

    sections = forms.MultipleChoiceField(
        label=gettext_lazy("需要修改的栏目"),
        help_text=gettext_lazy("申报单位只能修改所选的栏目、数据和材料，其他内容保持不变。"),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("修改要求"),
        help_text=gettext_lazy("申报单位会看到；请勿引用部门意见原文。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


@only(is_lead)
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask the city to change named sections after acceptance."""
    case = the_case(pk)
    form = ChangeForm(request.POST or None)
    form.fields["sections"].choices = change_parts.parts_open(case.version)  # type: ignore[attr-defined]
    return act_page(
        request,
        case,
        form,
        lambda data: services.request_change(case, data["sections"], data["reason"], request.actor),
        title=_("请申报单位补充修改"),
        text=_("申报单位修改后由其签发人签发，形成新的封存版本；只向与所改栏目有关的部门重新征求意见。期间暂停计时。"),
        button=_("发出修改要求"),
        done=_("已请申报单位补充修改。"),
        back=case.get_absolute_url(),
    )


def _reads(actor: Actor) -> bool:
    return actor.is_applicant or reviews_cases(actor)


def _found(pk: UUID) -> ChangeRequest:
    rows = ChangeRequest.objects.select_related("base", "version", "paper", "case__filing__tenant")
    return get_object_or_404(rows, pk=pk)


@only(lambda actor: actor.is_applicant)
def draft(request: ActorRequest, pk: UUID) -> HttpResponse:
    """From the draft of the letter to the page on which the sections are changed."""
    found = get_object_or_404(Draft, pk=pk, kind="change_letter", tenant=request.actor.organisation)
    return redirect("reviews:change", pk=found.subject_id)


@only(_reads)
def change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A change: the city writes it, 省科技厅 compares it and chooses whom to ask again, the others read it."""
    found = _found(pk)
    actor = request.actor
    letter = signoff.open_draft_of("change_letter", found, actor.organisation.pk)
    writes = (
        actor.is_applicant
        and actor.is_handler
        and found.answered_at is None
        and (letter is None or letter.status == "drafting")
    )
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        if not writes:
            raise Http404
        try:
            letter = _keep(request, found, letter)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(letter) if "finish" in request.POST else redirect("reviews:change", pk=found.pk)
    return render(request, "reviews/change.html", {**_context(found, actor, letter, writes), "errors": errors})


def _keep(request: ActorRequest, found: ChangeRequest, letter: Draft | None) -> Draft:
    title = f"关于补充修改{found.case.filing.park_name}{kind_of(found.case.filing).matter.plan}的函"
    letter = letter or signoff.start("change_letter", found, found.dossier, title, request.actor)
    typed = {
        field.key: values.keep(field, request.POST.get(field.key, ""))
        for section in changes.sections_of(found)
        for field in section.fields
    }
    signoff.save_fields(letter, {**letter.fields, "values": typed}, request.actor)
    return letter


def _context(found: ChangeRequest, actor: Actor, letter: Draft | None, writes: bool) -> dict[str, Any]:
    now = changes.typed_values(found, letter.fields if letter else {})
    sections = changes.sections_of(found)
    typed = {key: values.as_typed(value) for key, value in now.items() if value is not None}
    handles = actor.is_lead and actor.is_handler and found.answered_at is not None and found.adopted_at is None
    asked = {opinion.tenant.code for opinion in changes.concerned(found)} if handles else set()
    comparison = change_parts.compared(found.base.content, found.version.content) if found.version else None
    return {
        "change": found,
        "case": found.case,
        "filing": found.case.filing,
        "titles": [change_parts.title_of(slug) for slug in found.sections],
        "places": _places(found) if writes else [],
        "forms": [(section.title, PlanForm(section, typed)) for section in sections] if writes else [],
        "letter": letter,
        "writes": writes,
        "clock": Faces.of_subjects([found.pk])(found.pk) if found.answered_at is None else None,
        "groups": comparison.groups if comparison else [],
        "parts": change_parts.shown(comparison) if comparison else None,
        "handles": handles,
        "departments": _departments(found, asked) if handles else [],
        "unchanged": actor.is_department and found.adopted_at and actor.organisation.code not in found.asked_again,
    }


def _places(found: ChangeRequest) -> list[tuple[str, str]]:
    """Where the city changes what is no text: the boundary, each of the materials asked for."""
    rows = []
    for slug in found.sections:
        kind = change_parts.material_of(slug)
        if slug == change_parts.BOUNDARY:
            rows.append((change_parts.title_of(slug), page_of(found.case.filing, "boundary")))
        elif kind is not None:
            rows.append((change_parts.title_of(slug), page_of(found.case.filing, f"materials#{kind.pieces[0].code}")))
    return rows


def _departments(found: ChangeRequest, asked: set[str]) -> list[dict[str, Any]]:
    why = {opinion.pk: reasons for opinion, reasons in changes.concerned(found).items()}
    return [
        {
            "code": opinion.tenant.code,
            "name": opinion.tenant.short_name,
            "why": "、".join(why.get(opinion.pk, [])),
            "checked": opinion.tenant.code in asked,
        }
        for opinion in found.case.opinions.select_related("tenant").order_by("tenant__order")
    ]


@only(is_lead)
@require_POST
def adopt(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take the changed version over and ask the chosen departments once more."""
    found = _found(pk)
    try:
        services.adopt_change(found, request.POST.getlist("departments"), request.actor)
    except Refused as refused:
        messages.error(request, "；".join(refused.reasons))
        return redirect("reviews:change", pk=found.pk)
    messages.success(request, _("已采用修改后的版本，并向所选部门重新征求意见。"))
    return redirect(found.case)
