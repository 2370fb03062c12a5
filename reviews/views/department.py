"""Pages of a department: its opinion beside the plan that it judges."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import dossier
from applications.comparing import Group, compare
from applications.display import label_of, plan_sections
from notifications import signoff
from notifications.models import Draft
from reviews import casepage, shown_publicity
from reviews.forms_departments import ConditionForm, RemarkRowForm, Rows
from reviews.models import Opinion
from reviews.opinion_fields import rows_in
from reviews.papers import OpinionForm
from reviews.papers.opinion import opinion_missing
from reviews.services import change_parts
from reviews.views import opinion_saving
from workflow.machine import Refused
from workflow.models import Event


@only(lambda actor: actor.is_department)
def opinion_draft(request: ActorRequest, pk: UUID) -> HttpResponse:
    """From the draft of the letter to the page on which its rows are written."""
    draft = get_object_or_404(Draft, pk=pk, kind="opinion", tenant=request.actor.organisation)
    return redirect("reviews:opinion", pk=draft.subject_id)


@carrying.survives_where_sealed
@only(lambda actor: actor.is_department)
def opinion(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The department's opinion: the plan stays in view while the handler writes; what is typed is always kept."""
    cases = ("case__filing__tenant", "case__filing__host_zone", "case__version", "tenant", "version", "previous")
    rows = Opinion.every.select_related(*cases, "previous__version")
    found = get_object_or_404(rows, pk=pk, tenant=request.actor.organisation)
    draft = signoff.open_draft_of("opinion", found, request.actor.organisation.pk)
    if request.method == "POST" and carrying.is_autosave(request):
        return opinion_saving.save(request, found, _targets(found))
    forms = _forms(request, found, draft)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            draft, conflicts = opinion_saving.keep(request, found)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            carrying.drop(request)
            errors = opinion_saving.told(found, draft, conflicts, forms) or _problems(forms, draft)
            if not errors or ("more" in request.POST and not conflicts):
                messages.success(request, _("意见已保存。"))
                return redirect(draft) if "finish" in request.POST else redirect("reviews:opinion", pk=found.pk)
    context = _context(request, found, draft)
    saving = opinion_saving.shown(request, draft, forms)
    return render(request, "reviews/opinion.html", {**context, **forms, **saving, "errors": errors})


def _forms(request: ActorRequest, found: Opinion, draft: Draft | None) -> dict[str, Any]:
    fields, targets = draft.fields if draft else {}, _targets(found)
    whose = f"{request.actor.person.pk}:{found.pk}"
    data: QueryDict | None = request.POST if request.method == "POST" else None
    if data is None and carrying.carried(request):
        data = carrying.carried_data(request)
    return {
        "form": OpinionForm(data, initial=fields),
        "conditions": Rows("conditions", ConditionForm, rows_in(fields, "conditions"), data, targets, whose),
        "remarks": Rows("remarks", RemarkRowForm, rows_in(fields, "remarks"), data, targets, whose),
    }


def _targets(found: Opinion) -> list[tuple[str, str]]:
    return casepage.targets_of((found.version or found.case.version).content)


def _problems(forms: dict[str, Any], draft: Draft) -> list[dict[str, str]]:
    """What is wrong on the page, each with its place; then what stands against sending the draft."""
    found = [
        {"text": error, "href": f"#{forms['form'][name].auto_id}"}
        for name, errors in forms["form"].errors.items()
        for error in errors
    ]
    found += forms["conditions"].problems(_("条件")) + forms["remarks"].problems(_("栏目意见"))
    return found or [{"text": reason} for reason in opinion_missing(draft)]


def _context(request: ActorRequest, found: Opinion, draft: Draft | None) -> dict[str, Any]:
    actor, case, version = request.actor, found.case, found.version or found.case.version
    open_ = found.status in {"requested", "lapsed"} and case.status == "reviewing"
    return {
        "opinion": found,
        "case": case,
        "filing": case.filing,
        "content": version.content,
        "sections": plan_sections(version.content),
        "stage": {"kind": "progress", "text": case.get_status_display()},
        "tag": casepage.tag_of(found),
        "changed": _changed(found),
        "changed_parts": _changed_parts(found),
        "asked": [label_of(section) for section in found.sections],
        "said": found.condition_rows.order_by("number"),
        "said_of_sections": [(label_of(row.section), row.text) for row in found.section_remarks.all()],
        "history": _history(found, request),
        "states": _states(found),
        "adoptions": shown_publicity.adoptions(found) if found.status == "signed" else [],
        "steps": dossier.stages(case.filing, case.status),
        "clock": dossier.clock_on(found) if open_ else None,
        "draft": draft,
        "editable": open_ and actor.is_handler and (not draft or draft.status == "drafting"),
    }


def _changed(found: Opinion) -> list[Group]:
    """What the plan says differently since the department judged it, in the sections that it is asked about."""
    older = found.previous.version if found.previous else None
    if older is None or found.version is None or older.pk == found.version_id:
        return []
    groups = compare(older.content, found.version.content).groups
    return [group for group in groups if f"section:{group.slug}" in found.sections]


def _changed_parts(found: Opinion) -> dict[str, Any] | None:
    """The base figures, boundary and materials that differ, where the department is asked about such a change."""
    older = found.previous.version if found.previous else None
    if older is None or found.version is None or older.pk == found.version_id:
        return None
    return change_parts.shown(change_parts.compared(older.content, found.version.content))


def _states(found: Opinion) -> list[dict[str, Any]]:
    """The saved states of the draft, newest first: who wrote what when, and how it differs from the one before."""
    rows = list(found.drafts.select_related("person").order_by("serial"))
    shown, before = [], {"stance": "", "reasons": "", "conditions": [], "remarks": []}
    words = {
        "stance": _("意见"),
        "reasons": _("理由"),
        "conditions": _("条件"),
        "remarks": _("栏目意见"),
    }
    for row in rows:
        changed = [label for name, label in words.items() if row.fields.get(name) != before.get(name)]
        shown.append({"row": row, "changed": changed})
        before = row.fields
    return shown[::-1]


def _history(found: Opinion, request: ActorRequest) -> list[dict[str, Any]]:
    """What happened to this department's drafts of the opinion, newest first."""
    drafts = Draft.objects.filter(kind="opinion", subject_id=found.pk, tenant=request.actor.organisation)
    events = Event.objects.filter(subject_type="notifications.draft", subject_id__in=drafts.values("pk"))
    return [dossier.entry(event, {}) for event in events.order_by("-serial")]
