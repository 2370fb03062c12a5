"""The pages of the plan: one theme each, the guide beside it, everything typed kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.requests import ActorRequest
from applications import delegating, editing
from applications.clauses_of import clauses_of
from applications.editing import NAME
from applications.forms import PlanForm
from applications.kinds import kind_of
from applications.models import Delegation, Filing, PlanField
from applications.plan import FIGURES, Section, figure_key, values
from applications.plan_state import Plan
from applications.selfcheck import page_of
from applications.views import autosave, carry
from applications.views import delegating as delegation_pages
from applications.views.access import filing_in_work
from policy import figures
from policy.clauses import Clause
from workflow.machine import Refused

OWN_PAGE = {"boundary", "figures"}
KEEP = "keep."


@carry.survives_sign_out
def section(request: ActorRequest, pk: UUID, slug: str) -> HttpResponse:
    """One section of the plan: shown, or saved whatever is typed."""
    if request.method == "POST" and carry.is_autosave(request):
        return autosave.save(request, pk, slug)
    filing = filing_in_work(request.actor, pk)
    if slug in OWN_PAGE:
        return redirect(page_of(filing, slug))
    return section_page(request, filing, slug, "applications/section.html")


@carry.survives_sign_out
def figures_page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The grid of three years of base figures."""
    if request.method == "POST" and carry.is_autosave(request):
        return autosave.save(request, pk, "figures")
    filing = filing_in_work(request.actor, pk)
    return section_page(request, filing, "figures", "applications/figures.html")


