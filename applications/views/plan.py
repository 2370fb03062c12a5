"""The pages of the plan: one theme each, the guide beside it, everything typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.requests import ActorRequest
from applications import editing
from applications.forms import PlanForm
from applications.models import Filing, PlanField
from applications.plan import FIGURES, Section, figure_key, values
from applications.plan_state import Plan
from applications.selfcheck import page_of
from applications.views import carry
from applications.views.access import filing_in_work
from policy import clauses, figures
from policy.clauses import Clause
from workflow.machine import Refused

OWN_PAGE = {"boundary", "figures"}
RENAMED = "purpose"


@carry.survives_sign_out
def section(request: ActorRequest, pk: UUID, slug: str) -> HttpResponse:
    """One section of the plan: shown, or saved whatever is typed."""
    filing = filing_in_work(request.actor, pk)
    if slug in OWN_PAGE:
        return redirect(page_of(filing, slug))
    return section_page(request, filing, slug, "applications/section.html")


@carry.survives_sign_out
def figures_page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The grid of three years of base figures."""
    filing = filing_in_work(request.actor, pk)
    return section_page(request, filing, "figures", "applications/figures.html")


def section_page(
    request: ActorRequest, filing: Filing, slug: str, template: str, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show or save a section with the given template; `more` is further context."""
    if request.method != "POST":
        return show_section(request, filing, slug, template, more)
    state = Plan.of(filing)
    return _save(request, filing, state, _section(state, slug), template, more or {})


def show_section(
    request: ActorRequest,
    filing: Filing,
    slug: str,
    template: str,
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A section as stored, or with what its reader had typed when the session ended."""
    state = Plan.of(filing)
    found = _section(state, slug)
    kept = carry.carried(request)
    context = _context(request, filing, state, found)
    if kept:
        typed, seen = kept
        context |= {"form": PlanForm(found, typed), "seal": carry.seal(request, seen), "carried": True}
        context["park_name"] = typed.get("park_name", filing.park_name)
    return _render(request, template, context | dict(more or {}), status)


def _section(state: Plan, slug: str) -> Section:
    found = next((one for one in state.sections if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _save(
    request: ActorRequest, filing: Filing, state: Plan, found: Section, template: str, more: Mapping[str, Any]
) -> HttpResponse:
    typed = {key: request.POST.get(key, "") for key in found.keys}
    entries = {field.key: values.keep(field, typed[field.key]) for field in found.fields}
    try:
        saved = editing.save_fields(filing, entries, request.actor, request.page_seal.seen)  # type: ignore[attr-defined]
        if found.slug == RENAMED and request.POST.get("park_name", filing.park_name) != filing.park_name:
            editing.rename(filing, request.POST["park_name"], request.actor)
    except Refused as refused:
        if carry.is_autosave(request):
            return HttpResponse(status=409)
        context = _context(request, filing, state, found) | dict(more)
        context |= {"form": PlanForm(found, typed), "refusals": [{"text": reason} for reason in refused.reasons]}
        context["park_name"] = request.POST.get("park_name", filing.park_name)
        return _render(request, template, context, status=409)
    if carry.is_autosave(request):
        return HttpResponse(status=409 if saved.conflicts else 204)
    if saved.conflicts:
        return _conflict(request, filing, found, typed, saved.conflicts, template, more)
    carry.drop(request)
    return _onward(request, filing, state, found, entries)


def _conflict(
    request: ActorRequest,
    filing: Filing,
    found: Section,
    typed: Mapping[str, str],
    conflicts: Mapping[str, PlanField],
    template: str,
    more: Mapping[str, Any],
) -> HttpResponse:
    """Show both values where a colleague changed the same field: what is typed stays in the box, unsaved."""
    context = _context(request, filing, Plan.of(filing), found) | dict(more)
    form = PlanForm(found, typed)
    for key, row in conflicts.items():
        form.add_error(
            key,
            _("%(who)s在 %(at)s 已改为“%(value)s”。您的内容还在框里、尚未保存；再次保存将以您的内容为准。")
            % {
                "who": row.changed_by.name,
                "at": f"{timezone.localtime(row.changed_at):%H:%M}",
                "value": values.as_typed(editing.value_of(row.value)),
            },
        )
    return _render(request, template, context | {"form": form, "conflict": True}, status=409)


def _onward(
    request: ActorRequest, filing: Filing, state: Plan, found: Section, entries: Mapping[str, Any]
) -> HttpResponse:
    if any(values.is_raw(value) for value in entries.values()):
        return redirect(page_of(filing, found.slug))
    if request.POST.get("go") == "next" and (following := _neighbours(filing, state, found)[1]):
        return redirect(following["href"])
    if request.POST.get("go") == "list":
        return redirect(filing)
    messages.success(request, _("已保存。"))
    return redirect(page_of(filing, found.slug))


def _context(request: ActorRequest, filing: Filing, state: Plan, found: Section) -> dict[str, Any]:
    refusals = editing.obstacles(filing, request.actor)
    stored = {key: values.as_typed(state.stored(key)) for key in found.keys}
    before, after = _neighbours(filing, state, found)
    return {
        "filing": filing,
        "section": found,
        "park_name": filing.park_name,
        "form": PlanForm(found, stored, disabled=bool(refusals)),
        "seal": carry.seal(request, editing.seen({key: state.rows[key] for key in found.keys if key in state.rows})),
        "editable": not refusals,
        "why_locked": refusals,
        "quotes": _quotes(found),
        "last": state.last_change(found),
        "before": before,
        "after": after,
        "state": state,
    }


def _render(request: ActorRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if context["section"].slug == "figures":
        context["grid"] = _grid(context["form"], context["state"])
    return render(request, template, context, status=status)


def _grid(form: PlanForm, state: Plan) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": figures.catalogue()[code].label,
            "unit": figures.catalogue()[code].unit,
            "required": any(form.fields[figure_key(code, year)].required for year in state.years),
            "cells": [(year, form[figure_key(code, year)]) for year in state.years],
        }
        for code in FIGURES
    ]


def _quotes(found: Section) -> list[Clause]:
    known = {clause.id: clause for clause in clauses.load("park-creation").clauses}
    return [known[code] for code in found.clauses]


def _neighbours(filing: Filing, state: Plan, found: Section) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The pages before and after in the order of the task list."""
    order = [one.slug for one in state.sections]
    place = order.index(found.slug)

    def page(index: int) -> dict[str, Any] | None:
        if not 0 <= index < len(order):
            return None
        return {"text": state.sections[index].title, "href": page_of(filing, order[index])}

    return page(place - 1), page(place + 1)


def tasks(filing: Filing, state: Plan, actor: Actor) -> list[dict[str, Any]]:
    """The sections by heading, with state and who changed them last, for the task list."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in state.sections:
        last = state.last_change(one)
        hint = _("可不填") if one.optional and not last else ""
        if last:
            at = f"{timezone.localtime(last.changed_at):%m-%d %H:%M}"
            hint = _("%(who)s %(at)s 保存") % {"who": last.changed_by.name, "at": at}
        groups.setdefault(str(one.group), []).append(
            {"title": one.title, "href": page_of(filing, one.slug), "state": state.state(one), "hint": hint}
        )
    return [{"title": title, "items": items} for title, items in groups.items()]
