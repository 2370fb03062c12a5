"""The way of a ruling: a paper makes it, another takes it back."""

from django.utils.translation import gettext_lazy as _

from indicators import rules_rulings as rules
from indicators.enums_policy import RulingStatus as S
from workflow.machine import Machine, Transition, register

rulings = register(
    Machine(
        "indicators.ruling",
        S,
        (
            Transition("sign", _("签发裁定"), {S.DRAFTING}, S.SIGNED, rules.is_signer_of_lead, basis="AMB-05"),
            Transition("drop", _("不作裁定"), {S.DRAFTING}, S.DROPPED, rules.is_handler_of_lead, basis="AMB-05"),
            Transition("withdraw", _("撤回裁定"), {S.SIGNED}, S.WITHDRAWN, rules.is_signer_of_lead, basis="AMB-05"),
        ),
    )
)
