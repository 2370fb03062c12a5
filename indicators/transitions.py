"""The way of a year's return (T15, T16). One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from indicators import rules
from indicators.enums import ReturnStatus as S
from workflow.machine import Machine, Transition, register

returns = register(
    Machine(
        "indicators.return",
        S,
        (
            Transition(
                "hand_up",
                _("报县（市、区）审核"),
                {S.FILLING},
                S.COUNTY,
                rules.is_signer_of_reporter,
                unless=(rules.has_no_county, rules.figures_missing, rules.figures_unsound),
                basis="T15",
            ),
            Transition(
                "hand_to_city",
                _("报市政府审核"),
                {S.FILLING},
                S.CITY,
                rules.is_signer_of_reporter,
                unless=(rules.has_county, rules.is_of_province, rules.figures_missing, rules.figures_unsound),
                basis="T15",
            ),
            Transition(
                "collect",
                _("汇总，送各部门确认"),
                {S.FILLING},
                S.VERIFYING,
                rules.is_statistics_signer,
                unless=(rules.is_not_of_province, rules.figures_missing, rules.figures_unsound),
                basis="T16",
            ),
            Transition("pass_on", _("审核通过"), {S.COUNTY}, S.CITY, rules.is_signer_of_county, basis="T15"),
            Transition("give_back", _("退回修改"), {S.COUNTY}, S.FILLING, rules.is_of_county, basis="T15"),
            Transition("hand_back", _("退回修改"), {S.CITY}, S.FILLING, rules.is_of_owner, basis="T15"),
            Transition(
                "submit",
                _("报送年度统计报表"),
                {S.CITY},
                S.VERIFYING,
                rules.is_signer_of_owner,
                unless=(rules.figures_missing, rules.figures_unsound),
                basis="T15",
            ),
            Transition("reopen", _("退回重新填报"), {S.VERIFYING}, S.FILLING, rules.is_statistician, basis="T16"),
            Transition(
                "lock",
                _("锁定"),
                {S.VERIFYING},
                S.LOCKED,
                rules.is_statistics_signer,
                unless=(rules.figures_unverified, rules.figures_returned, rules.conflicts_open),
                basis="T16",
            ),
        ),
    )
)
