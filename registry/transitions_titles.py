"""The way of a title into the register (C-III.1). One row per arrow of the drawing in docs/workflow.md."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from registry.enums import TitleProposalStatus as S
from registry.models import TitleProposal
from workflow.machine import Machine, Transition, register


def proposes(actor: Actor, row: TitleProposal) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def compares(actor: Actor, row: TitleProposal) -> bool:
    """A reviewer or signer of 省科技厅, never the person who proposed it."""
    return actor.is_lead and (actor.is_reviewer or actor.is_signer) and actor.person.pk != row.proposed_by_id


proposals = register(
    Machine(
        "registry.titleproposal",
        S,
        (
            Transition("confirm", _("核对并登记称号"), {S.PROPOSED}, S.RECORDED, compares, basis="C-III.1"),
            Transition("give_back", _("退回修改"), {S.PROPOSED}, S.RETURNED, compares, basis="C-III.1"),
            Transition("amend", _("修改后再次提请登记"), {S.RETURNED}, S.PROPOSED, proposes, basis="C-III.1"),
            Transition("drop", _("不再登记"), {S.PROPOSED, S.RETURNED}, S.DROPPED, proposes, basis="C-III.1"),
        ),
    )
)
