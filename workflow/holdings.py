"""The tasks that a person has in hand, for the hand-over when their post ends."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.handing import Held, Holding, declare, heirs
from accounts.models import Person, Post
from workflow import todo
from workflow.machine import Refused
from workflow.models import Task

TASKS = "task"


def _of(post: Post) -> list[Held]:
    """The open tasks assigned to the person; where nobody else holds the post, all that wait for it."""
    rows = Task.objects.filter(organisation_id=post.organisation_id, role=post.role, done_at=None)
    if heirs(post):
        rows = rows.filter(assignee_id=post.person_id)
    return [Held(TASKS, str(task.pk), task.title, task.address) for task in rows.order_by("created_at", "pk")]


def _hand_over(held: Held, to: Person, post: Post, actor: Actor) -> None:
    try:
        todo.take(Task.objects.get(pk=held.key), to, actor)
    except Refused as refused:
        raise ValidationError(refused.reasons) from refused


declare(Holding(TASKS, _("待办事项"), _of, _hand_over))
