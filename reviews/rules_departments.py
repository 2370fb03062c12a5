"""Who may act on what belongs to the departments' side of a case, and what stands in an act's way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from reviews import words
from reviews.enums import CaseStatus, Outcome, RecusalStatus, RequirementStatus
from reviews.enums_publicity import Said, Treatment
from reviews.models import Case, ExpertOpinion, Opinion, QuestionProposal, Recusal, Requirement
from workflow.bars import bar

UNDECIDED = (RecusalStatus.DECLARED, RecusalStatus.CONFIRMED)
ADOPTED = (Treatment.ADOPTED, Treatment.PARTLY)


def is_lead_handler(actor: Actor, subject: Any) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def is_of_the_lead(actor: Actor, subject: Any) -> bool:
    """Whoever drafts, checks or signs for 省科技厅."""
    return actor.is_lead and (actor.is_handler or actor.is_reviewer or actor.is_signer)


def is_the_expert(actor: Actor, opinion: ExpertOpinion) -> bool:
    """The expert who was invited; an expert signs alone."""
    return actor.is_signer and actor.organisation.pk == opinion.tenant_id


def is_handler_of_the_city(actor: Actor, requirement: Requirement) -> bool:
    """A handler of the applicant."""
    return actor.is_handler and actor.organisation.pk == requirement.tenant_id


def is_handler_of_the_asking_office(actor: Actor, requirement: Requirement) -> bool:
    """A handler of the department whose condition it is; who sees the condition at all is row security's matter."""
    return actor.is_handler and actor.is_department and actor.organisation.pk == requirement.condition.tenant_id


def is_handler_of_the_proposer(actor: Actor, proposal: QuestionProposal) -> bool:
    """Whoever drafts in the office that proposed it; an expert is alone."""
    return actor.organisation.pk == proposal.tenant_id and (actor.is_handler or actor.is_expert)


def is_head_for(actor: Actor, recusal: Recusal) -> bool:
    """Reviewer or signer of the person's office, never the person; for an expert those of 省科技厅."""
    if actor.person.pk == recusal.person_id or not (actor.is_reviewer or actor.is_signer):
        return False
    if recusal.tenant.kind == OrganisationKind.EXPERT:
        return actor.is_lead
    return actor.organisation.pk == recusal.tenant_id


def named_by_the_text(opinion: Opinion) -> list[str]:
    """The nine departments of P-II.1.8c, and whoever was asked at the opening, are asked whatever happens."""
    if opinion.invited:
        return []
    return [words.said(opinion.case, "opinion.due") % {"office": opinion.tenant.short_name}]


def review_is_over(subject: Any) -> list[str]:
    """What is said in the joint review is said before its conclusion."""
    return [] if subject.case.status == CaseStatus.REVIEWING else [words.over(subject.case)]


def change_unfinished(case: Case) -> list[str]:
    """No conclusion on what is being changed."""
    if case.changes.filter(adopted_at=None).exists():
        return [_("还有一次补充修改没有办结。")]
    return []


def experts_closed(opinion: ExpertOpinion) -> list[str]:
    """No expert writes after the others' opinions were opened."""
    return [_("专家论证已经结束。")] if opinion.closed_at else []


def conditions_unanswered(case: Case) -> list[str]:
    """No report upward (T12) with a mandatory condition that the city has not answered.

    Two kinds count: what was passed on to the city and is open, and what the conclusion adopted (wholly or
    in part) and nobody has passed on. They bar a recommendation; what is declined or deferred goes up as it is.
    """
    conclusion = case.conclusion
    if conclusion is not None and conclusion.outcome != Outcome.RECOMMEND:
        return []
    reasons = []
    owed = case.requirements.filter(mandatory=True, status=RequirementStatus.OPEN).count()
    if owed:
        reasons.append(_("还有 %(n)d 项必须落实的条件申报单位没有答复。") % {"n": owed})
    waiting = case.requirements.filter(mandatory=True, status=RequirementStatus.ANSWERED).count()
    if waiting:
        reasons.append(_("还有 %(n)d 项条件的落实情况等待部门确认。") % {"n": waiting})
    kept = adopted_conditions(case).filter(mandatory=True, requirement=None).count()
    if kept:
        reasons.append(_("还有 %(n)d 项已采纳的条件没有转达申报单位。") % {"n": kept})
    return reasons


def adopted_conditions(case: Case) -> Any:
    """The conditions that the conclusion signed last adopted, wholly or in part."""
    conclusion = case.conclusion
    if conclusion is None:
        return case.conditions.none()
    rows = conclusion.adoptions.filter(kind=Said.CONDITION, treatment__in=ADOPTED)
    return case.conditions.filter(pk__in=rows.values("reference"))


@bar
def recused(actor: Actor, dossier: UUID) -> list[str]:
    """A person who declared a recusal does not act on the case any more, unless the head found none needed."""
    found = Recusal.objects.filter(dossier=dossier, person=actor.person, status__in=UNDECIDED).exists()
    return [_("您已对本案申请回避，不能再办理本案。")] if found else []
