"""The way of a year's computation (T17). One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from indicators import rules_run as rules
from indicators.enums import RunStatus as S
from workflow.machine import Machine, Transition, register

runs = register(
    Machine(
        "indicators.run",
        S,
        (
            Transition("begin", _("开始测算"), {S.QUEUED}, S.COMPUTING, rules.is_worker, basis="T17"),
            Transition("finish", _("完成测算"), {S.COMPUTING}, S.COMPUTED, rules.is_worker, basis="T17"),
            Transition("give_up", _("未能完成测算"), {S.QUEUED, S.COMPUTING}, S.FAILED, rules.is_worker, basis="T17"),
            Transition(
                "propose",
                _("提请发布"),
                {S.COMPUTED},
                S.PROPOSED,
                rules.is_handler_of_lead,
                unless=(
                    rules.is_dry,
                    rules.nothing_computed,
                    rules.newer_computed,
                    rules.another_proposed,
                    rules.objections_open,
                ),
                basis="T17",
            ),
            Transition("withdraw", _("撤回提请"), {S.PROPOSED}, S.COMPUTED, rules.is_of_lead, basis="T17"),
            Transition(
                "release",
                _("发布评价结果"),
                {S.PROPOSED},
                S.RELEASED,
                rules.is_signer_of_lead,
                unless=(rules.is_dry, rules.newer_computed, rules.objections_open),
                basis="T17",
            ),
        ),
    )
)
