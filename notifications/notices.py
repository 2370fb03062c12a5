"""Notices to an office, each written once from a recorded event."""

from __future__ import annotations

from typing import Any

from accounts.models import Organisation, Person
from notifications import mailing
from notifications.enums import Topic
from notifications.models import Message
from workflow import outbox
from workflow.models import Event


def notify(
    event: Event,
    organisation: Organisation,
    title: str,
    address: str,
    body: str = "",
    topic: str = Topic.PROGRESS,
    person: Person | None = None,
) -> None:
    """Tell an office of an event: one message per event and office; `topic` decides how people hear of it by mail.

    With a `person` of the office nobody else there is told.
    """
    to = {"person_id": str(person.pk)} if person else {}
    outbox.follow_once(
        event,
        "notifications.message",
        ":".join([str(event.pk), str(organisation.pk), *to.values()]),
        {
            **to,
            "organisation_id": str(organisation.pk),
            "dossier": str(event.dossier),
            "title": title[:200],
            "body": body,
            "address": address,
            "topic": str(topic),
        },
        Organisation.objects.get(pk=event.tenant_id),
    )


def write(**fields: Any) -> Message:
    """Put a message before an office (站内消息) and owe it to its people by mail; for the worker, under its scope."""
    message = Message.objects.create(**fields)
    mailing.owe(message)
    return message
