"""What follows from an act: one Delivery row per effect, in the act's transaction; the worker claims due ones."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from accounts.scope import system
from workflow.enums import Rank
from workflow.models import Delivery, Event

log = logging.getLogger(__name__)
Effect = Callable[[dict[str, Any]], None]
_effects: dict[str, Effect] = {}
_ranks: dict[str, Rank] = {}
_failures: dict[str, Effect] = {}
PAUSES = (5, 15, 60, 300, 900, 3600)
# What the column holds: one that is tried for ever must not stop those behind it.
MOST_COUNTED = 32767
# As long after an act nothing is typeset that nobody waits for: a long print would hold up what the next act leads to.
QUIET = dt.timedelta(seconds=10)


def effect(name: str, rank: Rank = Rank.ACT) -> Callable[[Effect], Effect]:
    """Register the function that performs an effect; it gets the payload, under the system scope.

    What has a lower rank is performed first, whatever waited longer.
    """

    def decorate(function: Effect) -> Effect:
        _effects[name], _ranks[name] = function, rank
        return function

    return decorate


def on_failure(name: str) -> Callable[[Effect], Effect]:
    """Register what is noted when a try of an effect failed; it gets the payload, under the system scope."""

    def decorate(function: Effect) -> Effect:
        _failures[name] = function
        return function

    return decorate


def follow(event: Event | None, name: str, key: str, payload: dict[str, Any], tenant: Organisation) -> None:
    """Note an effect that follows from an event; the worker is only woken after the commit, never relied upon."""
    _noted(event, name, key, payload, tenant).save(force_insert=True)
    transaction.on_commit(_wake)


def follow_once(event: Event, name: str, key: str, payload: dict[str, Any], tenant: Organisation) -> None:
    """Note an effect unless one of this key is noted already, be it done or due: the first one counts.

    Without a look for it: who acts may not read what is noted.
    """
    Delivery.objects.bulk_create([_noted(event, name, key, payload, tenant)], ignore_conflicts=True)
    transaction.on_commit(_wake)


def follow_all(rows: Iterable[tuple[str, str, dict[str, Any]]], tenant: Organisation) -> None:
    """Note many effects at once, as (name, key, payload): the worker is woken once."""
    Delivery.objects.bulk_create(_noted(None, name, key, payload, tenant) for name, key, payload in rows)
    transaction.on_commit(_wake)


def _noted(event: Event | None, name: str, key: str, payload: dict[str, Any], tenant: Organisation) -> Delivery:
    rank = _ranks.get(name, Rank.ACT)
    return Delivery(event=event, tenant=tenant, effect=name, key=key, payload=payload, rank=rank)


def nobody_waits_for(since: dt.datetime) -> int:
    """Put what was noted since then behind all that people do; the number of rows.  Under the system scope."""
    return Delivery.objects.filter(done_at=None, due_at__gte=since).update(rank=Rank.SPARE_TIME)


def perform(name: str, payload: dict[str, Any]) -> None:
    """Perform an effect at once, in a sweep's own transaction: it then stands or falls with what the sweep checked."""
    _effects[name](payload)


def _wake() -> None:
    from workflow.tasks import deliver_due

    try:
        deliver_due.apply_async(retry=False, ignore_result=True)
    except Exception as error:
        log.warning("the broker could not be told; the sweep will find it: %s", error)


def _next() -> Delivery | None:
    """The row to perform now, claimed. While people act, what nobody waits for is not typeset."""
    due = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(done_at=None, due_at__lte=timezone.now())
        .order_by("rank", "due_at")
    )
    row = due.first()
    prints = [name for name, rank in _ranks.items() if rank == Rank.RENDERING]
    if row is not None and row.rank == Rank.SPARE_TIME and row.effect in prints and _somebody_acts():
        return due.exclude(effect__in=prints).first()
    return row


def _somebody_acts() -> bool:
    """Whether what an act leads to was done a moment ago."""
    lately = Delivery.objects.filter(done_at__gte=timezone.now() - QUIET)
    return lately.exclude(rank=Rank.SPARE_TIME).exists()


def deliver_one() -> bool:
    """Claim one due delivery and perform it in one transaction; False when none is due."""
    with system():
        row = _next()
        if row is None:
            return False
        try:
            with transaction.atomic():
                _effects[row.effect](row.payload)
        except Exception as error:
            row.attempts = min(row.attempts + 1, MOST_COUNTED)
            row.last_error = f"{type(error).__name__}: {error}"[:2000]
            pause = getattr(error, "retry_after", None) or PAUSES[min(row.attempts, len(PAUSES)) - 1]
            row.due_at = timezone.now() + dt.timedelta(seconds=pause)
            if row.effect in _failures and not hasattr(error, "retry_after"):
                _failures[row.effect](row.payload)
            log.warning("%s %s failed (attempt %s): %s", row.effect, row.key, row.attempts, row.last_error)
        else:
            row.done_at, row.last_error = timezone.now(), ""
        row.save()
    return True


def deliver_all(limit: int = 200, seconds: float = float("inf")) -> int:
    """Perform what is due, at most `limit` and for about so many seconds; the number performed or postponed."""
    count, until = 0, time.monotonic() + seconds
    while count < limit and time.monotonic() < until and deliver_one():
        count += 1
    return count
