"""The table of the minutes saves itself, value by value; two windows never overwrite each other unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse, QueryDict
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.requests import ActorRequest
from notifications import cells, signoff
from notifications.cells import Cells
from notifications.models import Draft
from notifications.views import draft_cells
from reviews.enums_publicity import Treatment
from reviews.models import Case
from reviews.services import adoption as table
from workflow.machine import Refused

LONGEST = 500
TREATMENT, REASON = "-treatment", "-reason"


def cells_in(case: Case, fields: Mapping[str, Any]) -> Cells:
    """Every value of the table by its name on the page."""
    found: Cells = {}
    for row in table.treated(case, fields):
        found[row.point.key + TREATMENT], found[row.point.key + REASON] = row.treatment, row.reason
    return found


def _value(data: QueryDict, name: str) -> str:
    value = str(data.get(name, "")).replace("\r\n", "\n").strip()
    if name.endswith(TREATMENT):
        return value if value in Treatment.values else ""
    return value[:LONGEST]


def with_cells(fields: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's fields with these values in its table."""
    rows = {key: dict(row) for key, row in (fields.get(table.FIELD) or {}).items()}
    for name, value in values.items():
        key, _dash, column = name.rpartition("-")
        rows.setdefault(key, {})[column] = value
    return {**fields, table.FIELD: rows}


def _write(
    request: ActorRequest, draft: Draft, case: Case, names: list[str], *, by_itself: bool
) -> tuple[Cells, Cells]:
    locked = Draft.objects.select_for_update(no_key=True, of=("self",)).get(pk=draft.pk)
    stored = cells_in(case, locked.fields)
    typed = {name: _value(request.POST, name) for name in names if name in stored}
    kept, conflicts = cells.sort(stored, typed, _marks(request), by_itself=by_itself)
    signoff.save_fields(draft, with_cells(locked.fields, kept), request.actor)
    return kept, conflicts


def _marks(request: ActorRequest) -> dict[str, str]:
    return carrying.marks_in(request.POST.get(carrying.VERSIONS, ""))


def save(request: ActorRequest, draft: Draft, case: Case) -> JsonResponse:
    """Keep the values that the page names in `versions`; a page of others keeps nothing and says so."""
    try:
        kept, conflicts = _write(request, draft, case, list(_marks(request)), by_itself=True)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)
    return draft_cells.answer(kept, conflicts, {}, _in_words, _by(draft))


def keep(request: ActorRequest, draft: Draft, case: Case) -> Cells:
    """Keep the whole page; what others wrote where something else was typed here. Raises Refused."""
    return _write(request, draft, case, list(cells_in(case, draft.fields)), by_itself=False)[1]


def as_typed(data: QueryDict, case: Case, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The draft's fields with what stands on the page that was sent, kept or not."""
    return with_cells(fields, {name: _value(data, name) for name in cells_in(case, fields)})


def told(draft: Draft, case: Case, conflicts: Mapping[str, Any]) -> list[dict[str, str]]:
    """The conflicts of a page that was sent whole: where, what stands there now, when it was written, what to do."""
    words = _("第 %(n)d 条：%(by)s，现为“%(value)s”。您填写的留在页面上，再保存一次即以您填写的为准。")
    numbers = {row.point.key: number for number, row in enumerate(table.treated(case, draft.fields), start=1)}
    return [
        {
            "text": words % {"n": number, "by": _by(draft), "value": _in_words(name, value) or _("（空）")},
            "href": f"#point-{number}",
        }
        for name, value in conflicts.items()
        if (number := numbers[name.rpartition("-")[0]])
    ]


def shown(request: ActorRequest, draft: Draft, case: Case) -> dict[str, Any]:
    """What the page needs to save itself: the marks of all that it shows, and its seal."""
    marks = cells.marks(cells_in(case, draft.fields))
    kept = carrying.carried(request) if request.method != "POST" else None
    if kept:
        marks |= carrying.marks_in(kept[0].get(carrying.VERSIONS, ""))
    return {"seal": carrying.seal(request), "versions": json.dumps(marks), "carried": bool(kept)}


def _in_words(name: str, value: Any) -> str:
    return str(Treatment(value).label) if value and name.endswith(TREATMENT) else str(value)


def _by(draft: Draft) -> str:
    return _("同事或您本人在另一个窗口改过这一项（文稿最近保存于 %(at)s）") % {"at": draft_cells.changed_at(draft)}
