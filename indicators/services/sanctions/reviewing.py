"""T22: a decision is reviewed on request; what rests on a result that changed is taken back by a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.queries import the_lead
from indicators import periods_sanction as periods
from indicators.enums_sanction import RUNNING, CardStatus, ReviewOutcome
from indicators.models import SanctionCase, YellowCard
from indicators.services.sanctions import asking, deciding, doubting, falling, standing_cards
from indicators.transitions_sanction import sanctions
from notifications.enums import PaperValidity
from notifications.models import Paper
from registry.services import restore_park
from workflow import clocks, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event


@transaction.atomic
def ask_review(case: SanctionCase, paper: Paper, actor: Actor) -> Event:
    """The city asks whoever decided to look again, once and in time. Raises Refused."""
    event = sanctions.perform(case, "ask_review", actor, data={"paper": paper.number}, changes={"review_paper": paper})
    office = deciding.office_of_decision(case)
    clock = periods.run_review(case, event, office)
    title = recorded("复核：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_review", title, office, PostRole.HANDLER, actor.organisation, clock)
    asking.tell(case, event, title, [office, the_lead()])
    return event


@transaction.atomic
def decide_review(
    case: SanctionCase, outcome: str, reasons: str, paper: Paper, actor: Actor, struck: Sequence[str] = ()
) -> Event:
    """The decision on review: upheld, changed, or annulled. Raises Refused.

    A changed card no longer rests on the clauses `struck`; a changed revocation becomes the card of its year.
    """
    if outcome not in ReviewOutcome.values:
        raise Refused([_("请选择复核结果。")])
    if reasons_ := strike_obstacles(case, outcome, struck):
        raise Refused(reasons_)
    commuted = outcome == ReviewOutcome.CHANGED and case.is_revocation
    name = "commute" if commuted else {"upheld": "uphold", "changed": "change", "annulled": "annul"}[outcome]
    changes: dict[str, Any] = {"review_decision": paper, "review_outcome": outcome, "struck": list(struck)}
    if commuted or outcome == ReviewOutcome.ANNULLED:
        changes["card_status"] = None
    event = sanctions.perform(case, name, actor, reason=reasons, data={"paper": paper.number}, changes=changes)
    clocks.finish(case, event, periods.REVIEW)
    todo.close(case, actor, "sanction_review")
    if outcome == ReviewOutcome.ANNULLED:
        _undo(case, event, paper, actor)
    elif not case.is_revocation:
        # The card of the year before may have come while this one was reviewed.
        falling.consider_anew(case, event)
    if commuted:
        _commute(case, event, paper, actor)
    title = recorded("%(name)s%(year)s年度%(kind)s：复核决定") % asking.said(case)
    asking.tell(case, event, title, [*asking.addressees(case), the_lead()], paper.number, legal=True)
    return event


def strike_obstacles(case: SanctionCase, outcome: str, struck: Sequence[str]) -> list[str]:
    """Why a review cannot leave out these clauses: only a changed card leaves out some, never all, of its own."""
    if outcome != ReviewOutcome.CHANGED or case.is_revocation:
        return [_("只有变更黄牌警告时才填写不再计入的要求。")] if struck else []
    grounds = [row["clause"] for row in case.grounds]
    if unknown := [one for one in struck if one not in grounds]:
        words = {"unknown": "、".join(unknown), "known": "、".join(grounds)}
        return [_("本案没有“%(unknown)s”这一条；可以填写的条款：%(known)s。") % words]
    if not struck:
        return [_("变更黄牌警告的，请写明哪些要求不再计入；没有不再计入的，应当维持。")]
    if set(struck) == set(grounds):
        return [_("全部要求都不再计入的，应当撤销原决定。")]
    return []


def _commute(case: SanctionCase, event: Event, paper: Paper, actor: Actor) -> None:
    """T22 (32→31): the park is on the list again, under the card of the year, which stands on the review's paper."""
    restore_park(case.park, paper=paper, dossier=case.dossier, actor=actor)
    _void(case.decision_paper_id)
    asking.close_everywhere(case, event)
    if YellowCard.objects.filter(subject=case.subject, year=case.year, status=CardStatus.IN_FORCE).exists():
        # The year had its card before the revocation was proposed: it stands on its own paper.
        standing_cards.wake(case, event, own=True)
    else:
        standing_cards.give(case, paper, actor)


def _undo(case: SanctionCase, event: Event, paper: Paper, actor: Actor) -> None:
    """The decision is undone; a revocation that a review had changed leaves a card to be taken away, not a park."""
    if case.is_revocation and case.review_outcome != ReviewOutcome.CHANGED:
        restore_park(case.park, paper=paper, dossier=case.dossier, actor=actor)
        standing_cards.wake(case, event)
    elif card := YellowCard.objects.filter(dossier=case.dossier, status=CardStatus.IN_FORCE).first():
        doubting.doubt_without(card, paper, event)
        standing_cards.annul(card, case, paper, actor, event.reason)
    _void(case.decision_paper_id)
    if case.review_outcome == ReviewOutcome.CHANGED:
        _void(case.review_decision_id)
    # What the decision had put on other desks is no longer to be done there.
    asking.close_everywhere(case, event)


def _void(paper: UUID | None) -> None:
    """The paper stays to be read, and its check page says that it is no longer in force."""
    if paper is not None:
        Paper.objects.filter(pk=paper).update(validity=PaperValidity.REVOKED)


@transaction.atomic
def take_back(case: SanctionCase, reasons: str, paper: Paper, actor: Actor) -> Event:
    """A result changed: the running case is given up, or the decision recalled; all papers stay. Raises Refused."""
    running = case.status in RUNNING
    changes: dict[str, Any] = {"withdrawal_paper": paper, "card_status": None}
    event = sanctions.perform(
        case, "withdraw" if running else "recall", actor, reason=reasons, data={"paper": paper.number}, changes=changes
    )
    clocks.finish(case, event)
    if running:
        _void(case.notice_paper_id)
        asking.close_everywhere(case, event)
    else:
        _undo(case, event, paper, actor)
    falling.consider_anew(case, event)
    title = recorded("%(name)s%(year)s年度%(kind)s：已撤回") % asking.said(case)
    asking.tell(case, event, title, [*asking.addressees(case), the_lead()], paper.number, legal=True)
    return event
