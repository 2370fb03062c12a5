"""The way of a round of scoring (定性评分, C.5). One row per arrow of the drawing in docs/workflow.md."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.enums_policy import RatingStatus as S
from indicators.models import RatingRound
from workflow.machine import Machine, Transition, register


def opens(actor: Actor) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def is_handler_of_lead(actor: Actor, row: RatingRound) -> bool:
    """A handler of 省科技厅."""
    return opens(actor)


def is_reviewer_of_lead(actor: Actor, row: RatingRound) -> bool:
    """A reviewer of 省科技厅, another person than who opened the round."""
    return actor.is_lead and actor.is_reviewer and actor.person.pk != row.opened_by_id


ratings = register(
    Machine(
        "indicators.ratinground",
        S,
        (
            Transition("close", _("结束评分"), {S.OPEN}, S.CLOSED, is_reviewer_of_lead, basis="P-II.2.4a"),
            Transition("drop", _("撤销评分"), {S.OPEN}, S.DROPPED, is_handler_of_lead, basis="P-II.2.4a"),
        ),
    )
)
