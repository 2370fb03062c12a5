"""Cards that stand: given, watched (N8, N9), ended by a year that was met (T19), annulled."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_government, the_lead
from indicators import periods_sanction as periods
from indicators.enums_sanction import CardStatus
from indicators.models import Assessment, SanctionCase, YellowCard
from indicators.services.sanctions import asking
from indicators.transitions_sanction import cards
from notifications.models import Paper
from notifications.notices import notify
from workflow import clocks, ledger
from workflow.ledger import in_chinese, recorded
from workflow.machine import Refused
from workflow.models import Event


def give(case: SanctionCase, paper: Paper, actor: Actor) -> YellowCard:
    """Put a card on record in the transaction of its paper; its periods begin, and everybody hears what comes next."""
    card = YellowCard.objects.create(
        tenant_id=case.tenant_id,
        dossier=case.dossier,
        park_id=case.park_id,
        subject=case.subject,
        name=case.name,
        year=case.year,
        assessment_id=case.assessment_id,
        paper=paper,
        issued_on=paper.issued_on,
    )
    event = ledger.append(
        card, "warn", recorded("再有一年未达到要求即构成取消创建资格的情形"), actor, dossier=case.dossier,
        basis="P-II.2.6", data={"paper": paper.number},
    )  # fmt: skip
    words = {"name": case.name, "year": case.year, "next": case.year + 1}
    title = recorded("%(name)s：%(year)s年度黄牌警告，%(next)s年度再未达到要求将建议取消创建资格") % words
    body = recorded("请在期限内报送整改方案；年中检查整改情况。")
    for office in (*asking.addressees(case), actor.organisation):
        notify(event, office, title, case.get_absolute_url(), body)
    notify(event, the_government(), title, card.get_absolute_url())
    for kind, owing in ((periods.PLAN, case.tenant), (periods.CHECK, actor.organisation)):
        named = recorded("%(name)s%(year)s年度黄牌：%(label)s") % {**words, "label": in_chinese(kind.label)}
        clocks.start(kind, card, event, organisation=owing, address=case.get_absolute_url(), title=named)
    return card


@transaction.atomic
def hand_in_plan(card: YellowCard, text: str, actor: Actor) -> Event:
    """The city or its committee tells how the targets will be reached (N8). Raises Refused."""
    case = case_of(card)
    if actor.organisation.pk not in {card.tenant_id, case.reporter_id} or not actor.is_handler:
        raise Refused([_("整改方案由园区所在市政府或者管委会的经办人报送。")])
    if card.status != CardStatus.IN_FORCE:
        raise Refused([_("黄牌已经不再有效，不需要报送整改方案。")])
    if not text.strip():
        raise Refused([_("请填写整改方案。")])
    card.plan, card.plan_at = text.strip(), timezone.now()
    card.save(update_fields=["plan", "plan_at"])
    event = ledger.append(
        card, "plan", recorded("报送整改方案"), actor, dossier=card.dossier, basis="P-II.2.5", reason=card.plan
    )
    clocks.finish(card, event, periods.PLAN)
    asking.tell(case, event, recorded("%(name)s已报送黄牌整改方案") % {"name": card.name}, [the_lead()])
    return event


@transaction.atomic
def note_check(card: YellowCard, text: str, actor: Actor) -> Event:
    """省科技厅 looks in the middle of the year whether the plan is carried out (N8). Raises Refused."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("年中检查由省科技厅经办人填写。")])
    if card.status != CardStatus.IN_FORCE:
        raise Refused([_("黄牌已经不再有效，不需要检查。")])
    if not text.strip():
        raise Refused([_("请填写检查情况。")])
    card.check_note, card.checked_at = text.strip(), timezone.now()
    card.save(update_fields=["check_note", "checked_at"])
    event = ledger.append(
        card, "check", recorded("年中检查整改情况"), actor, dossier=card.dossier, basis="P-II.2.5",
        reason=card.check_note,
    )  # fmt: skip
    clocks.finish(card, event, periods.CHECK)
    case = case_of(card)
    asking.tell(case, event, recorded("%(name)s：黄牌整改年中检查") % {"name": card.name}, asking.addressees(case))
    return event


def case_of(card: YellowCard) -> SanctionCase:
    """The case that led to a card."""
    return SanctionCase.objects.select_related("tenant", "reporter").get(dossier=card.dossier)


def end_before(assessment: Assessment) -> YellowCard | None:
    """T19: the next year is met, so the card ends with the 通报 of that year; one that carries a case stays."""
    card = YellowCard.objects.filter(
        subject=assessment.subject, year__lt=assessment.year, status=CardStatus.IN_FORCE
    ).order_by("-year").first()  # fmt: skip
    paper = assessment.run.paper
    if card is None or paper is None:
        return None
    if SanctionCase.objects.filter(card=card, card_status=CardStatus.IN_FORCE).exists():
        return None
    words = recorded("%(year)s年度达到要求") % {"year": assessment.year}
    changes = {"ended_on": paper.issued_on, "ended_by": paper}
    event = cards.perform(card, "end", None, reason=words, data={"paper": paper.number}, changes=changes)
    clocks.finish(card, event)
    case = case_of(card)
    title = recorded("%(name)s%(year)s年度黄牌已解除") % {"name": card.name, "year": card.year}
    asking.tell(case, event, title, asking.addressees(case))
    return card


def annul(case: SanctionCase, paper: Paper, actor: Actor, reason: str) -> YellowCard | None:
    """A card that should not have been given no longer counts; it stays on record with both papers."""
    card = YellowCard.objects.filter(dossier=case.dossier, status=CardStatus.IN_FORCE).first()
    if card is None:
        return None
    changes = {"ended_on": paper.issued_on, "ended_by": paper}
    event = cards.perform(card, "annul", actor, reason=reason, data={"paper": paper.number}, changes=changes)
    clocks.finish(card, event)
    return card
