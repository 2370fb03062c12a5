"""The life of a filing. One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from applications import rules
from applications.enums import FilingStatus as S
from workflow.machine import Machine, Transition, register

filing = register(
    Machine(
        "applications.filing",
        S,
        (
            Transition(
                "submit",
                _("申报"),
                {S.DRAFT},
                S.SUBMITTED,
                rules.is_signatory_of_owner,
                (rules.goes_to_the_lead, rules.plan_incomplete, rules.reapplication_unchanged),
                basis="P-II.1.8a; P-II.1.8b; T1",
            ),
            Transition(
                "lodge",
                _("向省科技厅申报"),
                {S.DRAFT},
                S.FORMAL_CHECK,
                rules.is_signatory_of_owner,
                (
                    rules.goes_by_the_government,
                    rules.window_closed,
                    rules.plan_incomplete,
                    rules.reapplication_unchanged,
                ),
                basis="C-III.2b; U1",
            ),
            Transition(
                "route",
                _("交办省科技厅"),
                {S.SUBMITTED},
                S.FORMAL_CHECK,
                rules.is_government_handler,
                basis="P-II.1.8c; T2",
            ),
            Transition(
                "return_for_supplement",
                _("退回补正"),
                {S.FORMAL_CHECK},
                S.RETURNED,
                rules.is_lead_signer,
                basis="T3",
            ),
            Transition(
                "resubmit",
                _("补正后再报"),
                {S.RETURNED},
                S.FORMAL_CHECK,
                rules.is_signatory_of_owner,
                (rules.remarks_unanswered, rules.plan_incomplete),
                basis="T4",
            ),
            Transition(
                "accept",
                _("受理"),
                {S.FORMAL_CHECK},
                S.ACCEPTED,
                rules.is_lead_signer,
                (rules.remarks_unsettled, rules.second_unacknowledged),
                basis="T5",
            ),
            Transition("reject", _("不予受理"), {S.FORMAL_CHECK}, S.REJECTED, rules.is_lead_signer, basis="T5"),
            Transition(
                "open_review",
                _("启动联审联评"),
                {S.ACCEPTED},
                S.IN_REVIEW,
                rules.is_lead_signer,
                (rules.unassessed,),
                basis="P-II.1.8c; P-IV.4b; T6",
            ),
            Transition(
                "list",
                _("列入创建名单"),
                {S.IN_REVIEW},
                S.LISTED,
                rules.is_government_signer,
                basis="P-II.1.8d; T13",
            ),
            Transition(
                "decline",
                _("不予列入或暂缓"),
                {S.IN_REVIEW},
                S.DECLINED,
                rules.is_government_signer,
                basis="T14",
            ),
            Transition(
                "determine",
                _("列为创新型试点城市（县、区）"),
                {S.IN_REVIEW},
                S.LISTED,
                rules.is_lead_signer,
                (rules.goes_by_the_government,),
                basis="C-III.2d; U4",
            ),
            Transition(
                "turn_down",
                _("未列为试点"),
                {S.IN_REVIEW},
                S.DECLINED,
                rules.is_lead_signer,
                (rules.goes_by_the_government,),
                basis="C-III.2d; CT-24",
            ),
            Transition(
                "withdraw",
                _("撤回申报"),
                {S.SUBMITTED, S.FORMAL_CHECK, S.RETURNED, S.ACCEPTED, S.IN_REVIEW},
                S.WITHDRAWN,
                rules.is_signatory_of_owner,
                (rules.review_is_over,),
                basis="T31; PK-90",
            ),
            Transition(
                "deem_withdrawn",
                _("视为撤回"),
                {S.RETURNED},
                S.WITHDRAWN,
                rules.is_lead_leader,
                basis="T4; T31",
            ),
            Transition("discard", _("弃用草稿"), {S.DRAFT}, S.DISCARDED, rules.is_handler_of_owner, basis="PK-00"),
            Transition("restore", _("恢复草稿"), {S.DISCARDED}, S.DRAFT, rules.is_handler_of_owner, basis="PK-00"),
        ),
    )
)
