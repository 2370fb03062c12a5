"""The lives of what belongs to the departments' side of a case. One row per arrow of the drawing."""

from django.utils.translation import gettext_lazy as _

from reviews import rules_departments as rules
from reviews.enums import ExpertStatus as E
from reviews.enums import ProposalStatus as P
from reviews.enums import RecusalStatus as C
from reviews.enums import RequirementStatus as R
from workflow.enums import Audience
from workflow.machine import Machine, Transition, register

INNER = Audience.AUTHORITY

expert = register(
    Machine(
        "reviews.expertopinion",
        E,
        (
            Transition(
                "sign",
                _("签名提交论证意见"),
                {E.INVITED},
                E.SIGNED,
                rules.is_the_expert,
                (rules.review_is_over, rules.experts_closed),
                basis="T8",
                audience=INNER,
            ),
            Transition(
                "withdraw", _("撤回邀请"), {E.INVITED}, E.WITHDRAWN, rules.is_of_the_lead, basis="T8", audience=INNER
            ),
        ),
    )
)

# The city reads its own answer and the waiver; who found it settled or not stays with the authorities.
requirement = register(
    Machine(
        "reviews.requirement",
        R,
        (
            Transition(
                "answer", _("答复落实情况"), {R.OPEN}, R.ANSWERED, rules.is_handler_of_the_city, basis="P-II.1.8c"
            ),
            Transition(
                "settle",
                _("确认已落实"),
                {R.ANSWERED},
                R.SETTLED,
                rules.is_handler_of_the_asking_office,
                basis="P-II.1.8c",
                audience=INNER,
            ),
            Transition(
                "give_back",
                _("退回继续落实"),
                {R.ANSWERED},
                R.OPEN,
                rules.is_handler_of_the_asking_office,
                basis="P-II.1.8c",
                audience=INNER,
            ),
            Transition(
                "waive", _("不再要求"), {R.OPEN, R.ANSWERED}, R.WAIVED, rules.is_lead_handler, basis="P-II.1.8c"
            ),
        ),
    )
)

proposal = register(
    Machine(
        "reviews.questionproposal",
        P,
        (
            Transition(
                "send",
                _("转达申报单位"),
                {P.PROPOSED},
                P.SENT,
                rules.is_lead_handler,
                (rules.review_is_over,),
                basis="P-II.1.8c",
                audience=INNER,
            ),
            Transition("decline", _("不转达"), {P.PROPOSED}, P.DECLINED, rules.is_lead_handler, audience=INNER),
            Transition(
                "withdraw",
                _("撤回建议"),
                {P.PROPOSED},
                P.WITHDRAWN,
                rules.is_handler_of_the_proposer,
                audience=INNER,
            ),
        ),
    )
)

recusal = register(
    Machine(
        "reviews.recusal",
        C,
        (
            Transition("confirm", _("确认回避"), {C.DECLARED}, C.CONFIRMED, rules.is_head_for, audience=INNER),
            Transition("dismiss", _("不需回避"), {C.DECLARED}, C.DISMISSED, rules.is_head_for, audience=INNER),
        ),
    )
)
