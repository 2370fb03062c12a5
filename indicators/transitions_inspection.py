"""The way of an inspection's finding (P-IV.4c). One row per arrow of the drawing in docs/workflow.md."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.enums import InspectionStatus as S
from indicators.models import Inspection
from workflow.machine import Machine, Transition, register


def is_handler_of_lead(actor: Actor, row: Inspection) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def is_signer_of_lead(actor: Actor, row: Inspection) -> bool:
    """The signer of 省科技厅, whose signature orders."""
    return actor.is_lead and actor.is_signer


def is_reviewer_of_lead(actor: Actor, row: Inspection) -> bool:
    """A reviewer of 省科技厅, who accepts: not the handler who inspected."""
    return actor.is_lead and actor.is_reviewer


def answers(actor: Actor, row: Inspection) -> bool:
    """A handler of the city or of the park's committee."""
    return actor.is_handler and actor.organisation.pk in {row.city_id, row.committee_id}


inspections = register(
    Machine(
        "indicators.inspection",
        S,
        (
            Transition("order", _("下达整改通知"), {S.FOUND}, S.ORDERED, is_signer_of_lead, basis="P-IV.4c"),
            Transition("drop", _("不再整改"), {S.FOUND}, S.DROPPED, is_handler_of_lead, basis="P-IV.4c"),
            Transition("answer", _("报送整改情况"), {S.ORDERED}, S.ANSWERED, answers, basis="P-IV.4c"),
            Transition("accept", _("验收通过"), {S.ANSWERED}, S.ACCEPTED, is_reviewer_of_lead, basis="P-IV.4c"),
            Transition("insist", _("退回继续整改"), {S.ANSWERED}, S.ORDERED, is_reviewer_of_lead, basis="P-IV.4c"),
        ),
    )
)
