"""The way of a sanction (T18 to T22) and of a card. One row per arrow of the drawing in docs/workflow.md."""

from django.utils.translation import gettext_lazy as _

from indicators import rules_sanction as rules
from indicators.enums_sanction import HEARD, RUNNING, WEIGHING, CardStatus
from indicators.enums_sanction import SanctionStatus as S
from workflow.enums import Audience
from workflow.machine import Machine, Transition, register

LAW = "P-II.2.5"
FAIR = (rules.still_heard, rules.unanswered)

sanctions = register(
    Machine(
        "indicators.sanction",
        S,
        (
            Transition(
                "confirm", _("立案"), {S.PROPOSED}, S.CONFIRMED, rules.is_reviewer_of_lead, basis=LAW,
                audience=Audience.AUTHORITY,
            ),
            Transition(
                "dismiss", _("不予立案"), {S.PROPOSED}, S.DISMISSED, rules.is_reviewer_of_lead, basis=LAW,
                audience=Audience.AUTHORITY,
            ),
            Transition(
                "lapse", _("结果变化，自动终止"), {S.PROPOSED, S.CONFIRMED}, S.WITHDRAWN, rules.is_worker,
                basis="AMB-33",
            ),
            Transition(
                "fall", _("上一年度黄牌撤销，终止办理"), {*RUNNING}, S.WITHDRAWN, rules.takes_card_back,
                unless=(rules.is_card,), basis="AMB-13",
            ),
            Transition("notify", _("告知"), {S.CONFIRMED}, S.NOTICED, rules.is_signer_of_lead, basis="T18"),
            Transition("receive", _("签收告知书"), {S.NOTICED}, S.ANSWERING, rules.is_addressee, basis="T18"),
            Transition("deem_received", _("视为已送达告知书"), {S.NOTICED}, S.ANSWERING, rules.is_worker, basis="T18"),
            Transition(
                "state", _("陈述申辩"), {*HEARD}, S.STATED, rules.is_signer_of_addressee,
                unless=(rules.statement_over,), basis="T18",
            ),
            Transition(
                "ask_hearing", _("申请听证"), {*HEARD}, S.HEARING, rules.is_signer_of_addressee,
                unless=(rules.statement_over, rules.heard_before), basis="T20",
            ),
            Transition(
                "hold_hearing", _("举行听证"), {S.HEARING}, S.STATED, rules.is_signer_of_lead,
                unless=(rules.no_minutes,), basis="T20",
            ),
            Transition(
                "withdraw_hearing", _("撤回听证申请"), {S.HEARING}, S.ANSWERING, rules.is_signer_of_addressee,
                basis="T20",
            ),
            Transition(
                "impose", _("给予黄牌警告"), {*HEARD}, S.IMPOSED, rules.is_signer_of_lead,
                unless=(rules.is_revocation, *FAIR), basis="T18",
            ),
            Transition(
                "report", _("报省政府决定"), {*HEARD}, S.REPORTED, rules.is_signer_of_lead,
                unless=(rules.is_card, *FAIR, rules.card_no_longer_counts), basis="T20",
            ),
            Transition(
                "spare", _("决定不予处理"), {*HEARD}, S.NOT_IMPOSED, rules.is_signer_of_lead,
                unless=(rules.unanswered,), basis="T22",
            ),
            Transition(
                "revoke", _("取消创建资格"), {S.REPORTED}, S.IMPOSED, rules.is_signer_of_government,
                unless=(rules.is_card, rules.unanswered, rules.card_no_longer_counts), basis="P-II.2.6",
            ),
            Transition(
                "refuse", _("不予取消创建资格"), {S.REPORTED}, S.NOT_IMPOSED, rules.is_signer_of_government, basis="T22"
            ),
            Transition("serve", _("签收决定"), {S.IMPOSED}, S.SERVED, rules.is_addressee, basis="T18"),
            Transition("deem_served", _("视为已送达决定"), {S.IMPOSED}, S.SERVED, rules.is_worker, basis="T18"),
            Transition(
                "ask_review", _("申请复核"), {S.SERVED}, S.REVIEW, rules.is_signer_of_addressee,
                unless=(rules.review_over,), basis="T22",
            ),
            Transition("uphold", _("复核维持"), {S.REVIEW}, S.SERVED, rules.decides_review, basis="T22"),
            Transition(
                "change", _("复核变更"), {S.REVIEW}, S.SERVED, rules.decides_review, unless=(rules.is_revocation,),
                basis="T22",
            ),
            Transition(
                "commute", _("复核变更为黄牌警告"), {S.REVIEW}, S.CHANGED, rules.decides_review,
                unless=(rules.is_card,), basis="T22",
            ),
            Transition("annul", _("复核撤销"), {S.REVIEW}, S.ANNULLED, rules.decides_review, basis="T22"),
            Transition(
                "withdraw", _("终止办理"), {*RUNNING[1:]}, S.WITHDRAWN, rules.is_signer_of_lead,
                unless=(rules.nothing_new,), basis="AMB-33",
            ),
            Transition(
                "recall", _("撤销决定"), {*WEIGHING}, S.ANNULLED, rules.decides_review,
                unless=(rules.nothing_new,), basis="AMB-33",
            ),
        ),
    )
)  # fmt: skip

cards = register(
    Machine(
        "indicators.yellowcard",
        CardStatus,
        (
            Transition("end", _("解除黄牌"), {CardStatus.IN_FORCE}, CardStatus.ENDED, rules.is_worker, basis="T19"),
            Transition(
                "restore", _("恢复黄牌"), {CardStatus.ENDED}, CardStatus.IN_FORCE, rules.is_worker, basis="AMB-33"
            ),
            Transition(
                "annul", _("撤销黄牌"), {CardStatus.IN_FORCE}, CardStatus.ANNULLED, rules.takes_card_back,
                basis="AMB-13",
            ),
        ),
    )
)  # fmt: skip
