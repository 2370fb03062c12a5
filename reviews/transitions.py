"""The life of a case and of an opinion. One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from reviews import items, rules, rules_countersigning, rules_departments
from reviews.enums import CaseStatus as S
from reviews.enums import OpinionStatus as O
from reviews.enums_publicity import ObjectionStatus as B
from workflow.enums import Audience
from workflow.machine import Machine, Transition, register

case = register(
    Machine(
        "reviews.case",
        S,
        (
            Transition(
                "conclude",
                _("形成联审结论"),
                {S.REVIEWING, S.CONCLUDED},
                S.CONCLUDED,
                rules.is_lead_signer,
                (
                    rules.nothing_to_conclude,
                    rules.opinions_outstanding,
                    rules.questions_open,
                    items.unjudged,
                    items.site_unchecked,
                    rules_departments.change_unfinished,
                ),
                basis="P-II.1.8c; T9",
            ),
            Transition(
                "publish",
                _("公示"),
                {S.CONCLUDED},
                S.PUBLICITY,
                rules.is_lead_signer,
                (rules.decided_by_the_lead, rules.not_recommended, rules.conclusion_set_aside, rules.objections_open),
                basis="T10",
            ),
            Transition(
                "uphold",
                _("异议成立，重新形成结论"),
                {S.PUBLICITY},
                S.CONCLUDED,
                rules.is_lead_signer,
                basis="T11",
            ),
            Transition(
                "report",
                _("报省政府审定"),
                {S.REVIEWING, S.CONCLUDED, S.PUBLICITY},
                S.REPORTED,
                rules.is_lead_signer,
                (
                    rules.decided_by_the_lead,
                    rules.conclusion_missing,
                    rules.questions_open,
                    rules.conclusion_set_aside,
                    rules.publicity_unfinished,
                    rules.objections_open,
                    rules_departments.conditions_unanswered,
                    rules_countersigning.countersigning_open,
                ),
                basis="P-II.1.8d; T12",
            ),
            Transition(
                "list",
                _("同意列入创建名单"),
                {S.REPORTED},
                S.LISTED,
                rules.is_government_signer,
                basis="P-II.1.8d; P-II.1.8e; T13",
            ),
            Transition(
                "determine",
                _("确定为创新型试点城市（县、区）"),
                {S.REVIEWING, S.CONCLUDED},
                S.LISTED,
                rules.is_lead_signer,
                (
                    rules.decided_by_the_government,
                    rules.not_concluded_so,
                    rules.questions_open,
                    rules_departments.conditions_unanswered,
                ),
                basis="C-III.2d; U4",
            ),
            Transition(
                "turn_down",
                _("不列为试点"),
                {S.REVIEWING, S.CONCLUDED},
                S.DECLINED,
                rules.is_lead_signer,
                (
                    rules.decided_by_the_government,
                    rules.conclusion_missing,
                    rules.concluded_for_it,
                    rules.questions_open,
                ),
                basis="C-III.2d; CT-24",
            ),
            Transition("decline", _("不予列入"), {S.REPORTED}, S.DECLINED, rules.is_government_signer, basis="T14"),
            Transition("defer", _("暂缓列入"), {S.REPORTED}, S.DEFERRED, rules.is_government_signer, basis="T14"),
            Transition(
                "withdraw",
                _("申报单位撤回申报"),
                {S.REVIEWING, S.CONCLUDED, S.PUBLICITY, S.REPORTED},
                S.WITHDRAWN,
                rules.is_signatory_of_owner,
                basis="T31; PK-90",
            ),
        ),
    )
)

opinion = register(
    Machine(
        "reviews.opinion",
        O,
        (
            Transition(
                "sign",
                _("签发部门意见"),
                {O.REQUESTED, O.LAPSED},
                O.SIGNED,
                rules.is_department_signer,
                (rules.review_over,),
                basis="P-II.1.8c; T7",
                audience=Audience.AUTHORITY,
            ),
            Transition(
                "lapse",
                _("按逾期未回复处理"),
                {O.REQUESTED},
                O.LAPSED,
                rules.is_lead_handler,
                (rules.review_over, rules.not_late, rules.not_reminded),
                basis="P-II.1.8c; T7; AMB-21",
                audience=Audience.AUTHORITY,
            ),
            Transition(
                "withdraw",
                _("撤回征求意见"),
                {O.REQUESTED, O.LAPSED},
                O.WITHDRAWN,
                rules.is_lead_handler,
                (rules_departments.named_by_the_text,),
                basis="P-II.1.8c",
                audience=Audience.AUTHORITY,
            ),
            Transition(
                "supersede",
                _("重新征求意见"),
                {O.SIGNED, O.LAPSED},
                O.SUPERSEDED,
                rules.is_lead_handler,
                (rules_departments.review_is_over,),
                basis="P-II.1.8c",
                audience=Audience.AUTHORITY,
            ),
        ),
    )
)

objection = register(
    Machine(
        "reviews.objection",
        B,
        (
            Transition(
                "accept",
                _("受理异议"),
                {B.RECEIVED},
                B.ACCEPTED,
                rules.is_lead_handler,
                basis="T11",
                audience=Audience.AUTHORITY,
            ),
            Transition(
                "reject",
                _("不予受理异议"),
                {B.RECEIVED},
                B.REJECTED,
                rules.is_lead_handler,
                basis="T11",
                audience=Audience.AUTHORITY,
            ),
            Transition(
                "answer",
                _("答复异议"),
                {B.ACCEPTED},
                B.ANSWERED,
                rules.is_lead_signer,
                basis="T11",
                audience=Audience.AUTHORITY,
            ),
        ),
    )
)
