"""The way of the yearly monitoring report: composed by the worker, checked, signed by two offices (C-V.4b)."""

from django.utils.translation import gettext_lazy as _

from indicators import rules_monitoring as rules
from indicators.enums_monitoring import MonitoringStatus as S
from workflow.machine import Machine, Transition, register

reports = register(
    Machine(
        "indicators.monitoringreport",
        S,
        (
            Transition("composed", _("编制完成"), {S.COMPOSING}, S.DRAFT, rules.is_worker, basis="U8"),
            Transition("fail", _("编制未成"), {S.COMPOSING}, S.FAILED, rules.is_worker, basis="U8"),
            Transition("recompose", _("重新编制"), {S.DRAFT, S.FAILED}, S.COMPOSING, rules.composes, basis="U8"),
            Transition(
                "check",
                _("送审核"),
                {S.DRAFT},
                S.CHECKING,
                rules.is_handler,
                unless=(rules.outdated, rules.unprintable_characters),
                basis="C-V.4b",
            ),
            Transition("give_back", _("退回修改"), {S.CHECKING}, S.DRAFT, rules.is_reviewer, basis="C-V.4b"),
            Transition(
                "pass_on",
                _("审核通过，送联合签发"),
                {S.CHECKING},
                S.SIGNING,
                rules.is_reviewer,
                unless=(rules.outdated,),
                basis="C-V.4b",
            ),
            Transition("sign", _("签发"), {S.SIGNING}, S.SIGNING, rules.is_signatory, basis="C-V.4b"),
            Transition("reopen", _("退回起草"), {S.SIGNING}, S.DRAFT, rules.may_send_back, basis="C-V.4b"),
            Transition(
                "publish",
                _("编号并发布"),
                {S.SIGNING},
                S.PUBLISHED,
                rules.is_worker,
                unless=(rules.signatures_missing,),
                basis="C-V.4b",
            ),
            Transition("supersede", _("由更正版取代"), {S.PUBLISHED}, S.SUPERSEDED, rules.is_worker, basis="AMB-33"),
            Transition("drop", _("作废"), {S.DRAFT, S.FAILED}, S.DROPPED, rules.is_handler, basis="U8"),
        ),
    )
)
