"""The page of one act on a case: what it does, its fields, one button; refused acts say why and keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.actors import Actor
from accounts.requests import ActorRequest
from reviews.models import Case
from workflow.machine import Refused

Facts = list[dict[str, Any]]


def reviews_cases(actor: Actor) -> bool:
    """省科技厅, 省政府办公厅, a department or an expert."""
    return actor.is_lead or actor.is_government or actor.is_department or actor.is_expert


def discusses(actor: Actor) -> bool:
    """Whoever takes part in the inner discussion of cases: not the government office."""
    return actor.is_lead or actor.is_department or actor.is_expert


def is_lead(actor: Actor) -> bool:
    """省科技厅."""
    return actor.is_lead


def the_case(pk: UUID) -> Case:
    """A case as far as the scope lets one see it; 404 where it does not."""
    rows = Case.objects.select_related("filing__tenant", "filing__host_zone", "version")
    return get_object_or_404(rows, pk=pk)


def act_page(
    request: ActorRequest,
    case: Case,
    form: forms.Form,
    perform: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    button: str,
    done: str,
    back: str,
    text: str = "",
    facts: Facts | None = None,
    inner: bool = False,
    kind: str = "",
) -> HttpResponse:
    """GET shows the act, POST performs it with the form's data and goes back; `kind` is the button's."""
    errors: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            perform(form.cleaned_data)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "case": case,
        "filing": case.filing,
        "form": form,
        "errors": errors,
        "title": title,
        "button": button,
        "back": back,
        "text": text,
        "facts": facts or [],
        "inner": inner,
        "kind": kind,
    }
    return render(request, "reviews/act.html", context, status=422 if errors or form.errors else 200)
