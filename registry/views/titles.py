"""The titles of cities and counties, for 省科技厅: who holds which today, and the form by which one is recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import only
from accounts.models import Division
from accounts.requests import ActorRequest
from registry import titles, words_titles
from registry.forms_title import TitleForm
from registry.services import record_title
from registry.services.titles import is_keeper, unusual
from workflow import instants
from workflow.machine import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead)
def title_list(request: ActorRequest) -> HttpResponse:
    """Every place that holds a title today, how many of each there are against the targets, and the form."""
    keeper = is_keeper(request.actor)
    form = TitleForm(request.POST or None) if keeper else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and not _unexplained(form):
            try:
                _record(request, form)
            except Refused as refused:
                form.add_error(None, refused.reasons)
            else:
                messages.success(request, _("称号已登记。"))
                return redirect("registry:titles")
    today = instants.today()
    standing = titles.standing_on(today)
    context: dict[str, Any] = {
        "form": form,
        "rows": words_titles.standing_rows(standing),
        "counts": words_titles.counts(titles.tally(standing)),
        "today": today,
    }
    return render(request, "registry/titles.html", context, status=422 if form and form.errors else 200)


def _unexplained(form: TitleForm) -> bool:
    """Whether something unusual is to be recorded without a word why; the form then says what it is."""
    told = form.cleaned_data
    place = Division.objects.get(pk=told["place"])
    reasons = unusual(place, told["title"], held=form.is_held, since=told["since"])
    if not reasons or told["note"].strip():
        return False
    ask = _("请核对；确属如此的，在“说明”中写明缘由后再登记。登记后即时公布，不能修改。")
    form.add_error("note", [*reasons, ask])
    return True


def _record(request: ActorRequest, form: TitleForm) -> None:
    told = form.cleaned_data
    place = Division.objects.get(pk=told["place"])
    record_title(
        place, told["title"], held=form.is_held, since=told["since"], citation=told["citation"], actor=request.actor,
        note=told["note"],
    )  # fmt: skip
