"""The way of the state's answer into the register (CT-56). One row per arrow of the drawing in docs/workflow.md."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from reviews.enums_state_answer import StateAnswerStatus as S
from reviews.models import StateAnswer
from workflow.machine import Machine, Transition, register


def compares(actor: Actor, row: StateAnswer) -> bool:
    """A reviewer or signer of 省科技厅, never the person who registered it."""
    return actor.is_lead and (actor.is_reviewer or actor.is_signer) and actor.person.pk != row.recorded_by_id


state_answers = register(
    Machine(
        "reviews.stateanswer",
        S,
        (
            Transition("confirm", _("确认科学技术部的答复"), {S.REGISTERED}, S.CONFIRMED, compares, basis="CT-56"),
            Transition("give_back", _("退回重新登记"), {S.REGISTERED}, S.RETURNED, compares, basis="CT-56"),
        ),
    )
)
