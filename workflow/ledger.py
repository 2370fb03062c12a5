"""The append-only ledger: events are chained by SHA-256 within their dossier."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from accounts.actors import Actor
from accounts.models import Organisation
from workflow.enums import Audience
from workflow.models import Chain, Event

HASHED = (
    "dossier", "tenant_id", "serial", "at", "subject_type", "subject_id", "name", "label", "before", "after",
    "basis", "reason", "data", "audience", "actor_person_id", "actor_organisation_id", "actor_name", "actor_post",
    "actor_organisation_name", "previous_hash",
)  # fmt: skip


def canonical(value: Any) -> bytes:
    """A value as sorted UTF-8 JSON; dates, UUIDs and decimals as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def recorded(text: str) -> str:
    """Words that are kept on record: Chinese, whatever language the screen has."""
    return text


def open_chain(dossier: UUID, tenant: Organisation) -> Chain:
    """Start the chain of a new dossier."""
    return Chain.objects.create(dossier=dossier, tenant=tenant)


def subject_type(subject: models.Model) -> str:
    """The stable name of a subject's model, e.g. `applications.filing`."""
    return subject._meta.label_lower


def append(
    subject: models.Model,
    name: str,
    label: str | Promise,
    actor: Actor | None,
    *,
    dossier: UUID,
    before: str = "",
    after: str = "",
    basis: str = "",
    reason: str = "",
    data: dict[str, Any] | None = None,
    audience: str = Audience.DOSSIER,
) -> Event:
    """Append one event to the dossier's chain; the chain's row is locked until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is written inside the transaction of its act")
    chain = Chain.objects.select_for_update(no_key=True).get(dossier=dossier)
    event = Event(
        dossier=dossier,
        tenant_id=chain.tenant_id,
        serial=chain.length + 1,
        at=timezone.now(),
        subject_type=subject_type(subject),
        subject_id=subject.pk,
        name=name,
        label=in_chinese(label),
        before=before,
        after=after,
        basis=basis,
        reason=reason,
        data=json.loads(canonical(data or {})),
        audience=audience,
        previous_hash=chain.head,
    )
    if actor is not None:
        event.actor_person, event.actor_organisation = actor.person, actor.organisation
        event.actor_name, event.actor_post = actor.person.name, actor.post_label
        event.actor_organisation_name = actor.organisation.name
    event.hash = hash_of(event)
    event.save(force_insert=True)
    chain.length, chain.head = event.serial, event.hash
    chain.save(update_fields=["length", "head"])
    return event


def content_of(event: Event) -> dict[str, Any]:
    """What the hash of an event is computed of."""
    return {name: str(getattr(event, name)) if name == "at" else getattr(event, name) for name in HASHED}


def hash_of(event: Event) -> str:
    """The hash that an event must bear."""
    return digest(content_of(event))


def broken() -> Iterator[tuple[Event | Chain, str]]:
    """Every place where a chain does not hold, under the system scope: the event (or chain) and what is wrong.

    A chain is looked at as far as it went when it was read: people go on acting meanwhile.
    """
    for chain in Chain.objects.order_by("dossier").iterator():
        previous, count = "", 0
        own = Event.objects.filter(dossier=chain.dossier)
        for event in own.filter(serial__lte=chain.length).order_by("serial").iterator():
            count += 1
            if event.serial != count:
                yield event, f"serial {event.serial} where {count} is due"
            if event.previous_hash != previous:
                yield event, "does not follow the event before it"
            if event.hash != hash_of(event):
                yield event, "its content does not match its hash"
            previous = event.hash
        goes_on = own.filter(serial__gt=chain.length).exists()
        if (chain.length, chain.head) != (count, previous) or (
            goes_on and not Chain.objects.filter(pk=chain.pk, length__gt=chain.length).exists()
        ):
            yield chain, "the chain's head does not match its last event"


def in_chinese(label: str | Promise) -> str:
    """A translatable label as it is recorded."""
    with override(settings.LANGUAGE_CODE):
        return str(label)


def history(dossier: UUID) -> models.QuerySet[Event]:
    """The events of a dossier that the scope lets one see, oldest first."""
    return Event.objects.filter(dossier=dossier).order_by("serial")
