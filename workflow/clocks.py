"""Legal periods (期限): started, stopped, continued and finished by the acts of a dossier.

Whoever acts, the books are kept under the system scope: a city's answer lets the departments' periods run on,
which it never sees. The acts stand on the dossier's chain, whose row they hold locked since their event was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Organisation
from accounts.scope import system
from workflow import deadlines, instants, outbox, parameters
from workflow.clock_face import Faces, shown
from workflow.clock_kinds import ClockKind, declare, kind_of, kinds
from workflow.enums import Audience, ProposalOutcome
from workflow.ledger import recorded, subject_type
from workflow.marks import next_mark_on
from workflow.models import Clock, ClockStop, Event, Proposal, Task
from workflow.workdays import DueDate, Pause

__all__ = [
    "ClockKind",
    "Faces",
    "declare",
    "finish",
    "finish_all",
    "go_on",
    "kind_of",
    "kinds",
    "of",
    "running",
    "shown",
    "start",
    "stop",
]

MOVED = "workflow.clock_moved"


def start(
    kind: ClockKind | str,
    subject: Any,
    event: Event,
    *,
    organisation: Organisation,
    address: str,
    title: str,
    days: int | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    audience: str = Audience.DOSSIER,
) -> Clock:
    """Start a period that an office owes; it counts from the day after `since` (default the day of the event).

    `days` default to the parameter of the kind and stay as they are; a period that ends on a fixed day has it as
    `until`, which no pause or calendar moves. A running clock of the same kind and subject
    ends with it; one that starts while its dossier is stopped stands still from the beginning. The office's open
    tasks on the subject that have a due date follow the clock from now on.
    """
    kind = kind_of(kind) if isinstance(kind, str) else kind
    finish(subject, event, kind)
    started = since or instants.day_of(event.at)
    table = deadlines.calendar()
    if until is not None:
        days = deadlines.passed(started, until, table=table)
    length = parameters.value(kind.days) if days is None else days
    with system():
        clock = Clock(
            tenant_id=event.tenant_id,
            dossier=event.dossier,
            subject_type=subject_type(subject),
            subject_id=subject.pk,
            kind=kind.code,
            title=title[:200],
            address=address,
            organisation=organisation,
            event=event,
            audience=audience,
            started=started,
            days=length,
            due_on=started,
            fixed_on=until,
        )
        reckon(clock, table, ())
        clock.save(force_insert=True)
        Task.objects.filter(
            subject_id=subject.pk, organisation=organisation, done_at=None, clock=None, due_on__isnull=False
        ).update(clock=clock, due_on=clock.due_on)
        _inherit_stops(clock, kind)
    return clock


def _inherit_stops(clock: Clock, kind: ClockKind) -> None:
    """What holds the dossier's other clocks up holds a new one up too."""
    open_stops = ClockStop.objects.filter(dossier=clock.dossier, until=None, cause__in=kind.pauses_with)
    held = {(stop.cause, stop.stopped_by_id): stop.since for stop in open_stops}
    for (cause, event_id), since in held.items():
        _stop_one(clock, cause, event_id, max(since, clock.started))


def stop(dossier: UUID, cause: str, event: Event) -> None:
    """Pause every running clock of the dossier whose kind lists the cause, from the day of the event on.

    What is over already stays over.
    """
    with system():
        for clock in _running_in(dossier):
            if cause in kind_of(clock).pauses_with and not instants.is_over(clock.due_on, event.at):
                _stop_one(clock, cause, event.pk, instants.day_of(event.at))
                tell_moved(clock, event)


def _stop_one(clock: Clock, cause: str, event_id: UUID, since: dt.date) -> None:
    ClockStop.objects.get_or_create(
        clock=clock,
        stopped_by_id=event_id,
        defaults={
            "tenant_id": clock.tenant_id,
            "dossier": clock.dossier,
            "cause": cause,
            "since": since,
            "due_before": clock.due_on,
        },
    )
    keep(clock, deadlines.calendar())


def go_on(dossier: UUID, cause: str, event: Event) -> None:
    """End what the cause had stopped; counting goes on the day after the event.

    Of several stops of one cause the event ends its own subject's (one of two questions), where it has one.
    """
    same_matter = Q(stopped_by__subject_id=event.subject_id) | ~Q(stopped_by__subject_type=event.subject_type)
    with system():
        rows = ClockStop.objects.filter(same_matter, dossier=dossier, cause=cause, until=None, clock__finished_at=None)
        table = deadlines.calendar()
        moved: dict[UUID, Clock] = {}
        for row in rows.select_related("clock"):
            row.until, row.continued_by = max(instants.day_of(event.at), row.since), event
            row.save(update_fields=["until", "continued_by"])
            clock = moved[row.clock_id] = Clock.objects.get(pk=row.clock_id)
            keep(clock, table)
            row.due_after = clock.due_on
            row.save(update_fields=["due_after"])
        # One event can end several stops of one clock (three experts), which moves it once.
        for clock in moved.values():
            tell_moved(clock, event)


