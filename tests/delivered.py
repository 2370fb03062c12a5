"""What the worker does after an act, without the one thing that takes long and that few tests look at: typesetting."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.scope import system
from workflow import outbox
from workflow.enums import Rank
from workflow.models import Delivery

LATER = dt.timedelta(days=3650)


def deliver_acts() -> None:
    """Perform everything that is due; papers stay numbered, signed and not yet typeset, as after any act."""
    delivered = True
    while delivered:
        with system():
            waiting = Delivery.objects.filter(done_at=None, effect="notifications.render_paper")
            assert not waiting.exclude(rank__in=(Rank.RENDERING, Rank.SPARE_TIME)).exists()
            waiting.update(due_at=timezone.now() + LATER)
        delivered = outbox.deliver_one()
