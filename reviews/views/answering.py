"""Answers of the city that are not given yet: they save themselves beside the plan, and survive a lost session."""

from __future__ import annotations

import json
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.actors import Actor
from accounts.requests import ActorRequest
from applications import editing
from applications.models import Filing, PlanField
from applications.plan import Field, Kind, values
from applications.views import autosave
from reviews.forms_departments import AnswerForm
from reviews.models import Question, Requirement

Asked = Question | Requirement
NAME = "answer"


def _key(asked: Asked) -> str:
    return f"{editing.ANSWER}{asked.pk}"


def _kept(asked: Asked) -> PlanField | None:
    return PlanField.objects.filter(filing_id=asked.case.filing_id, key=_key(asked)).first()


def _is_open(asked: Asked) -> bool:
    return asked.is_open if isinstance(asked, Question) else asked.status == "open"


def may_write(asked: Asked, actor: Actor) -> bool:
    """Whether the actor may write the answer now."""
    return _is_open(asked) and actor.is_handler and actor.organisation.pk == asked.tenant_id


def save(request: ActorRequest, asked: Asked) -> JsonResponse:
    """Keep what was typed; the answer goes as applications.views.autosave says."""
    if not may_write(asked, request.actor):
        words = _("已经答复或者不再需要答复，也可能您的岗位不能答复；内容留在本页，没有保存。")
        return JsonResponse({"refused": [words]}, status=409)
    filing = Filing.objects.select_for_update(no_key=True, of=("self",)).get(pk=asked.case.filing_id)
    field = Field(_key(asked), "", Kind.LONGTEXT)
    base = carrying.versions_in(request.POST.get(carrying.VERSIONS, ""))
    entries = {field.key: values.keep(field, str(request.POST.get(NAME, "")))}
    seen = {field.key: base.get(NAME, (0, ""))}
    return autosave.answer(filing, {field.key: field}, entries, request, seen, {field.key: NAME})


def form_of(request: ActorRequest, asked: Asked) -> AnswerForm:
    """The form as it was sent, as it was when the session ended, or with what was kept of it."""
    known: dict[str, Any] = {"actor": request.actor, "to": asked}
    if request.method == "POST":
        return AnswerForm(request.POST, request.FILES, **known)
    if carrying.carried(request):
        return AnswerForm(carrying.carried_data(request), **known)
    row = _kept(asked)
    return AnswerForm(initial={NAME: values.as_typed(row.value) if row and row.value else ""}, **known)


def shown(request: ActorRequest, asked: Asked) -> dict[str, Any]:
    """What the page needs to save itself."""
    row = _kept(asked)
    return {
        "writes": may_write(asked, request.actor),
        "seal": carrying.seal(request),
        "versions": json.dumps({NAME: row.version if row else 0}),
        "saved_at": row.changed_at if row and row.value else None,
        "carried": request.method != "POST" and carrying.carried(request) is not None,
    }


def given(request: ActorRequest, asked: Asked) -> None:
    """The answer was given: nothing of its draft is left."""
    carrying.drop(request)
    if row := _kept(asked):
        editing.write(asked.case.filing, {row.key: None}, request.actor)
