"""Who may move a draft: 经办 → 审核 → 签发 in one office, never the same person twice on one paper."""

from __future__ import annotations

from accounts.actors import Actor
from notifications.models import Draft


def is_of_office(actor: Actor, draft: Draft) -> bool:
    """The actor acts for the office whose draft it is."""
    return actor.organisation.pk == draft.tenant_id


def is_handler(actor: Actor, draft: Draft) -> bool:
    """A handler (经办人) of the office."""
    return is_of_office(actor, draft) and actor.is_handler


def is_reviewer(actor: Actor, draft: Draft) -> bool:
    """A reviewer (审核人) of the office who did not draft it."""
    return is_of_office(actor, draft) and actor.is_reviewer and actor.person.pk != draft.handler_id


def is_signer(actor: Actor, draft: Draft) -> bool:
    """A signer (签发人) of the office who neither drafted nor checked it."""
    return (
        is_of_office(actor, draft) and actor.is_signer and actor.person.pk not in {draft.handler_id, draft.reviewer_id}
    )


def may_send_back(actor: Actor, draft: Draft) -> bool:
    """The reviewer while it is being checked, the signer while it waits for signature."""
    return is_reviewer(actor, draft) if draft.status == "checking" else is_signer(actor, draft)


def is_the_system(actor: Actor | None, draft: Draft) -> bool:
    """Nobody: the worker lets a draft lapse whose affair is over."""
    return actor is None
