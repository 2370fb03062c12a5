"""The acts of the joint review: open, ask, answer, give an opinion, conclude, report, decide."""

from reviews.services.asking import ANSWER_DAYS, OPINION_DAYS, REPORT_DAYS, REVIEW_DAYS, accepted_on, opinion_address
from reviews.services.conclusion import conclude, report
from reviews.services.decision import decide
from reviews.services.opening import open_review
from reviews.services.opinions import give_opinion
from reviews.services.questions import answer_question, ask_question

__all__ = [
    "ANSWER_DAYS",
    "OPINION_DAYS",
    "REPORT_DAYS",
    "REVIEW_DAYS",
    "accepted_on",
    "answer_question",
    "ask_question",
    "conclude",
    "decide",
    "give_opinion",
    "open_review",
    "opinion_address",
    "report",
]
