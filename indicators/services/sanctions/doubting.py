"""A year that is no longer missed: what rests on it is proposed to be taken back; a card before it may end (T19)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.queries import the_government, the_lead
from indicators.enums_sanction import RUNNING, STANDING, WEIGHING, CardStatus, SanctionKind, SanctionStatus
from indicators.models import Assessment, SanctionCase, YellowCard
from indicators.services.sanctions import asking, falling, standing_cards
from indicators.transitions_sanction import sanctions
from notifications.models import Paper
from policy.outcomes import Verdict
from workflow import clocks, ledger, outbox, proposals
from workflow.ledger import in_chinese, recorded
from workflow.models import Event, Proposal
from workflow.proposals import ProposalKind

CONCERNED = (*RUNNING, *WEIGHING)
LOST = "indicators.card_lost"


def doubt(assessment: Assessment) -> None:
    """What a released year that is not missed means for what was begun or decided, and for the card before it."""
    second = Q(before_year=assessment.year, kind=SanctionKind.REVOCATION) & ~Q(status=SanctionStatus.CHANGED)
    rests = Q(year=assessment.year) | second
    rows = SanctionCase.objects.filter(rests, subject=assessment.subject, status__in=CONCERNED)
    words = recorded("%(year)s年度评价重新发布（%(number)s），结论变为“%(verdict)s”，不再构成“未达到要求”。")
    told = {"year": assessment.year, "verdict": in_chinese(Verdict(assessment.verdict).label)}
    for case in rows.select_related("tenant", "reporter").order_by("-year"):
        doubt_case(case, words % {**told, "number": _number(assessment)}, "AMB-33", str(assessment.pk))
    if assessment.verdict == Verdict.MET:
        standing_cards.end_before(assessment)


def doubt_case(case: SanctionCase, doubt_: str, basis: str, assessment: str, label: str = "") -> None:
    """End what nobody was told of, and have its year considered anew; else propose to end it or take it back."""
    if doubt_ in case.doubts:
        return
    if case.status in falling.UNTOLD:
        event = sanctions.perform(case, "lapse", None, reason=doubt_, changes={"doubts": [doubt_], "card_status": None})
        falling.drop_proposals(case, event)
        clocks.finish(case, event)
        falling.consider_anew(case, event)
        return
    case.doubts = [*case.doubts, doubt_]
    case.save(update_fields=["doubts"])
    _lay_before(case, doubt_, basis, assessment, label)


def _lay_before(case: SanctionCase, doubt_: str, basis: str, assessment: str, label: str) -> None:
    """Whoever decided, or 省科技厅 of what is under way, is asked to take it back; everybody hears of the doubt."""
    weighs = recorded("评价结果变化，建议撤销决定")
    label = label or (weighs if case.status in WEIGHING else recorded("评价结果变化，建议终止办理"))
    event = ledger.append(
        case, "doubt", label, None, dossier=case.dossier, basis=basis, reason=doubt_, data={"assessment": assessment}
    )
    decided = case.status in WEIGHING and case.is_revocation
    office = the_government() if decided else the_lead()
    title = recorded("%(name)s%(year)s年度%(kind)s：建议撤回") % asking.said(case)
    proposals.propose(
        RECONSIDERATION if decided else WITHDRAWAL, case, dossier=case.dossier, organisation=office,
        role=PostRole.REVIEWER, reasons=case.doubts, event=event, title=title,
    )  # fmt: skip
    asking.tell(case, event, title, [*asking.addressees(case), the_lead()], doubt_)


def doubt_without(card: YellowCard, paper: Paper, event: Event) -> None:
    """A card is taken away by a paper: a revocation that was decided on it no longer has it (AMB-13).

    That, and a revocation of the card's own year, is laid before the office that decides by the worker.
    """
    words = {"year": card.year, "number": paper.number}
    lost = recorded("%(year)s年度黄牌警告已撤销（%(number)s），不再构成连续两年未达到要求。") % words
    resting = SanctionCase.objects.filter(card=card, card_status=CardStatus.IN_FORCE, status__in=STANDING)
    told = []
    for case in resting:
        case.doubts, case.card_status = [*case.doubts, lost], None
        case.save(update_fields=["doubts", "card_status"])
        told.append(str(case.pk))
    payload = {"card": str(card.pk), "number": paper.number, "doubt": lost, "cases": told}
    outbox.follow(event, LOST, str(event.pk), payload, card.tenant)


@outbox.effect(LOST)
def lay_before(payload: dict[str, Any]) -> None:
    """Propose to take back what was decided on a card that is gone, and what its own year was to become."""
    rows = SanctionCase.objects.select_related("tenant", "reporter")
    label = recorded("上一年度黄牌撤销，建议撤销取消创建资格的决定")
    for case in rows.filter(pk__in=payload["cases"], status__in=STANDING).order_by("year"):
        _lay_before(case, payload["doubt"], "AMB-13", str(case.assessment_id), label)
    card = YellowCard.objects.get(pk=payload["card"])
    same = rows.filter(subject=card.subject, year=card.year, kind=SanctionKind.REVOCATION)
    words = recorded("%(year)s年度黄牌警告已撤销（%(number)s），本年度是否未达到要求须重新审议。")
    label = recorded("本年度黄牌撤销，建议不再取消创建资格")
    for case in same.filter(status__in=(*RUNNING, *STANDING)).exclude(dossier=card.dossier):
        doubt = words % {"year": card.year, "number": payload["number"]}
        doubt_case(case, doubt, "AMB-13", str(case.assessment_id), label)


def _number(assessment: Assessment) -> str:
    paper = assessment.run.paper
    return paper.number if paper is not None else str(assessment.run)


def _of(proposal: Proposal) -> SanctionCase:
    return SanctionCase.objects.select_related("tenant", "reporter").get(pk=proposal.subject_id)


def _draft(proposal: Proposal, actor: Actor) -> SanctionCase:
    """A handler drafts the paper; until it is signed nothing changes."""
    case = _of(proposal)
    title = recorded("起草撤回文书：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_withdrawal", title, actor.organisation, PostRole.HANDLER, actor.organisation)
    return case


def _stale(proposal: Proposal) -> list[str]:
    return [] if _of(proposal).status in CONCERNED else [str(recorded("本案已经终止，不需要再办理。"))]


ACT = recorded("确认后由经办人起草文书，签发之后才终止办理或者撤销决定；原文书保留。")
WITHDRAWAL = proposals.declare(
    ProposalKind("sanction_withdrawal", recorded("建议撤回黄牌或者终止办理"), "AMB-33", _draft, None, ACT, _stale)
)
RECONSIDERATION = proposals.declare(
    ProposalKind(
        "sanction_reconsideration", recorded("建议省政府重新审议取消决定"), "AMB-33", _draft, None, ACT, _stale
    )
)
