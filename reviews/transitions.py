"""The life of a case and of an opinion. One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from reviews import rules
from reviews.enums import CaseStatus as S
from reviews.enums import OpinionStatus as O
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
                {S.REVIEWING},
                S.CONCLUDED,
                rules.is_lead_signer,
                (rules.opinions_outstanding, rules.questions_open),
                basis="P-II.1.8c; T9",
            ),
            Transition(
                "report",
                _("报省政府审定"),
                {S.CONCLUDED},
                S.REPORTED,
                rules.is_lead_signer,
                (rules.conclusion_missing,),
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
            Transition("decline", _("不予列入"), {S.REPORTED}, S.DECLINED, rules.is_government_signer, basis="T14"),
            Transition("defer", _("暂缓列入"), {S.REPORTED}, S.DEFERRED, rules.is_government_signer, basis="T14"),
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
                {O.REQUESTED},
                O.SIGNED,
                rules.is_department_signer,
                basis="P-II.1.8c; T7",
                audience=Audience.AUTHORITY,
            ),
        ),
    )
)
