"""A plan's page saves itself: what changed goes in, versions, faults and conflicts come back as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.actors import Actor
from accounts.requests import ActorRequest
from applications import editing, plan
from applications.enums import FilingStatus
from applications.models import Filing, PlanField
from applications.plan import Field, Kind, values
from applications.plan_state import opened_on
from applications.views.access import filing_in_work
from workflow.machine import Refused

NAME_FIELD = Field(editing.NAME, "", Kind.TEXT)
RENAMED = "purpose"


def save(request: ActorRequest, pk: UUID, slug: str) -> JsonResponse:
    """Save the fields of a section that the page names in `versions`.

    200: `fields` {name: {version, error}}, `at` as HH:MM. 409: the same with `conflicts` {name: {version, values,
    shown, words}}, or `refused` with reasons; nothing else was saved then.
    """
    base = carrying.versions_in(request.POST.get(carrying.VERSIONS, ""))
    try:
        filing, rows = editing.locked_by_id(pk, request.actor, base.keys()) or (None, None)
        if filing is None:
            filing = editing.locked_for(filing_in_work(request.actor, pk), request.actor, base.keys())
        fields = fields_of(filing, slug)
        names = [name for name in base if name in fields]
        entries = {name: values.keep(fields[name], _typed(request, name)) for name in names}
        return answer(filing, fields, entries, request, base, rows=rows)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)


def save_answer(request: ActorRequest, pk: UUID, remark: UUID) -> JsonResponse:
    """Keep the draft of an answer to a remark; it becomes an answer only when the city says so."""
    name, key = f"{remark}-answer", f"{editing.ANSWER}{remark}"
    base = carrying.versions_in(request.POST.get(carrying.VERSIONS, ""))
    try:
        filing, rows = editing.locked_by_id(pk, request.actor, [key]) or (None, None)
        if filing is None:
            filing = editing.locked(filing_in_work(request.actor, pk), request.actor)
        if filing.status != FilingStatus.RETURNED or not filing.remarks.filter(pk=remark).exists():
            raise Http404
        field = Field(key, "", Kind.LONGTEXT)
        entries = {key: values.keep(field, _typed(request, name))}
        seen = {key: base.get(name, (0, ""))}
        return answer(filing, {key: field}, entries, request, seen, {key: name}, rows)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)


def fields_of(filing: Filing, slug: str) -> dict[str, Field]:
    """The fields that a section's page takes, by key."""
    found = plan.section_of(slug, opened_on(filing), filing.kind)
    if found is None:
        raise Http404
    fields = {field.key: field for field in found.fields}
    return {editing.NAME: NAME_FIELD, **fields} if slug == RENAMED else fields


def answer(
    filing: Filing,
    fields: Mapping[str, Field],
    entries: Mapping[str, Any],
    request: ActorRequest,
    base: carrying.Seen,
    names: Mapping[str, str] | None = None,
    rows: Mapping[str, PlanField] | None = None,
) -> JsonResponse:
    """Save entries in a locked filing and say what became of each; `names` are the page's own names of the keys."""
    faults = {key: fault for key in entries if (fault := fault_of(fields[key], entries[key]))}
    unkept = {key for key in faults if key == editing.NAME}
    sent = {key: value for key, value in entries.items() if key not in unkept}
    named = names or {}
    sent_before = carrying.entries_in(request.POST.get("tried", ""))
    tried = {
        key: values.keep(fields[key], (typed or [""])[0])
        for key in fields
        if (typed := sent_before.get(named.get(key, key))) is not None
    }
    saved = editing.write(filing, sent, request.actor, base, tried, rows)
    shown = {key: {"version": version, "error": faults.get(key, "")} for key, version in saved.versions.items()}
    shown |= {key: {"version": base[key][0], "error": faults[key], "unkept": True} for key in unkept}
    conflicts = {key: conflict(fields[key], row, request.actor) for key, row in saved.conflicts.items()}
    found = {
        "fields": {named.get(key, key): value for key, value in shown.items()},
        "conflicts": {named.get(key, key): value for key, value in conflicts.items()},
        "at": f"{timezone.localtime():%H:%M}",
    }
    return JsonResponse(found, status=409 if conflicts else 200)


def fault_of(field: Field, value: Any) -> str:
    """What is wrong with an entry, in words; empty where nothing is."""
    if field.key == editing.NAME and not isinstance(value, dict):
        if not value:
            return _("请填写拟创建园区的名称。")
        return _("名称最多 %(n)d 字。") % {"n": editing.NAME_LENGTH} if len(value) > editing.NAME_LENGTH else ""
    return values.fault(field, value)


def conflict(field: Field, row: PlanField, actor: Actor) -> dict[str, Any]:
    """What stands in the field now, who wrote it and when, for the choice between the two."""
    stored = editing.value_of(row.value)
    return {
        "version": row.version,
        "values": [values.as_typed(stored)] if stored is not None else [],
        "shown": values.in_words(field, stored) or _("（空）"),
        "words": who_wrote(row, actor),
    }


def who_wrote(row: PlanField, actor: Actor) -> str:
    """Who changed a field meanwhile, and when."""
    at = timezone.localtime(row.changed_at)
    when = f"{at:%H:%M}" if at.date() == timezone.localdate() else f"{at:%m-%d %H:%M}"
    if row.changed_by_id == actor.person.pk:
        return _("您本人在另一个窗口于 %(at)s 改过这一项") % {"at": when}
    return _("%(who)s于 %(at)s 改过这一项") % {"who": row.changed_by.name, "at": when}


def _typed(request: ActorRequest, name: str) -> str:
    return str(request.POST.get(name, ""))
