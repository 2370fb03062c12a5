"""Reminders and escalation (催办、督办): the sweep finds the marks that have come, checks again, and sends each once.

The dossier's chain is the lock: two sweeps never work on one dossier, and no act moves a clock meanwhile. A server
that was down for days sends the latest mark only.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.scope import system
from workflow import deadlines, instants, ledger, outbox, todo
from workflow.clocks import kind_of
from workflow.enums import Audience
from workflow.ledger import in_chinese, recorded
from workflow.marks import OVER, latest_due, next_mark_on
from workflow.models import Chain, Clock, Event, Reminder

log = logging.getLogger(__name__)
MESSAGE = "notifications.message"
CHINESE = "zh-hans"


def sweep(limit: int = 500, seconds: float = float("inf")) -> int:
    """Send what is due, dossier by dossier, each in a transaction of its own; how many reminders went out."""
    sent, until = 0, time.monotonic() + seconds
    given_up: set[UUID] = set()
    while sent < limit and time.monotonic() < until:
        found = _next_dossier(given_up)
        if found is None:
            break
        dossier, count = found
        sent += count
        given_up.add(dossier)
    return sent


def _next_dossier(done: set[UUID]) -> tuple[UUID, int] | None:
    """Claim one dossier in which a mark has come and remind in it; None when no other is free."""
    with system():
        waiting = _waiting(instants.today()).exclude(dossier__in=done)
        chain = (
            Chain.objects.select_for_update(no_key=True, skip_locked=True)
            .filter(dossier__in=waiting.values("dossier"))
            .order_by("dossier")
            .first()
        )
        if chain is None:
            return None
        try:
            return chain.dossier, _remind_in(chain.dossier)
        except Exception:
            log.exception("no reminder could be sent in dossier %s; the next sweep tries again", chain.dossier)
            return chain.dossier, 0


def _waiting(today: dt.date) -> models.QuerySet[Clock]:
    return Clock.objects.filter(finished_at=None, paused=False, remind_on__lte=today)


def _remind_in(dossier: UUID) -> int:
    """What still is due now that the dossier is ours: an act may have come first."""
    with transaction.atomic():
        table, today = deadlines.calendar(), instants.today()
        rows = _waiting(today).filter(dossier=dossier).select_related("organisation").order_by("due_on", "pk")
        return sum(_remind(clock, today, table) for clock in rows)


def _remind(clock: Clock, today: dt.date, table: deadlines.OfficeCalendar) -> bool:
    kind = kind_of(clock)
    mark = latest_due(clock.due_on, kind.reminders, today, table)
    new = mark is not None and not clock.sent_reminders.filter(due_on=clock.due_on, mark=mark).exists()
    if mark is not None and new:
        event = _record(clock, mark, today, table)
        Reminder.objects.create(
            tenant_id=clock.tenant_id,
            dossier=clock.dossier,
            clock=clock,
            mark=mark,
            due_on=clock.due_on,
            event=event,
        )
        for office in dict.fromkeys([clock.organisation, *(kind.told_with(clock) if kind.told_with else [])]):
            _tell(clock, office, event.label, event)
        if mark == OVER:
            _follow_up(clock, event)
    clock.remind_on = next_mark_on(clock, kind.reminders, table)
    clock.save(update_fields=["remind_on"])
    return new


def _record(clock: Clock, mark: int, today: dt.date, table: deadlines.OfficeCalendar) -> Event:
    """The reminder in the case: for everybody on it when the owner owes, else for the authorities."""
    subject = apps.get_model(clock.subject_type)._default_manager.get(pk=clock.subject_id)
    owner_owes = clock.organisation_id == clock.tenant_id or kind_of(clock).told_with is not None
    return ledger.append(
        subject,
        "reminder" if mark != OVER else "period_ended" if kind_of(clock).ended else "overdue",
        _words(clock, today, table)[:120],
        None,
        dossier=clock.dossier,
        basis=kind_of(clock).basis,
        data={
            "clock": str(clock.pk),
            "due_on": clock.due_on,
            "mark": mark,
            "office": clock.organisation.name,
            "reminded": str(clock.organisation_id),
        },
        audience=clock.audience if owner_owes or clock.audience == Audience.OFFICE else Audience.AUTHORITY,
    )


def _words(clock: Clock, today: dt.date, table: deadlines.OfficeCalendar) -> str:
    words = {"title": clock.title, "n": deadlines.left(clock.due_on, today, table)}
    if today > clock.due_on and (ended := kind_of(clock).ended):
        return f"{ended}：{clock.title}"
    if today > clock.due_on:
        return recorded("已逾期：%(title)s") % words
    if today == clock.due_on:
        return recorded("今天到期：%(title)s") % words
    return recorded("还有 %(n)d 个工作日到期：%(title)s") % words


def _tell(clock: Clock, office: Organisation, title: str, event: Event) -> None:
    """The message stands in the transaction that checked the clock, so that nobody is told of what is done."""
    with override(CHINESE):
        day = date_format(clock.due_on)
    label = {"label": in_chinese(kind_of(clock).label), "day": day, "office": clock.organisation.name}
    outbox.perform(
        MESSAGE,
        {
            "organisation_id": str(office.pk),
            "dossier": str(clock.dossier),
            "title": title[:200],
            "body": recorded("%(label)s，承办单位：%(office)s，期限：%(day)s24时。") % label,
            "address": clock.address,
            "topic": "reminder",
        },
    )


def _follow_up(clock: Clock, event: Event) -> None:
    """督办: who gets a copy hears of it, the office's head and leader have it on their desks, what lapses lapses."""
    kind = kind_of(clock)
    for office in kind.copy_to(clock) if kind.copy_to else []:
        if office.pk != clock.organisation_id:
            words = {"office": clock.organisation.short_name, "title": clock.title}
            late = recorded("督办：%(office)s逾期未办理“%(title)s”") % words
            _tell(clock, office, event.label if kind.ended else late, event)
    if kind.escalates and not kind.ended:
        _escalate(clock)
    if kind.lapse is not None:
        kind.lapse(clock)


def _escalate(clock: Clock) -> None:
    subject = apps.get_model(clock.subject_type)._default_manager.get(pk=clock.subject_id)
    for role in (PostRole.REVIEWER, PostRole.SIGNER):
        todo.assign(
            subject,
            f"overdue_{clock.kind}"[:40],
            recorded("督办：%(title)s（已逾期）") % {"title": clock.title},
            clock.address,
            dossier=clock.dossier,
            organisation=clock.organisation,
            role=role,
            by=clock.organisation,
            clock=clock,
        )
