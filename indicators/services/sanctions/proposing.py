"""What a released year proposes: a card, a revocation, or that one of them be taken back. Nothing follows by itself."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.query import QuerySet

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.queries import the_departments, the_lead
from indicators import queries_run
from indicators.enums import Programme, RankingList
from indicators.enums_sanction import (
    GIVEN,
    RUNNING,
    CardStatus,
    Consecutive,
    ReviewOutcome,
    SanctionKind,
    SanctionStatus,
)
from indicators.models import Assessment, Finding, Run, SanctionCase, YellowCard
from indicators.models.sanction import LIVE
from indicators.parameters_policy import CONSECUTIVE_RULE, MAX_MISSED, PASS_LINE, YELLOW_CARD_RULE
from indicators.released import follows
from indicators.services.sanctions import asking, doubting, falling, standing_cards
from indicators.transitions_sanction import sanctions
from policy.decimals import parse
from policy.outcomes import Outcome, Verdict
from registry.models import Park
from workflow import ledger, outbox, proposals
from workflow.ledger import recorded
from workflow.models import Proposal
from workflow.parameters import value
from workflow.proposals import ProposalKind

# A case of the same findings that a person decided is not proposed again; nor is one that a review annulled.
SETTLED = Q(status__in=(SanctionStatus.DISMISSED, SanctionStatus.NOT_IMPOSED, SanctionStatus.CHANGED)) | Q(
    status=SanctionStatus.ANNULLED, review_outcome=ReviewOutcome.ANNULLED
)


@follows
def after_release(run: Run) -> None:
    """Propose what follows from a released year of the parks; a replayed release proposes nothing twice."""
    if run.programme != Programme.PARK:
        return
    for assessment in run.assessments.filter(list=RankingList.CREATING).order_by("subject"):
        consider(assessment)


@transaction.atomic
def consider(assessment: Assessment) -> SanctionCase | None:
    """What one park's released year calls for; the new case, or None. Under the system scope."""
    standing = queries_run.standing(assessment.subject, assessment.year)
    if standing is None or standing.pk != assessment.pk:
        return None
    if assessment.verdict != Verdict.MET:
        standing_cards.restore(assessment)
    if not is_missed(assessment):
        doubting.doubt(assessment)
        return None
    if _is_told_already(assessment):
        return None
    return propose(assessment)


def is_missed(assessment: Assessment) -> bool:
    """Whether the year calls for a card by the rule in force (AMB-12); never one whose targets were met."""
    if assessment.verdict != Verdict.NOT_MET:
        return False
    rule = value(YELLOW_CARD_RULE.name)
    if rule == "max_missed":
        return len(missed(assessment)) > value(MAX_MISSED.name)
    if rule == "pass_line":
        return bool(assessment.score) and parse(assessment.score) < parse(str(value(PASS_LINE.name)))
    return True


def missed(assessment: Assessment) -> list[Finding]:
    """The clauses of a year that were not met, in the order of the text."""
    return list(assessment.findings.filter(outcome=Outcome.NOT_MET, counts=True).order_by("place"))


def _is_told_already(assessment: Assessment) -> bool:
    of_year = SanctionCase.objects.filter(subject=assessment.subject, year=assessment.year)
    live = of_year.filter(status__in=[*LIVE, SanctionStatus.CHANGED])
    if year_before(assessment)[0] is not None:
        # A card that was given stays, and the revocation is proposed beside it.
        live = live.exclude(kind=SanctionKind.CARD, status__in=GIVEN)
    if live.exists():
        return True
    settled = of_year.filter(SETTLED)
    if settled.filter(assessment=assessment).exists():
        return True
    clauses = {one.clause for one in missed(assessment)}
    return any({row["clause"] for row in case.grounds} == clauses for case in settled)


def _given(subject: str) -> QuerySet[SanctionCase]:
    """The cards of a park that were decided and are not under review."""
    return SanctionCase.objects.filter(subject=subject, kind=SanctionKind.CARD, status__in=GIVEN)


