"""The request that a view behind sign-in is given."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import Actor
from accounts.models import Person


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: Person


class ActorRequest(PersonRequest):
    """A request of a signed-in person who acts in a post; the middleware sees to it."""

    actor: Actor
