"""What other modules do once a run is released: each registers a function, the worker calls it once per release."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indicators.models import Run
from workflow import outbox

EFFECT = "indicators.run_released"
Follower = Callable[[Run], None]
_followers: list[Follower] = []


def follows(function: Follower) -> Follower:
    """Register what follows from a release; performed under the system scope, in the order of registration."""
    _followers.append(function)
    return function


@outbox.effect(EFFECT)
def tell(payload: dict[str, Any]) -> None:
    """Perform all that follows from a release; together or not at all."""
    run = Run.objects.get(pk=payload["run"])
    for follower in _followers:
        follower(run)
