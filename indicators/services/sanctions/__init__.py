"""The acts of a sanction: proposed, told, heard, decided, served, reviewed; and what a card brings."""

from indicators.services.sanctions.deciding import answer, carry_out, impose, report, revoke, serve, spare
from indicators.services.sanctions.hearing import (
    ask_hearing,
    attach,
    check_minutes,
    give_opinion,
    hold_hearing,
    notify,
    plan_hearing,
    receive,
    state,
    withdraw_hearing,
)
from indicators.services.sanctions.proposing import consider
from indicators.services.sanctions.reviewing import ask_review, decide_review, take_back
from indicators.services.sanctions.standing_cards import hand_in_plan, note_check

__all__ = [
    "answer",
    "ask_hearing",
    "ask_review",
    "attach",
    "carry_out",
    "check_minutes",
    "consider",
    "decide_review",
    "give_opinion",
    "hand_in_plan",
    "hold_hearing",
    "impose",
    "note_check",
    "notify",
    "plan_hearing",
    "receive",
    "report",
    "revoke",
    "serve",
    "spare",
    "state",
    "take_back",
    "withdraw_hearing",
]
