"""The parts of the desk that repeat hundreds of times, written without templates: a page of it has to come fast."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import forms
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from notifications.models import Message
from portal.search import Hit, Piece
from portal.worklist import Row, WorkFilter

TAG = '<strong class="cy-tag cy-tag--{}"><span class="cy-tag__shape" aria-hidden="true">{}</span>{}</strong>'

OPEN = ' name="open" value="1"'


def table_rows(rows: Iterable[Row], queue: str) -> SafeString:
    """The rows of the list, in the order of its columns: choice, task, case, stage, due date, next hand, act."""
    case, stage, choose = escape(_("案件")), escape(_("阶段")), escape(_("选择"))
    due, hand = (_("办结"), _("办理人")) if queue == "done" else (_("期限"), _("由谁办理"))
    act, look, never = escape(_("办理")), escape(_("查看")), escape(_("没有期限"))
    until = escape(_("截止"))
    why = escape(_("暂停期间不计期限"))
    held = f'{TAG.format("waiting", "○", escape(_("已暂停")))} <span class="cy-note">{why}</span>'
    lights = {
        "late": TAG.format("late", "■", escape(_("已逾期"))),
        "soon": TAG.format("warning", "▲", escape(_("即将到期"))),
        "ok": TAG.format("done", "●", escape(_("期限内"))),
    }
    parts = []
    for row in rows:
        title, address = escape(row.title), escape(row.address)
        link = f'<a href="{address}">{title}</a>' if address else title
        about = f"<div>{escape(row.park)}{_note(f'{row.city} {row.number}')}</div>" if row.park else "—"
        if row.done:
            when = escape(row.done)
        elif row.due:
            when = (
                f'<span class="cy-clock cy-clock--{row.light}">{lights[row.light]}\n'
                f'<span class="cy-clock__text">{escape(row.left)} {until} '
                f'<time datetime="{row.due_iso}">{escape(row.due)}</time></span></span>'
            )
        elif row.paused:
            when = held
        else:
            when = f'<span class="cy-note">{never}</span>'
        verb = act if row.is_mine and not row.done else look
        go = f'<a href="{address}">{verb}<span class="govuk-visually-hidden">（{title}）</span></a>' if address else ""
        parts.append(
            f'<tr><td><input type="checkbox" name="rows" value="{row.pk}" aria-label="{choose}：{title}"></td>'
            f'<th scope="row">{link}</th><td data-label="{case}">{about}</td>'
            f'<td data-label="{stage}">{escape(row.stage) or "—"}</td><td data-label="{escape(due)}">{when}</td>'
            f'<td data-label="{escape(hand)}"><div>{escape(row.hand)}{_note(row.hand_note)}</div></td>'
            f'<td class="cy-act">{go}</td></tr>\n'
        )
    return mark_safe("".join(parts))  # noqa: S308


def notices(told: Iterable[Message], token: str) -> SafeString:
    """Messages to the office, each to be opened or marked as read; `token` is the page's own against forgery."""
    unread, read = TAG.format("info", "◇", escape(_("未读"))), escape(_("标为已读"))
    look = escape(_("查看并标为已读"))
    own = f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
    parts = []
    for one in told:
        title, at = escape(one.title), timezone.localtime(one.created_at)
        is_new = one.read_at is None
        head = f'<a href="{escape(one.address)}">{title}</a>' if one.address else title
        body = f'<p class="cy-timeline__text">{linebreaksbr(one.body)}</p>' if one.body else ""
        form = (
            f'<form method="post" action="{reverse("portal:read_message", args=[one.pk])}" class="cy-inline-form">{own}'
            f'<button type="submit"{OPEN if one.address else ""} class="govuk-button govuk-button--quiet" '
            f'data-module="govuk-button">{look if one.address else read}'
            f'<span class="govuk-visually-hidden">（{title}）</span></button></form>'
        )
        parts.append(
            f'<li class="cy-timeline__item{" cy-timeline__item--info" if is_new else ""}">\n'
            f'<p class="cy-timeline__title">{head}{f" {unread}" if is_new else ""}</p>\n'
            f'<p class="cy-timeline__meta"><time datetime="{at.isoformat()}">'
            f"{escape(date_format(at, 'DATETIME_FORMAT'))}</time></p>\n{body}{form if is_new else ''}</li>"
        )
    return mark_safe(f'<ol class="cy-timeline">{"".join(parts)}</ol>')  # noqa: S308


def hits(found: Iterable[Hit]) -> SafeString:
    """What a search found, as items of a list: title, facts, the passage with the terms marked."""
    compare, address = escape(_("并排阅读")), reverse("portal:compare")
    parts = []
    for hit in found:
        facts = " · ".join(escape(fact) for fact in hit.facts if fact)
        if hit.filing:
            facts += f' · <a href="{address}?a={hit.filing}">{compare}</a>'
        passage = f'\n  <span class="cy-note">{_marked(hit.passage)}</span>' if hit.passage else ""
        parts.append(
            f'<li>\n  <a href="{escape(hit.href)}">{_marked(hit.title)}</a>\n'
            f'  <span class="cy-note">{facts}</span>{passage}\n</li>'
        )
    return mark_safe("".join(parts))  # noqa: S308


def _marked(pieces: Iterable[Piece]) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if found else escape(text) for text, found in pieces)


def _note(text: str) -> str:
    return f'<span class="cy-note">{escape(text)}</span>' if text.strip() else ""


def filter_fields(form: WorkFilter) -> SafeString:
    """The controls of the filters with what is chosen, and the queue that they stay in."""
    parts = [f'<input type="hidden" name="queue" value="{escape(form.queue_code)}">']
    for name, field in form.fields.items():
        if name == "queue":
            continue
        value = str(form.data.get(name, ""))
        label = f'<label class="govuk-label" for="id_{name}">{escape(str(field.label))}</label>'
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            options = "".join(
                f'<option value="{escape(str(code))}"{" selected" if str(code) == value else ""}>'
                f"{escape(str(words))}</option>"
                for code, words in choices
            )
            control = f'<select class="govuk-select" id="id_{name}" name="{name}">{options}</select>'
        else:
            control = (
                f'<input class="govuk-input govuk-input--width-10" id="id_{name}" name="{name}" type="search" '
                f'maxlength="60" value="{escape(value[:60])}">'
            )
        parts.append(f'<div class="govuk-form-group">{label}{control}</div>')
    return mark_safe("".join(parts))  # noqa: S308
