"""The acts of the joint review: open, ask, answer, give an opinion, conclude, report, decide."""

from reviews.services.asking import accepted_on, opinion_address
from reviews.services.changes import adopt_change, answer_change, request_change
from reviews.services.conclusion import conclude, lapse, report
from reviews.services.conditions import (
    answer_requirement,
    judge_requirement,
    pass_on,
    requirement_address,
    settling_address,
    waive_requirement,
)
from reviews.services.countersigning import (
    advise_countersignature,
    ask_countersignatures,
    countersign,
    countersign_address,
    drop_countersignatures,
    lapse_countersignature,
    state_difference,
)
from reviews.services.deciding_alone import lay_before_the_province, open_alone
from reviews.services.decision import decide, determine
from reviews.services.experts import close_expert_round, keep_expert_draft, sign_expert_opinion
from reviews.services.inviting import expert_address, invite_department, invite_expert, withdraw_invitation
from reviews.services.items import Judgement, ask_reviewer, items_address, judge_items, withdraw_item
from reviews.services.notes import add_note, offices_of, takes_part, withdraw_note
from reviews.services.objections import (
    accept_objection,
    answer_inquiry,
    answer_objection,
    ask_city,
    file_objection,
    is_open,
    reject_objection,
)
from reviews.services.opening import open_review
from reviews.services.opinions import give_opinion, keep_draft, reopen_opinion
from reviews.services.proposing import decline_proposal, propose_question, send_proposal, withdraw_proposal
from reviews.services.publicity import period, public_summary, publish, publish_result, uphold
from reviews.services.questions import answer_question, ask_question, cancel_question
from reviews.services.recusals import confirm_recusal, declare_recusal, dismiss_recusal, replacements_for
from reviews.services.state_answers import confirm_state_answer, give_back_state_answer, keep_state_answer
from reviews.services.visits import add_photos, plan_visit, record_visit
from reviews.services.waiving import against_waiving, waive_review
from reviews.services.withdrawing import end_case

__all__ = [
    "Judgement",
    "accept_objection",
    "accepted_on",
    "add_note",
    "add_photos",
    "adopt_change",
    "advise_countersignature",
    "against_waiving",
    "answer_change",
    "answer_inquiry",
    "answer_objection",
    "answer_question",
    "answer_requirement",
    "ask_city",
    "ask_countersignatures",
    "ask_question",
    "ask_reviewer",
    "cancel_question",
    "close_expert_round",
    "conclude",
    "confirm_recusal",
    "confirm_state_answer",
    "countersign",
    "countersign_address",
    "decide",
    "declare_recusal",
    "decline_proposal",
    "determine",
    "dismiss_recusal",
    "drop_countersignatures",
    "end_case",
    "expert_address",
    "file_objection",
    "give_back_state_answer",
    "give_opinion",
    "invite_department",
    "invite_expert",
    "is_open",
    "items_address",
    "judge_items",
    "judge_requirement",
    "keep_draft",
    "keep_expert_draft",
    "keep_state_answer",
    "lapse",
    "lapse_countersignature",
    "lay_before_the_province",
    "offices_of",
    "open_alone",
    "open_review",
    "opinion_address",
    "pass_on",
    "period",
    "plan_visit",
    "propose_question",
    "public_summary",
    "publish",
    "publish_result",
    "record_visit",
    "reject_objection",
    "reopen_opinion",
    "replacements_for",
    "report",
    "request_change",
    "requirement_address",
    "send_proposal",
    "settling_address",
    "sign_expert_opinion",
    "state_difference",
    "takes_part",
    "uphold",
    "waive_requirement",
    "waive_review",
    "withdraw_invitation",
    "withdraw_item",
    "withdraw_note",
    "withdraw_proposal",
]