@outbox.effect(falling.ANEW)
def anew(payload: dict[str, Any]) -> None:
    """A case ended, or lost what it rested on: what does its year call for now?"""
    found = queries_run.standing(payload["subject"], payload["year"])
    if found is not None and found.list == RankingList.CREATING:
        consider(found)


@outbox.effect(falling.CARD_GIVEN)
def escalate(payload: dict[str, Any]) -> None:
    """A card was given late: a later year's card becomes a revocation, which 省科技厅 takes up or not (AMB-13).

    What nobody was told of is proposed anew by itself; of what the city knows, an official ends the card's case first.
    A card that was given already stays, and the revocation of its year is proposed beside it.
    """
    later = SanctionCase.objects.filter(
        subject=payload["subject"], year__gt=payload["year"], kind=SanctionKind.CARD, status__in=RUNNING
    )
    for case in later.select_related("tenant", "reporter", "assessment__run").order_by("year"):
        rests, remarks = year_before(case.assessment)
        if rests is not None:
            words = recorded("%(remark)s构成连续两年未达到要求，应当按取消创建资格另行办理。")
            label = recorded("上一年度已给予黄牌，建议终止办理，改按取消创建资格办理")
            doubting.doubt_case(case, words % {"remark": remarks[0]}, "AMB-13", str(case.assessment_id), label)
    given = _given(payload["subject"]).filter(year__gt=payload["year"])
    for year in given.order_by("year").values_list("year", flat=True):
        anew({"subject": payload["subject"], "year": year})


@transaction.atomic
def propose(assessment: Assessment) -> SanctionCase:
    """Open a case and lay it before 省科技厅: a revocation after two misses in a row, else a card."""
    park = Park.objects.select_related("tenant", "host_zone__committee").get(slug=assessment.subject)
    before, remarks = year_before(assessment)
    given = _given(assessment.subject).filter(year=assessment.year).first()
    if given and given.decision_paper:
        told = recorded("%(year)s年度已先给予黄牌警告（%(number)s），上一年度的黄牌在其后作出。")
        remarks.append(told % {"year": given.year, "number": given.decision_paper.number})
    struck = given.struck if given else []
    case = SanctionCase(
        tenant=park.tenant,
        reporter=park.host_zone.committee if park.host_zone else None,
        kind=SanctionKind.REVOCATION if before else SanctionKind.CARD,
        park=park,
        subject=assessment.subject,
        name=park.name,
        year=assessment.year,
        assessment=assessment,
        grounds=[as_ground(one, assessment) for one in missed(assessment) if one.clause not in struck],
        remarks=remarks,
        **(before or {}),
    )
    ledger.open_chain(case.dossier, park.tenant)
    case.save(force_insert=True)
    label = recorded("系统建议：%(kind)s") % {"kind": asking.kind_of(case)}
    event = ledger.append(
        case, "propose", label, None, dossier=case.dossier, after=case.status, basis=basis_of(case),
        reason="；".join(reasons_of(case)), data={"run": str(assessment.run_id)},
    )  # fmt: skip
    if case.reporter:
        open_dossier(case.dossier, case.tenant_id, case.reporter, GrantLevel.COLLEAGUE, park.tenant)
    open_dossier(case.dossier, case.tenant_id, the_lead(), GrantLevel.ACT, park.tenant)
    title = recorded("%(name)s%(year)s年度：建议%(kind)s") % asking.said(case)
    proposals.propose(
        SANCTION, case, dossier=case.dossier, organisation=the_lead(), role=PostRole.REVIEWER,
        reasons=reasons_of(case), event=event, title=title,
    )  # fmt: skip
    return case


def basis_of(case: SanctionCase) -> str:
    """The clause that a case rests on."""
    return "P-II.2.6" if case.is_revocation else "P-II.2.5"


def as_ground(finding: Finding, assessment: Assessment) -> dict[str, Any]:
    """A missed clause as the case keeps it, with the number of the 通报 that told of it."""
    told = assessment.run.paper.number if assessment.run.paper else ""
    names = ("clause", "label", "quote", "shown", "threshold", "operator", "unit", "formula", "reason")
    return {name: getattr(finding, name) or "" for name in names} | {"finding": str(finding.pk), "result": told}


