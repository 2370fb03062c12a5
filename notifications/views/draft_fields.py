"""What the handler typed into a draft: as stored, as read by people, and compared with what another window stored."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notifications.cells import mark_of
from notifications.models import Draft
from workflow.ledger import canonical, digest


def as_json(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Cleaned values as JSON keeps them: dates and decimals as text."""
    stored: dict[str, Any] = json.loads(canonical(cleaned))
    return stored


def version_of(form: forms.Form, draft: Draft) -> str:
    """A mark of the stored fields of a form; another one on saving means that somebody saved meanwhile."""
    return digest({name: draft.fields.get(name) for name in form.fields})[:16]


def marks(form: forms.Form, stored: dict[str, Any]) -> dict[str, str]:
    """The mark of each field as stored, for a page that saves itself."""
    return {name: mark_of(stored.get(name)) for name in form.fields}


def as_typed(value: Any) -> list[str]:
    """A stored value as the controls of its field take it."""
    if value in (None, "", False):
        return []
    if isinstance(value, list):
        return [str(one) for one in value]
    return ["on" if value is True else str(value)]


def field_in_words(form: forms.Form, name: str, value: Any) -> str:
    """A stored value as people read it."""
    return value_in_words(form.fields[name], value)


def in_words(form: forms.Form, values: dict[str, Any]) -> list[tuple[str, str]]:
    """The label and value of each field, choices by their labels."""
    return [(str(field.label), value_in_words(field.field, values.get(field.name))) for field in form.visible_fields()]


def value_in_words(field: forms.Field, value: Any) -> str:
    """A value of a field as people read it, choices by their labels."""
    if value in (None, "", []):
        return _("未填写")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in _flat(field.choices)}
        values = value if isinstance(value, list) else [value]
        return "、".join(labels.get(str(one), str(one)) for one in values)
    if isinstance(field, forms.DateField):
        return date_format(dt.date.fromisoformat(str(value)), "DATE_FORMAT")
    return str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for key, label in choices:
        flat.extend(label if isinstance(label, (list, tuple)) else [(key, label)])
    return flat


def differences(form: forms.Form, stored: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Label, what was typed here and what is stored now, for each field in which the two differ."""
    typed, found = as_json(form.cleaned_data), []
    for field in form.visible_fields():
        if field.name in typed and typed[field.name] != stored.get(field.name):
            here, there = (value_in_words(field.field, side.get(field.name)) for side in (typed, stored))
            found.append((str(field.label), here, there))
    return found