def section_page(
    request: ActorRequest, filing: Filing, slug: str, template: str, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show or save a section with the given template; `more` is further context."""
    if request.method != "POST":
        return show_section(request, filing, slug, template, more)
    if carry.is_autosave(request):
        return autosave.save(request, filing.pk, slug)
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
        form = PlanForm(_asked(filing, found, request.actor), typed)
        context |= {"form": form, **_shown(request, seen), "carried": True}
    return _render(request, template, context | dict(more or {}), status)


def _section(state: Plan, slug: str) -> Section:
    found = next((one for one in state.sections if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _asked(filing: Filing, found: Section, actor: Actor) -> Section:
    """The section with what its page asks besides: the owner's people name the park on the first one."""
    if found.slug != autosave.RENAMED or actor.organisation.pk != filing.tenant_id:
        return found
    name = replace(autosave.NAME_FIELD, label=_("拟创建园区名称"))
    return replace(found, fields=(name, *found.fields))


def _save(
    request: ActorRequest, filing: Filing, state: Plan, found: Section, template: str, more: Mapping[str, Any]
) -> HttpResponse:
    asked = _asked(filing, found, request.actor)
    typed = {key: request.POST.get(key, "") for key in asked.keys}
    entries = _entries(request, filing, state, asked, typed)
    fault = autosave.fault_of(autosave.NAME_FIELD, entries[editing.NAME]) if editing.NAME in entries else ""
    if fault:
        del entries[editing.NAME]
    try:
        saved = editing.save_fields(filing, entries, request.actor, carry.shown(request))
    except Refused as refused:
        context = _context(request, filing, state, found) | dict(more)
        context |= {"form": PlanForm(asked, typed), "refusals": [{"text": reason} for reason in refused.reasons]}
        return _render(request, template, context, status=409)
    if saved.conflicts or fault:
        context = _context(request, filing, Plan.of(filing), found) | dict(more)
        form = _conflicting(PlanForm(asked, typed), saved.conflicts, request.actor)
        if fault:
            form.add_error(editing.NAME, fault)
        return _render(request, template, context | {"form": form, "conflict": True}, status=409)
    carry.drop(request)
    return _onward(request, filing, state, found, entries)


def _entries(
    request: ActorRequest, filing: Filing, state: Plan, asked: Section, typed: Mapping[str, str]
) -> dict[str, Any]:
    """What is to be kept: all that the page has, or what its script says was changed and not saved yet."""
    touched = carry.touched(request)
    entries = {
        field.key: values.keep(field, typed[field.key])
        for field in asked.fields
        if (touched is None or field.key in touched) and request.POST.get(KEEP + field.key) != "theirs"
        if field.key != NAME or NAME in request.POST
    }
    if NAME not in state.rows and entries.get(NAME) == filing.park_name:
        del entries[NAME]
    return entries


def _conflicting(form: PlanForm, conflicts: Mapping[str, PlanField], actor: Actor) -> PlanForm:
    """Both values where another hand changed the same field: what is typed stays in the box, unsaved."""
    for key, row in conflicts.items():
        entry = form.fields[key]
        entry.conflict = autosave.conflict(entry.plan_field, row, actor)  # type: ignore[attr-defined]
        form.add_error(
            key,
            _("%(words)s。您的内容还在框里、尚未保存，请选择保留哪一个。") % {"words": entry.conflict["words"]},  # type: ignore[attr-defined]
        )
    return form


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
    refusals = editing.obstacles(filing, request.actor, found.keys)
    asked = _asked(filing, found, request.actor)
    stored = {key: values.as_typed(state.stored(key)) for key in asked.keys}
    seen = editing.seen({key: state.rows[key] for key in asked.keys if key in state.rows})
    if NAME in stored:
        stored[NAME] = filing.park_name
        seen.setdefault(NAME, (0, editing.fingerprint(filing.park_name)))
    before, after = _neighbours(filing, state, found)
    return {
        "filing": filing,
        "section": found,
        "form": PlanForm(asked, stored, disabled=bool(refusals)),
        **_shown(request, seen),
        "editable": not refusals,
        "why_locked": refusals,
        "quotes": _quotes(filing, found),
        "last": state.last_change(found),
        "before": before,
        "after": after,
        "state": state,
        **_delegation(request, filing, state, found),
    }


def _delegation(request: ActorRequest, filing: Filing, state: Plan, found: Section) -> dict[str, Any]:
    """In whose hands the section is, if it was given to somebody."""
    row = delegating.of_section(filing, found.slug)
    if row is None:
        return {"delegation": None, "delegation_line": None}
    changes = {key: (one.changed_by_id, one.changed_at) for key, one in state.rows.items()}
    begun = row.pk in delegating.begun([row], changes)
    return {"delegation": row, "delegation_line": delegation_pages.line(row, request, found.title, begun)}


def _shown(request: ActorRequest, seen: carry.Seen) -> dict[str, str]:
    """The seal of the page, and the versions that its script follows."""
    return {"seal": carry.seal(request, seen), "versions": json.dumps({key: at for key, (at, _mark) in seen.items()})}


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


def _quotes(filing: Filing, found: Section) -> list[Clause]:
    known = {clause.id: clause for clause in clauses_of(kind_of(filing).clause_set)}
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


def tasks(state: Plan, filing: Filing, out: Mapping[str, Delegation]) -> list[dict[str, Any]]:
    """The sections by heading: state, who changed them last, and in whose hands they are, for the task list."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in state.sections:
        last = state.last_change(one)
        hint = _("可不填") if one.optional and not last else ""
        if last:
            at = f"{timezone.localtime(last.changed_at):%m-%d %H:%M}"
            hint = _("%(who)s %(at)s 保存") % {"who": last.changed_by.name, "at": at}
        groups.setdefault(str(one.group), []).append(
            {
                "title": one.title,
                "href": page_of(filing, one.slug),
                "state": state.state(one),
                "hint": hint,
                "who": _in_hands_of(out[one.slug]) if one.slug in out else "",
            }
        )
    return [{"title": title, "items": items} for title, items in groups.items()]


def _in_hands_of(row: Delegation) -> str:
    """Who writes a section, how far it is, and until when."""
    words = {"who": row.holder, "state": row.get_status_display(), "day": row.due_on and date_format(row.due_on)}
    return (_("%(who)s（%(state)s，%(day)s前）") if row.due_on else _("%(who)s（%(state)s）")) % words
