"""The life of a countersignature (会签). One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from reviews import rules_countersigning as rules
from reviews.enums import CountersignStatus as C
from workflow.enums import Audience
from workflow.machine import Machine, Transition, register

INNER = Audience.AUTHORITY
CURRENT: set[str] = {C.ASKED, C.AGREED, C.OBJECTED, C.LAPSED, C.STATED}

countersignature = register(
    Machine(
        "reviews.countersignature",
        C,
        (
            Transition(
                "agree",
                _("同意会签"),
                {C.ASKED, C.OBJECTED, C.LAPSED},
                C.AGREED,
                rules.is_countersigner,
                (rules.report_is_gone,),
                basis="T12",
                audience=INNER,
            ),
            Transition(
                "object",
                _("提出不同意见"),
                {C.ASKED, C.LAPSED},
                C.OBJECTED,
                rules.is_countersigner,
                (rules.report_is_gone,),
                basis="T12",
                audience=INNER,
            ),
            Transition(
                "lapse",
                _("按逾期未会签处理"),
                {C.ASKED},
                C.LAPSED,
                rules.is_lead_handler,
                (rules.report_is_gone, rules.silence_holds),
                basis="T12; AMB-21",
                audience=INNER,
            ),
            Transition(
                "state",
                _("列明分歧"),
                {C.OBJECTED},
                C.STATED,
                rules.is_lead_signer,
                (rules.report_is_gone,),
                basis="T12",
                audience=INNER,
            ),
            Transition(
                "supersede",
                _("文稿修改，重新会签"),
                CURRENT,
                C.SUPERSEDED,
                rules.is_of_the_lead,
                basis="T12",
                audience=INNER,
            ),
            Transition(
                "withdraw", _("不再会签"), CURRENT, C.WITHDRAWN, rules.is_of_the_lead, basis="T12", audience=INNER
            ),
        ),
    )
)
