"""AMB-13: what a card that came later, or no longer counts, means for cases of other years that are under way."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor
from accounts.queries import the_government, the_lead
from indicators.enums_sanction import SanctionStatus
from indicators.models import SanctionCase, YellowCard
from indicators.services.sanctions import asking
from indicators.transitions_sanction import sanctions
from notifications.enums import PaperValidity
from notifications.models import Paper
from workflow import clocks, outbox
from workflow.enums import ProposalOutcome
from workflow.ledger import recorded
from workflow.models import Event, Proposal, Task

# Performed in proposing, which knows what a year calls for.
ANEW, CARD_GIVEN = "indicators.sanction_anew", "indicators.card_given"
UNTOLD = (SanctionStatus.PROPOSED, SanctionStatus.CONFIRMED)


def consider_anew(case: SanctionCase, event: Event) -> None:
    """Have the worker look again at what the year of a case that ended calls for."""
    outbox.follow(event, ANEW, f"{event.pk}:{case.pk}", {"subject": case.subject, "year": case.year}, case.tenant)


def follow_card(card: YellowCard, event: Event) -> None:
    """Have the worker look at the cases of later years: what was one miss may now be the second."""
    payload = {"subject": card.subject, "year": card.year}
    outbox.follow(event, CARD_GIVEN, str(card.pk), payload, card.tenant)


def fall(case: SanctionCase, card: YellowCard, paper: Paper, actor: Actor) -> Event:
    """A revocation under way loses its card: it ends with the paper that annuls the card, and all hear of it."""
    words = {"year": card.year, "number": paper.number}
    reason = recorded("%(year)s年度黄牌警告已撤销（%(number)s），不再构成连续两年未达到要求。") % words
    was, data = case.status, {"annulled_by": paper.number}
    changes: dict[str, Any] = {"card_status": None, "doubts": [*case.doubts, reason]}
    event = sanctions.perform(case, "fall", actor, reason=reason, data=data, changes=changes)
    drop_proposals(case, event)
    clocks.finish(case, event)
    if case.notice_paper_id:
        Paper.objects.filter(pk=case.notice_paper_id).update(validity=PaperValidity.REVOKED)
    if was not in UNTOLD:
        offices = [*asking.addressees(case), the_lead()]
        offices += [the_government()] if was == SanctionStatus.REPORTED else []
        title = recorded("%(name)s%(year)s年度%(kind)s：终止办理") % asking.said(case)
        asking.tell(case, event, title, offices, reason, legal=True)
    consider_anew(case, event)
    return event


def drop_proposals(case: SanctionCase, event: Event) -> None:
    """What was laid before an official and not decided yet is moot."""
    rows = Proposal.objects.filter(subject_id=case.pk, outcome=ProposalOutcome.OPEN)
    about = [case.pk, *rows.values_list("pk", flat=True)]
    Task.objects.filter(subject_id__in=about, done_at=None).update(done_at=event.at)
    for pk in about:
        asking.clear_everywhere(pk, case, event)
    rows.update(outcome=ProposalOutcome.MOOT, decided_at=event.at, note=event.reason)
