"""The list of parks, read and written without a model or a template for each row: a page of it has to come fast."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.templatetags.components import tag
from registry import dates
from registry.kept import figures
from registry.models import LeadingIndustry, Park, ParkName
from registry.words import status_tag

COLUMNS = ("pk", "slug", "name", "status", "current__since", "current__precision", "city_id", "county_id")
MORE = ("host_zone__name", "area_km2", "sample")


def rows(found: QuerySet[Park]) -> list[dict[str, Any]]:
    """Parks as rows of a table or as cards, as `registry.words.list_row` tells them; three queries for any number."""
    read = list(found.select_related(None).prefetch_related(None).values_list(*COLUMNS, *MORE))
    keys = [row[0] for row in read]
    industries = _names(LeadingIndustry, keys, "order")
    names = _names(ParkName, keys, "valid_from")
    places = figures("names of places", _places)
    address = reverse("registry:park", args=["x"])
    before, after = address.removesuffix("x/"), "/"
    tags = {status: status_tag(status) for status in {row[3] for row in read}}
    told = []
    for pk, slug, name, status, since, precision, city, county, zone, area, sample in read:
        told.append(
            {
                "name": name,
                "href": f"{before}{slug}{after}",
                "former": [former for former in names.get(pk, []) if former != name],
                "now": "",
                "tag": tags[status],
                "since": dates.in_words(since, precision),
                "place": places[city] if county in {None, city} else f"{places[city]}{places[county]}",
                "zone": zone or "",
                "industries": industries.get(pk, []),
                "area": None if area is None else f"{area:,.2f}",
                "sample": sample,
            }
        )
    return told


def _names(model: type[Model], parks: list[UUID], order: str) -> dict[UUID, list[str]]:
    """The names of what hangs on each park, in their order."""
    found: dict[UUID, list[str]] = {}
    kept = model._default_manager.filter(park__in=parks).order_by(order).values_list("park_id", "name")
    for park, name in kept:
        found.setdefault(park, []).append(name)
    return found


def _places() -> dict[str, str]:
    return dict(Division.objects.values_list("code", "name"))


def table_rows(found: Iterable[dict[str, Any]]) -> SafeString:
    """The rows of the table, in the order of its columns."""
    status, place, zone = escape(_("状态")), escape(_("所在地")), escape(_("所在开发区"))
    work, area, former = escape(_("主导产业")), escape(_("面积")), escape(_("曾用名"))
    now = escape(_("今名"))
    unknown = f'<span class="cy-unknown">{escape(_("未载明"))}</span>'
    sample = f" {tag('warning', _('示例数据'))}"
    tags: dict[str, str] = {}
    parts = []
    for row in found:
        kind = row["tag"]["kind"]
        if kind not in tags:
            tags[kind] = tag(kind, row["tag"]["text"])
        names = f'<span class="cy-note">{former}：{escape("、".join(row["former"]))}</span>' if row["former"] else ""
        if row["now"]:
            names += f'<span class="cy-note">{now}：{escape(row["now"])}</span>'
        parts.append(
            f'<tr><th scope="row"><a href="{escape(row["href"])}">{escape(row["name"])}</a>{names}'
            f"{sample if row['sample'] else ''}</th>"
            f'<td data-label="{status}">{tags[kind]}<span class="cy-note">{escape(row["since"])}</span></td>'
            f'<td data-label="{place}">{escape(row["place"])}</td>'
            f'<td data-label="{zone}">{escape(row["zone"]) or unknown}</td>'
            f'<td data-label="{work}">{escape("、".join(row["industries"])) or unknown}</td>'
            f'<td class="cy-num" data-label="{area}">{row["area"] or unknown}</td></tr>\n'
        )
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def filter_fields(form: forms.Form) -> SafeString:
    """The controls of the filters with what is chosen; those with a fault come from their template, which says it."""
    parts: list[str] = []
    for field in form.visible_fields():
        if field.errors or not isinstance(field.field, forms.ChoiceField | forms.CharField | forms.DateField):
            parts.append(str(field.as_field_group()))
            continue
        name, value = field.name, str(form.data.get(field.name, ""))
        label = f'<label class="govuk-label" for="id_{name}">{escape(str(field.label))}</label>'
        if isinstance(field.field, forms.ChoiceField):
            choices: Any = field.field.choices
            options = "".join(
                f'<option value="{escape(str(code))}"{" selected" if str(code) == value else ""}>'
                f"{escape(str(words))}</option>"
                for code, words in choices
            )
            control = f'<select name="{name}" class="govuk-select" id="id_{name}">{options}</select>'
        elif isinstance(field.field, forms.DateField):
            said = f' value="{escape(value)}"' if value else ""
            control = f'<input type="date" name="{name}"{said} class="govuk-input" id="id_{name}">'
        else:
            said = f' value="{escape(value)}"' if value else ""
            most = field.field.max_length
            control = f'<input type="search" name="{name}"{said} class="govuk-input" maxlength="{most}" id="id_{name}">'
        parts.append(f'<div class="govuk-form-group">\n{label}\n{control}\n</div>')
    return mark_safe("".join(parts) + "".join(str(field) for field in form.hidden_fields()))  # noqa: S308
