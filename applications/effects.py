"""What the worker does when a filing is taken back or put aside: nothing of it waits for anybody any more."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from applications.models import Filing
from applications.services.withdrawing import EFFECT, is_over
from notifications import signoff
from notifications.models import Draft
from workflow.ledger import recorded
from workflow.models import Event, Task
from workflow.outbox import effect


@effect(EFFECT)
def filing_over(payload: dict[str, Any]) -> None:
    """Close the open tasks and drafts of the dossier, in every office, once."""
    filing = Filing.objects.get(pk=payload["filing"])
    if not is_over(filing):
        return
    event = Event.objects.get(pk=payload["event"])
    drafts = Draft.objects.filter(dossier=filing.dossier, status__in=signoff.OPEN)
    for draft in drafts:
        signoff.lapse(draft, recorded("%(park)s：%(act)s") % {"park": filing.park_name, "act": event.label})
    Task.objects.filter(dossier=filing.dossier, done_at=None).update(done_at=timezone.now(), done_by=event.actor_person)
