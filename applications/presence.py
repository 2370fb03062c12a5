"""Who is on a plan just now: each open page says so every few seconds, and is forgotten soon after it falls silent.

It lives in the broker's memory alone: without the broker nobody is shown, and nothing else changes.
"""

from __future__ import annotations

import functools
import json
import logging
from dataclasses import dataclass
from uuid import UUID

import redis
from django.conf import settings
from django.utils import timezone

from accounts.actors import Actor

log = logging.getLogger(__name__)

# Pages speak every 10 s: two lost beats do not make anybody vanish, and who left is gone within a minute.
BEAT_SECONDS, SILENT_SECONDS, KEPT_SECONDS = 10, 45, 120
TIMEOUT = 0.5


@dataclass(frozen=True)
class Present:
    """Somebody else on the plan: name, office, and the section's slug (empty on the task list)."""

    name: str
    organisation: str
    section: str


@functools.cache
def _broker() -> redis.Redis:
    address = settings.CACHES["default"]["LOCATION"]
    return redis.Redis.from_url(address, socket_connect_timeout=TIMEOUT, socket_timeout=TIMEOUT, decode_responses=True)


def beat(filing: UUID, actor: Actor, page: str, section: str) -> list[Present]:
    """Say that the actor's page shows a section; the others who are there, by name."""
    now = timezone.now().timestamp()
    said = {
        "person": str(actor.person.pk),
        "name": actor.person.name,
        "organisation": actor.organisation.short_name,
        "section": section,
        "at": now,
    }
    try:
        pipe = _broker().pipeline(transaction=False)
        pipe.hset(_key(filing), _page(actor, page), json.dumps(said))
        pipe.expire(_key(filing), KEPT_SECONDS)
        pipe.hgetall(_key(filing))
        found: dict[str, str] = pipe.execute()[-1]
        return _others(filing, actor, found, now)
    except redis.RedisError as error:
        log.warning("nobody is shown on plans: %s", error)
        return []


def leave(filing: UUID, actor: Actor, page: str) -> None:
    """Say that the actor's page is closed."""
    try:
        _broker().hdel(_key(filing), _page(actor, page))
    except redis.RedisError as error:
        log.warning("a page that was left stays shown for a while: %s", error)


def _others(filing: UUID, actor: Actor, found: dict[str, str], now: float) -> list[Present]:
    """The others who spoke lately, one entry per person and section; who fell silent is forgotten."""
    silent, others = [], set()
    for page, text in found.items():
        said = json.loads(text)
        if now - said["at"] > SILENT_SECONDS:
            silent.append(page)
        elif said["person"] != str(actor.person.pk):
            others.add(Present(said["name"], said["organisation"], said["section"]))
    if silent:
        _broker().hdel(_key(filing), *silent)
    return sorted(others, key=lambda one: (one.name, one.organisation, one.section))


def _key(filing: UUID) -> str:
    return f"presence:{filing}"


def _page(actor: Actor, page: str) -> str:
    return f"{actor.person.pk}:{page[:20]}"
