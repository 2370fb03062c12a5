"""What the tests of the departments' side share."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from accounts.actors import Actor
from accounts.scope import enter, system
from workflow import outbox
from workflow.machine import Refused
from workflow.models import Delivery


def deliver() -> None:
    """Everything but the PDFs is delivered."""
    with system():
        Delivery.objects.filter(effect="notifications.render_paper").update(due_at="2999-01-01T00:00Z")
    outbox.deliver_all(1000)
    with system():
        assert not Delivery.objects.exclude(last_error="").exists()


def refusal(call: Any, *arguments: Any, by: Actor, **named: Any) -> str:
    """The reasons for which an act is refused, under the actor's scope."""
    with pytest.raises(Refused) as refused, enter(by.scope), transaction.atomic():
        call(*arguments, **named)
    return "；".join(refused.value.reasons)
