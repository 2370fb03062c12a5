"""What every template knows of the person who acts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actors import Actor


def actor(request: HttpRequest) -> dict[str, Any]:
    """The acting post of the request (None for the public)."""
    found: Actor | None = getattr(request, "actor", None)
    return {"actor": found}
