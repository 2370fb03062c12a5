"""What a person still holds in an office when a post ends, and how it goes to another; rooms say what they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Person, Post


@dataclass(frozen=True)
class Held:
    """One thing that a person has in hand in a post: its kind, key, title and address."""

    kind: str
    key: str
    title: str
    address: str = ""

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Holding:
    """A kind of things that people hold.

    `of(post)` gives what the holder of a post has in hand as such; `hand_over(held, to, post, actor)` gives one to
    another person of the same post and raises ValidationError where that person may not have it.
    """

    code: str
    label: str | Promise
    of: Callable[[Post], list[Held]]
    hand_over: Callable[[Held, Person, Post, Actor], None]


_holdings: dict[str, Holding] = {}


def declare(holding: Holding) -> Holding:
    """Let a room say what its people hold; called when the room is ready."""
    _holdings[holding.code] = holding
    return holding


def held_in(post: Post) -> list[Held]:
    """Everything that the holder of a post has in hand in it, kind by kind."""
    return [held for holding in _holdings.values() for held in holding.of(post)]


def label_of(held: Held) -> str:
    """What kind of thing it is, in words."""
    return str(_holdings[held.kind].label)


def heirs(post: Post) -> list[Person]:
    """Who holds the same post in the same office, without the one who leaves."""
    rows = Post.objects.in_force().filter(organisation_id=post.organisation_id, role=post.role)
    people = Person.objects.filter(posts__in=rows).exclude(pk=post.person_id).distinct()
    return list(people.order_by("name", "pk"))


@transaction.atomic
def hand_over(post: Post, chosen: dict[str, Person], actor: Actor | None) -> int:
    """Give each thing to the person chosen for it (by `Held.field`), all or none; how many went over.

    ValidationError where something is left without anybody, or the chosen person does not hold the same post.
    """
    may = set(heirs(post))
    found = held_in(post)
    left = [held.title for held in found if chosen.get(held.field) not in may]
    if left:
        names = "、".join(f"“{title}”" for title in left[:3])
        raise ValidationError(_("还有 %(n)d 件在办事项没有选定接办人：%(names)s。") % {"n": len(left), "names": names})
    for held in found:
        assert actor is not None, "somebody hands over"
        _holdings[held.kind].hand_over(held, chosen[held.field], post, actor)
    return len(found)
