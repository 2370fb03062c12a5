"""The life of a section in somebody else's hands. One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from applications import rules
from applications.enums import DelegationStatus as S
from workflow.enums import Audience
from workflow.machine import Machine, Transition, register

delegation = register(
    Machine(
        "applications.delegation",
        S,
        (
            Transition(
                "hand_over", _("交回分工章节"), {S.OPEN, S.BACK}, S.HANDED, rules.is_holder, audience=Audience.COLLEAGUE
            ),
            Transition(
                "confirm",
                _("确认分工章节"),
                {S.HANDED},
                S.CONFIRMED,
                rules.is_handler_of_owner,
                audience=Audience.COLLEAGUE,
            ),
            Transition(
                "give_back",
                _("退回分工章节"),
                {S.HANDED},
                S.BACK,
                rules.is_handler_of_owner,
                audience=Audience.COLLEAGUE,
            ),
            Transition(
                "take_back",
                _("收回分工章节"),
                {S.OPEN, S.BACK, S.HANDED},
                S.WITHDRAWN,
                rules.is_handler_of_owner,
                audience=Audience.COLLEAGUE,
            ),
        ),
    )
)
