"""The city's letter with a supplementary change: its signature submits the changed version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_lead
from applications.completeness import missing
from applications.freezing import freeze
from applications.models import FilingVersion
from applications.plan import values
from notifications.content import addressed, in_one_line, lines, official_name
from notifications.enums import DraftStatus
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_change as wording
from reviews import services
from reviews.models import ChangeRequest
from reviews.papers.shared import said
from reviews.services import change_parts, changes


class ChangeForm(forms.Form):
    """What the city says to its change."""

    explanation = text_field(_("修改说明"), _("逐栏说明修改了什么、依据是什么，每行一段。"))
    contact = contact_field()


def _change(draft: Draft) -> ChangeRequest:
    rows = ChangeRequest.objects.select_related(
        "base", "case__filing__tenant", "case__filing__host_zone", "case__filing__request_paper"
    )
    return rows.get(pk=draft.subject_id)


def _rows(change: ChangeRequest, fields: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Label, before and after of each field that changes."""
    now, before = changes.typed_values(change, fields), change.base.content["fields"]
    known = {field.key: (section, field) for section in changes.sections_of(change) for field in section.fields}
    rows = []
    for key in changes.changed_keys(change, fields):
        section, field = known[key]
        rows.append(
            (f"{section.title}：{field.label}", _one(values.in_words(field, before.get(key))),
             _one(values.in_words(field, now[key])))
        )  # fmt: skip
    return [*rows, *change_parts.rows_in_place(changes.changed_in_place(change, fields))]


def _one(text: str) -> str:
    return in_one_line(lines(str(text))) or "（空）"


def _compose(draft: Draft) -> dict[str, Any]:
    change, lead = _change(draft), the_lead()
    text = wording.change_letter(
        official_name(draft.tenant),
        said(change.case.filing),
        to=official_name(lead),
        asked=_one(change.reason),
        explanation=lines(draft.fields.get("explanation", "")) or [BLANK],
        rows=_rows(change, draft.fields),
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, official_name(draft.tenant), [lead])


def _missing(draft: Draft) -> list[str]:
    change = _change(draft)
    found = required(ChangeForm)(draft)
    in_place = changes.changed_in_place(change, draft.fields)
    if not changes.changed_keys(change, draft.fields) and in_place.is_same:
        found.append(gettext("还没有修改任何内容，请先在修改页面填写。"))
    if change_parts.has_parts_in_place(change.sections) and draft.status == DraftStatus.DRAFTING:
        found += [str(item.text) for item in missing(change.case.filing)]
    known = {field.key: field for section in changes.sections_of(change) for field in section.fields}
    for key, value in changes.typed_values(change, draft.fields).items():
        if key in known and value and (fault := values.fault(known[key], value)):
            found.append(f"“{known[key].label}”：{fault}")
    return found


def _freeze(draft: Draft, actor: Actor) -> None:
    change = _change(draft)
    changes.write_change(change, draft.fields, actor)
    with override(settings.LANGUAGE_CODE):
        version = freeze(change.case.filing, actor)
    draft.fields = {**draft.fields, "version": str(version.pk)}
    draft.save(update_fields=["fields", "changed_at"])


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    version = FilingVersion.objects.get(pk=draft.fields["version"])
    services.answer_change(_change(draft), version, paper, actor)


def _page(draft: Draft) -> str:
    return reverse("reviews:change", args=[draft.subject_id])


register(
    PaperKind(
        "change_letter", _("补充修改函"), _("签发后即提交修改后的版本"), "letter",
        _compose, _signed, ChangeForm, _missing, sent=_freeze, page=_page, editor="reviews:change_draft",
    )
)  # fmt: skip
