"""The way of an index version: three departments sign one digest (P-II.2.4a), a run freezes it."""

from django.utils.translation import gettext_lazy as _

from indicators import rules_index as rules
from indicators.enums_policy import IndexStatus as S
from workflow.machine import Machine, Transition, register

versions = register(
    Machine(
        "indicators.indexversion",
        S,
        (
            Transition(
                "check",
                _("送核对"),
                {S.DRAFT},
                S.CHECKING,
                rules.is_handler_of_lead,
                unless=(rules.basis_missing, rules.tree_faults),
                basis="P-II.2.4c",
            ),
            Transition("give_back", _("退回修改"), {S.CHECKING}, S.DRAFT, rules.is_reviewer_of_lead, basis="P-II.2.4c"),
            Transition(
                "pass_on",
                _("核对通过，送三部门签发"),
                {S.CHECKING},
                S.SIGNING,
                rules.is_reviewer_of_lead,
                unless=(rules.offices_missing, rules.tree_faults),
                basis="P-II.2.4a",
            ),
            Transition("sign", _("签发"), {S.SIGNING}, S.SIGNING, rules.is_signatory, basis="P-II.2.4a"),
            Transition(
                "complete",
                _("三部门签发完毕"),
                {S.SIGNING},
                S.SIGNED,
                rules.is_signatory,
                unless=(rules.signatures_missing,),
                basis="P-II.2.4a",
            ),
            Transition("reopen", _("退回起草"), {S.SIGNING}, S.DRAFT, rules.may_send_back, basis="P-II.2.4a"),
            Transition("freeze", _("启用并固定"), {S.SIGNED}, S.FROZEN, rules.is_worker_or_handler, basis="P-II.2.4d"),
            Transition(
                "supersede", _("由新版替代"), {S.SIGNED, S.FROZEN}, S.SUPERSEDED, rules.is_signatory, basis="P-II.2.4a"
            ),
        ),
    )
)
