"""The papers that a person is drafting, for the hand-over when their post ends."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.handing import Held, Holding, declare
from accounts.models import Person, Post
from notifications import signoff
from notifications.enums import DraftStatus
from notifications.models import Draft
from workflow.machine import Refused

DRAFTS = "draft"


def _of(post: Post) -> list[Held]:
    """The drafts in work of a handler; what was sent for checking waits for the office, not for the person."""
    if post.role != PostRole.HANDLER:
        return []
    rows = Draft.objects.filter(
        tenant_id=post.organisation_id, handler_id=post.person_id, status=DraftStatus.DRAFTING
    ).order_by("created_at", "pk")
    return [Held(DRAFTS, str(draft.pk), draft.title, draft.get_absolute_url()) for draft in rows]


def _hand_over(held: Held, to: Person, post: Post, actor: Actor) -> None:
    try:
        signoff.hand_over(Draft.objects.get(pk=held.key), to, actor)
    except Refused as refused:
        raise ValidationError(refused.reasons) from refused


declare(Holding(DRAFTS, _("在拟文稿"), _of, _hand_over))