def reasons_of(case: SanctionCase) -> list[str]:
    """The findings of a case in sentences, and what was seen of the year before."""
    words = recorded(
        "%(clause)s %(label)s：实际 %(shown)s%(unit)s，要求 %(operator)s %(threshold)s%(unit)s（%(formula)s）"
    )
    signs = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}
    rows = [{**row, "operator": signs.get(row["operator"], row["operator"])} for row in case.grounds]
    return [*(words % row for row in rows), *case.remarks]


def year_before(assessment: Assessment) -> tuple[dict[str, Any] | None, list[str]]:
    """What a revocation needs of the year before, or None with the reason in words (AMB-13)."""
    rule = Consecutive(value(CONSECUTIVE_RULE.name))
    year = assessment.year - 1
    before = queries_run.standing(assessment.subject, year)
    if rule == Consecutive.ASSESSED:
        before, year = _last_assessed(assessment)
    words = {"year": year}
    if before is None:
        return None, [recorded("%(year)s年度没有已发布的评价结果，不构成连续两年。") % words]
    if before.verdict == Verdict.OPEN:
        return None, [recorded("%(year)s年度尚有事项待裁定，裁定之前不建议取消创建资格。") % words]
    if before.verdict == Verdict.NOT_APPLICABLE:
        return None, [recorded("%(year)s年度不适用，连续计算中断。") % words]
    if before.verdict != Verdict.NOT_MET:
        return None, [recorded("%(year)s年度达到要求（含豁免），不构成连续两年。") % words]
    card = YellowCard.objects.filter(subject=assessment.subject, year=year, status=CardStatus.IN_FORCE).first()
    if card is None:
        return None, [recorded("%(year)s年度未达到要求，但没有有效的黄牌，不构成连续两年。") % words]
    rests = {
        "before": before,
        "before_year": year,
        "before_verdict": before.verdict,
        "before_final": before.final,
        "consecutive": rule,
        "card": card,
        "card_status": card.status,
    }
    number = {"number": card.paper.number, **words}
    return rests, [recorded("%(year)s年度同样未达到要求，黄牌警告（%(number)s）有效。") % number]


def _last_assessed(assessment: Assessment) -> tuple[Assessment | None, int]:
    """The last year before in which the park was assessed at all; years that did not apply are passed over."""
    rows = Assessment.objects.filter(
        subject=assessment.subject, year__lt=assessment.year, final=True, list=RankingList.CREATING
    )
    for year in sorted(set(rows.values_list("year", flat=True)), reverse=True):
        found = queries_run.standing(assessment.subject, year)
        if found is not None and found.verdict != Verdict.NOT_APPLICABLE:
            return found, year
    return None, assessment.year - 1


# -- What a person makes of it ------------------------------------------------------------------------
def _of(proposal: Proposal) -> SanctionCase:
    return SanctionCase.objects.select_related("tenant", "reporter").get(pk=proposal.subject_id)


def _confirm(proposal: Proposal, actor: Actor) -> SanctionCase:
    case = _of(proposal)
    sanctions.perform(case, "confirm", actor, reason="；".join(proposal.reasons))
    for department in the_departments():
        open_dossier(case.dossier, case.tenant_id, department, GrantLevel.READ, actor.organisation)
    title = recorded("起草告知书：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_notice", title, actor.organisation, PostRole.HANDLER, actor.organisation)
    return case


def _dismiss(proposal: Proposal, actor: Actor) -> None:
    sanctions.perform(_of(proposal), "dismiss", actor)


def _stale(proposal: Proposal) -> list[str]:
    case = _of(proposal)
    return [] if case.status == SanctionStatus.PROPOSED else [str(recorded("本案已经办理或者终止。"))]


SANCTION = proposals.declare(
    ProposalKind(
        "sanction",
        recorded("建议处理未达到要求的园区"),
        "P-II.2.5",
        _confirm,
        _dismiss,
        recorded("确认后立案，由经办人起草告知书；听取意见之前不产生任何处理。"),
        _stale,
    )
)
