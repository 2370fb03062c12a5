"""The sign-off page of a draft saves its fields by itself: each by the mark of what it showed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.requests import ActorRequest
from notifications import signoff
from notifications.kinds import kind_of
from notifications.models import Draft
from notifications.views import draft_fields
from workflow.machine import Refused


def save(request: ActorRequest, draft: Draft) -> JsonResponse:
    """Keep the fields that the page names in `versions`; what does not validate is told, not kept.

    The answer is like that of the plan's pages (applications.views.autosave), with marks for versions.
    """
    kind = kind_of(draft.kind)
    if kind.form is None:
        raise Http404
    form = kind.form_for(draft, request.POST)
    form.full_clean()
    locked = Draft.objects.select_for_update(no_key=True, of=("self",)).get(pk=draft.pk)
    shown = {name: mark for name, mark in _marks(request).items() if name in form.fields}
    kept, conflicts = _sorted(form, locked, shown)
    try:
        signoff.save_fields(draft, {**locked.fields, **kept}, request.actor)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)
    fields: dict[str, Any] = {
        name: {"version": draft_fields.mark_of(draft.fields.get(name)), "error": ""} for name in kept
    }
    for name in shown:
        if name in form.errors:
            error = "".join(str(one) for one in form.errors[name])
            fields[name] = {"version": shown[name], "error": error, "unkept": True}
    found = {
        "fields": fields,
        "conflicts": conflicts,
        "hidden": {"draft_version": draft_fields.version_of(form, draft)},
        "at": f"{timezone.localtime():%H:%M}",
    }
    return JsonResponse(found, status=409 if conflicts else 200)


def _marks(request: ActorRequest) -> dict[str, str]:
    return carrying.marks_in(request.POST.get(carrying.VERSIONS, ""))


def _sorted(form: forms.Form, stored: Draft, shown: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What can be kept, and what another window or colleague changed meanwhile."""
    typed = draft_fields.as_json({name: form.cleaned_data[name] for name in shown if name in form.cleaned_data})
    conflicts = {
        name: _conflict(form, stored, name)
        for name, value in typed.items()
        if draft_fields.mark_of(stored.fields.get(name)) != shown[name] and stored.fields.get(name) != value
    }
    return {name: value for name, value in typed.items() if name not in conflicts}, conflicts


def _conflict(form: forms.Form, stored: Draft, name: str) -> dict[str, Any]:
    value = stored.fields.get(name)
    at = date_format(timezone.localtime(stored.changed_at), "SHORT_DATETIME_FORMAT")
    return {
        "version": draft_fields.mark_of(value),
        "values": draft_fields.as_typed(value),
        "shown": draft_fields.field_in_words(form, name, value),
        "words": _("同事或您本人在另一个窗口改过这一项（文稿最近保存于 %(at)s）") % {"at": at},
    }
