"""The sections that a colleague was given to fill in by name, for the hand-over when their post ends."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.handing import Held, Holding, declare
from accounts.models import Person, Post
from applications.delegating import title_of
from applications.models import Delegation
from applications.models.delegation import WRITABLE
from workflow import ledger
from workflow.ledger import recorded

SECTIONS = "section"


def _of(post: Post) -> list[Held]:
    if post.role != PostRole.HANDLER:
        return []
    rows = Delegation.objects.filter(
        organisation_id=post.organisation_id, person_id=post.person_id, status__in=WRITABLE
    ).select_related("filing")
    return [
        Held(SECTIONS, str(row.pk), f"{row.filing.park_name}：{title_of(row)}", row.filing.get_absolute_url())
        for row in rows.order_by("assigned_at", "pk")
    ]


def _hand_over(held: Held, to: Person, post: Post, actor: Actor) -> None:
    row = Delegation.objects.filter(pk=held.key).first()
    if row is None or not Delegation.objects.filter(pk=row.pk).update(person=to):
        raise ValidationError(_("“%(title)s”是其他单位交办的，请先由交办单位改派。") % {"title": held.title})
    ledger.append(
        row,
        "hand_over",
        recorded("移交分工"),
        actor,
        dossier=row.dossier,
        before=post.person.name[:30],
        after=to.name[:30],
    )


declare(Holding(SECTIONS, gettext_lazy("分工填写的章节"), _of, _hand_over))
