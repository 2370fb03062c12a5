"""Which papers a case waits for now, and the arrow that each brings about."""

from __future__ import annotations

from reviews import pilot_list
from reviews.enums import CaseStatus, Outcome
from reviews.models import Case
from reviews.outcomes import outcome_of
from reviews.rules import is_set_aside
from reviews.rules_countersigning import countersigning_open
from workflow.machine import Transition, Unless

Offer = tuple[str, str]
MINUTES, NOTICE, REPORT = ("minutes", "conclude"), ("publicity_notice", "publish"), ("report", "report")
REFUSAL = ("refusal", "decline")


def papers(case: Case) -> tuple[Offer, ...]:
    """The papers of the next step: what is recommended is made public before it goes up, what is not goes up."""
    outcome = outcome_of(case)
    notice, letter, report = (outcome.notice, "determine"), (outcome.letter, "turn_down"), (outcome.report, "report")
    if case.status == CaseStatus.REVIEWING and case.is_alone:
        return (notice, letter) if case.direct else (report,)
    if case.status == CaseStatus.REVIEWING:
        return (MINUTES,)
    if case.status == CaseStatus.REPORTED:
        return ((outcome.paper, "list"), REFUSAL)
    if case.status == CaseStatus.PUBLICITY:
        return (REPORT,)
    if case.status != CaseStatus.CONCLUDED:
        return ()
    if is_set_aside(case):
        return (MINUTES,)
    conclusion = case.conclusion
    recommended = conclusion is not None and conclusion.outcome == Outcome.RECOMMEND
    if case.direct:
        return (notice,) if recommended else (letter,)
    return (NOTICE,) if recommended else (REPORT,)


def against(case: Case, code: str, arrow: Transition) -> list[str]:
    """Why the paper of that code, which brings about the arrow, is not to be drafted now."""
    elsewhere = pilot_list.named_elsewhere(case) if code == pilot_list.NOTICE else []
    return [*(reason for rule in before(arrow) for reason in rule(case)), *elsewhere]


def before(arrow: Transition) -> list[Unless]:
    """What stands against drafting the paper of an arrow: countersigning comes after the drafting."""
    return [rule for rule in arrow.unless if rule is not countersigning_open]
