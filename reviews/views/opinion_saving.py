"""A department's opinion saves itself, value by value; two windows never overwrite each other unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.requests import ActorRequest
from notifications.cells import Cells, marks
from notifications.models import Draft
from notifications.views import draft_cells, draft_fields
from reviews.forms_departments import Choices, ConditionForm, RemarkRowForm
from reviews.models import Opinion
from reviews.opinion_fields import CELL, HEAD, ROWS, cells_in, is_cell
from reviews.papers import OpinionForm
from reviews.services.opinions import keep_cells
from workflow.machine import Refused

FORMS: dict[str, Any] = {"conditions": ConditionForm, "remarks": RemarkRowForm}
TICKS = {"mandatory", "remove"}


def _value(request: ActorRequest, name: str) -> Any:
    found = CELL.fullmatch(name)
    if found and found[3] in TICKS:
        return name in request.POST
    return request.POST.get(name, "").replace("\r\n", "\n")


def save(request: ActorRequest, found: Opinion, targets: Choices) -> JsonResponse:
    """Keep the values that the page names in `versions`, right or wrong; what is wrong with them is said."""
    shown = {name: mark for name, mark in _marks(request).items() if is_cell(name)}
    typed = {name: _value(request, name) for name in shown}
    try:
        draft, kept, conflicts = keep_cells(found, typed, shown, request.actor, by_itself=True)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)
    stored = cells_in(draft.fields, typed)
    faults = {name: _fault(name, stored, targets) for name in kept}

    def in_words(name: str, value: Any) -> str:
        return _in_words(name, value, targets)

    return draft_cells.answer(kept, conflicts, faults, in_words, who_wrote(found, draft))


def keep(request: ActorRequest, found: Opinion) -> tuple[Draft, Cells]:
    """Keep the whole page; the draft, and what others wrote where something else was typed here. Raises Refused."""
    ticks = {f"{m[1]}-{m[2]}-{tick}" for m in map(CELL.fullmatch, request.POST) if m for tick in _ticks_of(m[1])}
    names = {name for name in request.POST if is_cell(name)} | set(HEAD) | ticks
    typed = {name: _value(request, name) for name in sorted(names)}
    draft, _kept, conflicts = keep_cells(found, typed, _marks(request), request.actor, by_itself=False)
    return draft, conflicts


def _ticks_of(rows: str) -> set[str]:
    return TICKS if rows == "conditions" else {"remove"}


def _marks(request: ActorRequest) -> dict[str, str]:
    return carrying.marks_in(request.POST.get(carrying.VERSIONS, ""))


def told(found: Opinion, draft: Draft, conflicts: Cells, shown: Mapping[str, Any]) -> list[dict[str, str]]:
    """The conflicts of a page that was sent whole: where, what stands there now, who wrote it, and what to do."""
    by = who_wrote(found, draft)
    fields = {one.html_name: one for form in _all(shown) for one in form}
    words = _("%(field)s：%(by)s，现为“%(value)s”。您填写的留在页面上，再保存一次即以您填写的为准。")
    return [
        {
            "text": words % {"field": fields[name].label, "by": by, "value": _said(fields[name].field, value)},
            "href": f"#{fields[name].auto_id}",
        }
        for name, value in conflicts.items()
        if name in fields
    ]


def _said(field: forms.Field, value: Any) -> str:
    """A stored value as people read it; a day may be stored as it was typed."""
    return str(value) if isinstance(field, forms.DateField) else draft_fields.value_in_words(field, value)


def shown(request: ActorRequest, draft: Draft | None, forms_: Mapping[str, Any]) -> dict[str, Any]:
    """What the page needs to save itself: the marks of all that it shows, and its seal."""
    names = [one.html_name for form in _all(forms_) for one in form]
    cells = cells_in(draft.fields if draft else {}, names)
    shown_now = marks({name: cells[name] for name in names})
    kept = carrying.carried(request) if request.method != "POST" else None
    if kept:
        shown_now |= carrying.marks_in(kept[0].get(carrying.VERSIONS, ""))
    return {"seal": carrying.seal(request), "versions": json.dumps(shown_now), "carried": bool(kept)}


def who_wrote(found: Opinion, draft: Draft) -> str:
    """Who wrote in the draft last, and when."""
    last = found.drafts.select_related("person").order_by("-serial").first()
    at = f"{timezone.localtime(draft.changed_at):%m-%d %H:%M}"
    return _("%(who)s于 %(at)s 改过这一项") % {"who": last.person.name if last else _("同事"), "at": at}


def _all(forms_: Mapping[str, Any]) -> list[forms.Form]:
    return [forms_["form"], *forms_["conditions"], *forms_["remarks"]]


def _form_of(name: str, stored: Mapping[str, Any], targets: Choices) -> tuple[forms.Form, str]:
    """The form in which a value stands, filled with what is stored, and the name of its field there."""
    found = CELL.fullmatch(name)
    if not found:
        return OpinionForm({key: stored[key] for key in HEAD}), name
    prefix = f"{found[1]}-{found[2]}"
    columns = (*ROWS[found[1]], "remove")
    data = {f"{prefix}-{one}": value for one in columns if (value := stored.get(f"{prefix}-{one}"))}
    return FORMS[found[1]](data, prefix=prefix, targets=targets), found[3]


def _fault(name: str, stored: Mapping[str, Any], targets: Choices) -> str:
    form, field = _form_of(name, stored, targets)
    return "".join(str(error) for error in form.errors.get(field, []))


def _in_words(name: str, value: Any, targets: Choices) -> str:
    form, field = _form_of(name, {**dict.fromkeys(HEAD, ""), name: value}, targets)
    return _said(form.fields[field], value)
