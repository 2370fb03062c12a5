"""Notices to an office, each written once from a recorded event."""

from __future__ import annotations

from typing import Any

from accounts.models import Organisation
from notifications import mailing
from notifications.enums import Topic
from notifications.models import Message
from workflow import outbox
from workflow.models import Event


def notify(
    event: Event, organisation: Organisation, title: str, address: str, body: str = "", topic: str = Topic.PROGRESS
) -> None:
    """Tell an office of an event: one message per event and office; `topic` decides how people hear of it by mail."""
    outbox.follow_once(
        event,
        "notifications.message",
        f"{event.pk}:{organisation.pk}",
        {
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
