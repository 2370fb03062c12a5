"""The titles of cities and counties, for 省科技厅: who holds which today, and how one is proposed and recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import only
from accounts.models import Division
from accounts.requests import ActorRequest
from registry import services, titles, words_titles
from registry.enums import TitleProposalStatus
from registry.forms_title import AmendForm, TitleForm
from registry.models import TitleProposal
from registry.services.titles import is_keeper, unusual
from registry.transitions_titles import proposals
from workflow import instants, ledger
from workflow.machine import Refused

OPEN = (TitleProposalStatus.PROPOSED, TitleProposalStatus.RETURNED)


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead)
def title_list(request: ActorRequest) -> HttpResponse:
    """Every place that holds a title today, what waits to be recorded, the counts, and the form of a handler."""
    form = TitleForm(request.POST or None) if is_keeper(request.actor) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            place = Division.objects.get(pk=form.cleaned_data["place"])
            try:
                row = services.propose_title(place, form.cleaned_data["title"], actor=request.actor, **form.fact)
            except Refused as refused:
                form.add_error(None, refused.reasons)
            else:
                messages.success(request, _("已提请登记，由审核人或签发人对照依据核对后登记并公布。"))
                return redirect(row)
    today = instants.today()
    standing = titles.standing_on(today)
    waiting = TitleProposal.objects.filter(status__in=OPEN).select_related("division", "proposed_by")
    context: dict[str, Any] = {
        "form": form,
        "rows": words_titles.standing_rows(standing),
        "counts": words_titles.counts(titles.tally(standing)),
        "waiting": [words_titles.proposal(row) for row in waiting],
        "today": today,
    }
    return render(request, "registry/titles.html", context, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead)
def title_proposal(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What would be recorded beside what speaks against it: compared by another person, or changed by a handler."""
    rows = TitleProposal.objects.select_related("division", "tenant", "proposed_by", "decided_by")
    row = get_object_or_404(rows, pk=pk)
    opened = [arrow.name for arrow, _reasons in proposals.open_to(row, request.actor)]
    act = request.POST.get("act", "")
    if request.method == "POST" and act not in opened:
        raise Http404
    form = AmendForm(request.POST if act == "amend" else None, proposal=row) if "amend" in opened else None
    reasons: list[str] = []
    if request.method == "POST" and (form is None or act != "amend" or form.is_valid()):
        try:
            messages.success(request, _act(request, row, act, form))
            return redirect("registry:titles")
        except Refused as refused:
            reasons = refused.reasons
    wrong = bool(reasons or (form and form.errors))
    context = {
        "row": row,
        "told": words_titles.proposal(row),
        "doubts": unusual(row.division, row.title, held=row.held, since=row.since),
        "opened": opened,
        "form": form,
        "reason": request.POST.get("reason", ""),
        "errors": [{"text": reason} for reason in reasons],
        "events": words_titles.course(ledger.history(row.dossier)),
    }
    return render(request, "registry/title_proposal.html", context, status=422 if wrong else 200)


def _act(request: ActorRequest, row: TitleProposal, act: str, form: AmendForm | None) -> str:
    if act == "confirm":
        services.confirm_title(row, request.actor)
        return _("称号已登记并公布。")
    if act == "give_back":
        services.give_back_title(row, request.POST.get("reason", ""), request.actor)
        return _("已退回经办人。")
    if act == "amend" and form is not None:
        services.amend_title(row, request.actor, **form.fact)
        return _("已再次提请登记。")
    services.drop_title(row, request.actor)
    return _("不再登记，已办结。")
