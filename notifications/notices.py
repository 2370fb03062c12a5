"""Notices to an office, each written once from a recorded event."""

from __future__ import annotations

from accounts.models import Organisation
from workflow import outbox
from workflow.models import Event


def notify(event: Event, organisation: Organisation, title: str, address: str, body: str = "") -> None:
    """Tell an office of an event: one message per event and office."""
    outbox.follow(
        event,
        "notifications.message",
        f"{event.pk}:{organisation.pk}",
        {
            "organisation_id": str(organisation.pk),
            "dossier": str(event.dossier),
            "title": title[:200],
            "body": body,
            "address": address,
        },
        Organisation.objects.get(pk=event.tenant_id),
    )
