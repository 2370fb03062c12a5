"""The way of a good practice (C-V.4c). One row per arrow of the drawing in docs/workflow.md."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.enums_practices import PracticeStatus as S
from indicators.models import Practice
from workflow.machine import Machine, Transition, register


def writes(actor: Actor, row: Practice) -> bool:
    """A handler of the government that tells of its place."""
    return actor.is_handler and actor.organisation.pk == row.tenant_id


def is_handler_of_lead(actor: Actor, row: Practice) -> bool:
    """A handler of 省科技厅, who proposes or returns it."""
    return actor.is_lead and actor.is_handler


def publishes(actor: Actor, row: Practice) -> bool:
    """A reviewer of 省科技厅, never the person who proposed it."""
    return actor.is_lead and actor.is_reviewer and actor.person.pk != row.proposed_by_id


def withdraws(actor: Actor, row: Practice) -> bool:
    """A reviewer of 省科技厅, or a handler of the government that wrote it."""
    return writes(actor, row) or (actor.is_lead and actor.is_reviewer)


practices = register(
    Machine(
        "indicators.practice",
        S,
        (
            Transition("submit", _("报送省科技厅"), {S.DRAFT}, S.SUBMITTED, writes, basis="C-V.4c"),
            Transition("drop", _("作废"), {S.DRAFT}, S.DROPPED, writes, basis="C-V.4c"),
            Transition("give_back", _("退回修改"), {S.SUBMITTED}, S.DRAFT, is_handler_of_lead, basis="C-V.4c"),
            Transition("propose", _("提请发布"), {S.SUBMITTED}, S.PROPOSED, is_handler_of_lead, basis="C-V.4c"),
            Transition("put_back", _("退回经办人"), {S.PROPOSED}, S.SUBMITTED, publishes, basis="C-V.4c"),
            Transition("publish", _("发布"), {S.PROPOSED}, S.PUBLISHED, publishes, basis="C-V.4c"),
            Transition("withdraw", _("撤下"), {S.PUBLISHED}, S.WITHDRAWN, withdraws, basis="C-V.4c"),
        ),
    )
)
