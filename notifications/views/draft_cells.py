"""What the own page of a draft is told when it saved itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notifications.cells import mark_of
from notifications.models import Draft
from notifications.views.draft_fields import as_typed


def answer(
    kept: Mapping[str, Any],
    conflicts: Mapping[str, Any],
    faults: Mapping[str, str],
    in_words: Callable[[str, Any], str],
    by: str,
) -> JsonResponse:
    """What a page that saved itself is told, as applications.views.autosave says it; `by`: who wrote meanwhile."""
    found = {
        "fields": {name: {"version": mark_of(value), "error": faults.get(name, "")} for name, value in kept.items()},
        "conflicts": {
            name: {
                "version": mark_of(value),
                "values": as_typed(value),
                "shown": in_words(name, value) or _("（空）"),
                "words": by,
            }
            for name, value in conflicts.items()
        },
        "at": f"{timezone.localtime():%H:%M}",
    }
    return JsonResponse(found, status=409 if conflicts else 200)


def changed_at(draft: Draft) -> str:
    """When a draft was kept last, in words."""
    return str(date_format(timezone.localtime(draft.changed_at), "SHORT_DATETIME_FORMAT"))