def finish(subject: models.Model, event: Event, *only: ClockKind | str) -> None:
    """End the running clocks of a subject (of these kinds, or all): what was owed is done, or nobody waits for it."""
    codes = [kind if isinstance(kind, str) else kind.code for kind in only]
    with system():
        rows = Clock.objects.filter(subject_id=subject.pk, finished_at=None)
        if codes:
            rows = rows.filter(kind__in=codes)
        for clock in rows:
            _finish_one(clock, event)


def finish_all(dossier: UUID, event: Event, but: Iterable[ClockKind] = ()) -> None:
    """End every running clock of a dossier (`but` those of these kinds): the matter is closed, or its stage is."""
    with system():
        for clock in _running_in(dossier).exclude(kind__in=[kind.code for kind in but]):
            _finish_one(clock, event)


def _finish_one(clock: Clock, event: Event) -> None:
    day = instants.day_of(event.at)
    for row in clock.stops.filter(until=None):
        row.until, row.continued_by, row.due_after = max(day, row.since), event, clock.due_on
        row.save(update_fields=["until", "continued_by", "due_after"])
    if clock.paused:
        Task.objects.filter(clock=clock, done_at=None).update(due_on=clock.due_on)
    clock.finished_at, clock.finished_by, clock.paused, clock.remind_on = event.at, event, False, None
    clock.save(update_fields=["finished_at", "finished_by", "paused", "remind_on"])
    Task.objects.filter(clock=clock, kind__startswith="overdue", done_at=None).update(done_at=timezone.now())
    _make_moot(clock, event)


def _make_moot(clock: Clock, event: Event) -> None:
    """What was owed came after all: nobody has to decide any more what its lateness means."""
    note = recorded("事项已办理（%(label)s），不再需要决定。") % {"label": event.label}
    rows = Proposal.objects.filter(clock=clock, outcome=ProposalOutcome.OPEN)
    for proposal in rows:
        Task.objects.filter(subject_id=proposal.pk, done_at=None).update(done_at=timezone.now())
    rows.update(outcome=ProposalOutcome.MOOT, note=note, decided_by=event.actor_person_id, decided_at=event.at)


def reckon(clock: Clock, table: deadlines.OfficeCalendar, stops: Iterable[ClockStop]) -> None:
    """Count a clock anew, without saving it: due date, path, the years that are not known yet, the next reminder.

    While it stands still the due date is the one that was reached before.
    """
    rows = list(stops)
    with override(settings.LANGUAGE_CODE):
        reached = deadlines.due(clock.days, clock.started, pauses_of(rows), table)
    if clock.fixed_on:
        reached = DueDate(clock.fixed_on, ())
    clock.paused = clock.finished_at is None and any(row.until is None for row in rows)
    clock.due_on = reached.date
    clock.path = [{"day": step.day.isoformat(), "counted": step.counted, "why": step.why} for step in reached.path]
    clock.provisional = deadlines.provisional_years([step.day for step in reached.path], table)
    running = clock.finished_at is None and not clock.paused
    clock.remind_on = next_mark_on(clock, kind_of(clock).reminders, table) if running else None


def pauses_of(stops: Iterable[ClockStop]) -> list[Pause]:
    """The spans that have ended, both days inclusive."""
    return [(row.since, row.until) for row in stops if row.until]


def keep(clock: Clock, table: deadlines.OfficeCalendar) -> None:
    """Count a clock anew with its stops and keep it; open tasks follow. Under the system scope."""
    reckon(clock, table, clock.stops.all())
    clock.save(update_fields=["due_on", "path", "provisional", "paused", "remind_on"])
    Task.objects.filter(clock=clock, done_at=None).update(due_on=None if clock.paused else clock.due_on)


def tell_moved(clock: Clock, event: Event) -> None:
    """The rooms' own columns follow a little later: their rows may be locked by another act just now."""
    if kind_of(clock).moved is not None:
        key = f"{clock.pk}:{event.pk}"
        outbox.follow(event, MOVED, key, {"clock": str(clock.pk)}, Organisation.objects.get(pk=clock.tenant_id))


@outbox.effect(MOVED)
def clock_moved(payload: dict[str, Any]) -> None:
    """Let a room's own column follow the clock as it stands now."""
    clock = Clock.objects.get(pk=payload["clock"])
    moved = kind_of(clock).moved
    if moved is not None:
        moved(clock)


def _running_in(dossier: UUID) -> models.QuerySet[Clock]:
    return Clock.objects.filter(dossier=dossier, finished_at=None)


def running(subject: models.Model, kind: ClockKind | str) -> Clock | None:
    """The clock of a kind that has not ended for a subject, as far as the scope lets one see it."""
    code = kind if isinstance(kind, str) else kind.code
    return Clock.objects.filter(subject_id=subject.pk, kind=code, finished_at=None).first()


def of(dossier: UUID) -> list[Clock]:
    """The clocks of a dossier that the scope lets one see: running ones first, the earliest due before the others."""
    return list(
        Clock.objects.filter(dossier=dossier)
        .select_related("organisation")
        .prefetch_related("stops")
        .order_by(models.F("finished_at").desc(nulls_first=True), "due_on", "pk")
    )
