"""Who may act in a sanction case, and what stands in the way (T18 to T22)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators.enums_sanction import CardStatus, SanctionStatus
from indicators.models import SanctionArgument, SanctionCase, SanctionHearing, YellowCard
from workflow import instants
from workflow.models import Clock

STATEMENT = "sanction_statement"
REVIEW_REQUEST = "sanction_review_request"


def is_worker(actor: Actor | None, case: SanctionCase | YellowCard) -> bool:
    """Nobody's hand: a period ended, or a figure was corrected before anybody was told."""
    return actor is None


def is_reviewer_of_lead(actor: Actor | None, case: SanctionCase) -> bool:
    """The division head of 省科技厅, who takes a proposal up or does not."""
    return actor is not None and actor.is_lead and actor.is_reviewer


def is_handler_of_lead(actor: Actor | None, case: SanctionCase) -> bool:
    """A handler of 省科技厅."""
    return actor is not None and actor.is_lead and actor.is_handler


def is_signer_of_lead(actor: Actor | None, case: SanctionCase | YellowCard) -> bool:
    """The signer of 省科技厅 (R6)."""
    return actor is not None and actor.is_lead and actor.is_signer


def is_signer_of_government(actor: Actor | None, case: SanctionCase) -> bool:
    """The signer of the provincial government's office (R17)."""
    return actor is not None and actor.is_government and actor.is_signer


def is_addressee(actor: Actor | None, case: SanctionCase) -> bool:
    """The city or the committee of the park, in any post that works on papers."""
    works = actor is not None and (actor.is_handler or actor.is_reviewer or actor.is_signer)
    return works and is_of_addressee(actor, case)


def is_of_addressee(actor: Actor | None, case: SanctionCase) -> bool:
    """Whoever acts for the city or the committee of the park."""
    return actor is not None and actor.organisation.pk in {case.tenant_id, case.reporter_id}


def is_signer_of_addressee(actor: Actor | None, case: SanctionCase) -> bool:
    """The signer of the city or of the committee."""
    return is_of_addressee(actor, case) and actor is not None and actor.is_signer


def takes_card_back(actor: Actor | None, row: SanctionCase | YellowCard) -> bool:
    """The signer of 省科技厅, or of 省政府 where a card came of a revocation that was changed on review."""
    return actor is not None and actor.is_signer and (actor.is_lead or actor.is_government)


def decides_review(actor: Actor | None, case: SanctionCase) -> bool:
    """Whoever decided decides on review: 省科技厅 on a card, 省政府 on a revocation (T22)."""
    return is_signer_of_government(actor, case) if case.is_revocation else is_signer_of_lead(actor, case)


# -- What stands in the way ---------------------------------------------------------------------------
def is_revocation(case: SanctionCase) -> list[str]:
    """A revocation is decided by the provincial government, and on review becomes a card or nothing."""
    return [_("取消创建资格由省政府决定，请起草请示报省政府。")] if case.is_revocation else []


def is_card(case: SanctionCase) -> list[str]:
    """A card is 省科技厅's to give."""
    return [] if case.is_revocation else [_("黄牌警告由省科技厅决定，不需要报省政府。")]


def last_clock(case: SanctionCase, kind: str) -> Clock | None:
    """The last period of a kind, whether it runs or not."""
    return Clock.objects.filter(subject_id=case.pk, kind=kind).order_by("-started", "-due_on").first()


def is_over(case: SanctionCase, kind: str) -> bool:
    """Whether a period of the case has ended; one that stands still has not."""
    clock = last_clock(case, kind)
    return clock is not None and not clock.paused and instants.is_over(clock.due_on)


def statement_over(case: SanctionCase) -> list[str]:
    """Statements and requests for a hearing come in time."""
    return [_("陈述申辩期限已满。")] if is_over(case, STATEMENT) else []


def still_heard(case: SanctionCase) -> list[str]:
    """Nobody is judged before they could answer."""
    if case.status == SanctionStatus.STATED or is_over(case, STATEMENT):
        return []
    return [_("陈述申辩期限未满，且尚未收到陈述申辩意见，不能作出决定。")]


def unanswered(case: SanctionCase) -> list[str]:
    """Each reason of the city is answered before the decision."""
    left = SanctionArgument.objects.filter(case=case, answer=None).count()
    return [_("还有 %(n)d 条申辩理由没有逐条答复。") % {"n": left}] if left else []


def heard_before(case: SanctionCase) -> list[str]:
    """One hearing is held."""
    found = SanctionHearing.objects.filter(case=case).exists()
    return [_("本案已经申请过听证。")] if found else []


def no_minutes(case: SanctionCase) -> list[str]:
    """A hearing ends with its minutes."""
    done = SanctionHearing.objects.filter(case=case, recorded_at__isnull=False).exists()
    return [] if done else [_("请先签发听证通知书，举行听证后起草听证笔录。")]


def review_over(case: SanctionCase) -> list[str]:
    """A review is asked for in time, and once."""
    if case.review_paper_id:
        return [_("本案已经申请过复核。")]
    return [_("申请复核的期限已满。")] if is_over(case, REVIEW_REQUEST) else []


def nothing_new(case: SanctionCase) -> list[str]:
    """What was begun is given up, and what was decided is recalled, because the result changed."""
    return [] if case.doubts else [_("据以立案的评价结果没有变化，不能终止或者撤销。")]


def card_no_longer_counts(case: SanctionCase) -> list[str]:
    """A revocation needs the card of the year before to be in force when it is decided, too."""
    if not case.is_revocation or case.card is None or case.card.status == CardStatus.IN_FORCE:
        return []
    return [_("上一年度的黄牌已经不再有效，不能取消创建资格。")]
