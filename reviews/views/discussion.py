"""The inner discussion of a case: write a note, withdraw one's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.models import Organisation
from accounts.requests import ActorRequest
from reviews import services
from reviews.casepage import targets_of
from reviews.forms_departments import NoteForm, ReasonForm
from reviews.models import Note
from reviews.views.acts import act_page, discusses, the_case
from reviews.views.authority import case_page
from workflow.machine import Refused


@only(discusses)
@require_POST
def write(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write a note on the case or one of its sections; what is refused stands in the form again."""
    case = the_case(pk)
    if not services.takes_part(case, request.actor):
        raise Http404
    offices = services.offices_of(case, request.actor)
    form = NoteForm(request.POST, targets=targets_of(case.version.content), offices=offices)
    reasons: list[str] = []
    if form.is_valid():
        mentioned = Organisation.objects.filter(pk__in=form.cleaned_data["mentions"])
        try:
            note = services.add_note(
                case, form.cleaned_data["text"], request.actor, form.cleaned_data["section"], list(mentioned)
            )
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("已写入内部讨论。"))
            return redirect(f"{case.get_absolute_url()}?tab=discussion#note-{note.pk}")
    return case_page(request, case, reasons, tab="discussion", note_form=form)


@only(discusses)
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw one's own note."""
    rows = Note.objects.select_related("case__filing__tenant", "case__filing__host_zone")
    note = get_object_or_404(rows, pk=pk, tenant=request.actor.organisation)
    return act_page(
        request,
        note.case,
        ReasonForm(request.POST or None),
        lambda data: services.withdraw_note(note, data["reason"], request.actor),
        title=_("撤回内部讨论"),
        text=_("撤回后正文折叠显示，标明已撤回和原因；内容留存备查，不会抹去。"),
        facts=[{"key": _("内容"), "value": note.text}],
        button=_("撤回"),
        done=_("已撤回。"),
        back=f"{note.case.get_absolute_url()}?tab=discussion",
        inner=True,
        kind="warning",
    )
