"""Cards that stand: given, watched (N8, N9), ended by a year that was met (T19), put in force again, annulled."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_government, the_lead
from indicators import periods_sanction as periods
from indicators.enums import Programme
from indicators.enums_sanction import RUNNING, CardStatus
from indicators.models import Assessment, Run, SanctionCase, YellowCard
from indicators.services.sanctions import asking, falling
from indicators.transitions_sanction import cards
from notifications.models import Paper
from notifications.notices import notify
from workflow import clocks, ledger, outbox, todo
from workflow.clocks import ClockKind
from workflow.ledger import in_chinese, recorded
from workflow.machine import Refused
from workflow.models import Event

RESTS, WAKES = "indicators.card_rests", "indicators.card_wakes"
AHEAD = recorded("%(name)s：%(year)s年度黄牌警告，%(next)s年度再未达到要求将建议取消创建资格")


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
        basis="P-II.2.6; N9", data={"paper": paper.number},
    )  # fmt: skip
    _tell_all(card, case, event)
    for kind, owing in ((periods.PLAN, case.tenant), (periods.CHECK, the_lead())):
        _begin(kind, card, case, event, owing, actor.organisation)
    falling.follow_card(card, event)
    return card


def _tell_all(card: YellowCard, case: SanctionCase, event: Event) -> None:
    """N9: city, committee and 省科技厅 hear in the case, 省政府 with the public notice."""
    title = AHEAD % {"name": card.name, "year": card.year, "next": card.year + 1}
    body = recorded("请在期限内报送整改方案；年中检查整改情况。")
    for office in (*asking.addressees(case), the_lead()):
        notify(event, office, title, case.get_absolute_url(), body)
    notify(event, the_government(), title, card.get_absolute_url())


def _begin(
    kind: ClockKind, card: YellowCard, case: SanctionCase, event: Event, owing: Organisation, by: Organisation
) -> None:
    """A period under the card with the task that it is for (N8)."""
    words = {"name": card.name, "year": card.year, "label": in_chinese(kind.label)}
    page, title = case.get_absolute_url(), recorded("%(name)s%(year)s年度黄牌：%(label)s") % words
    clock = clocks.start(kind, card, event, organisation=owing, address=page, title=title)
    todo.assign(
        card, kind.code, title, page, dossier=card.dossier, organisation=owing, role=PostRole.HANDLER, by=by,
        clock=clock,
    )  # fmt: skip


def _over(card: YellowCard, case: SanctionCase, event: Event) -> None:
    """Nothing is waited for under the card any more."""
    clocks.finish(card, event)
    asking.clear_everywhere(card.pk, case, event)


def rest(case: SanctionCase, event: Event) -> None:
    """The park is off the list: no plan and no check are waited for under the card that the revocation rests on.

    Nor under one that the year itself had before the card of the year before came (AMB-13).
    """
    outbox.follow(event, RESTS, str(event.pk), {"cards": [str(case.card_id), *_own(case)]}, case.tenant)


@outbox.effect(RESTS)
def rest_card(payload: dict[str, Any]) -> None:
    """Tell so in the card's own case, which whoever revokes does not work on, and end what is waited for there."""
    told = recorded("园区已取消创建资格，不再要求整改")
    for card in _told_of(payload):
        event = ledger.append(card, "rest", told, None, dossier=card.dossier, basis="P-II.2.6")
        _over(card, case_of(card), event)


def wake(case: SanctionCase, event: Event, *, own: bool = False) -> None:
    """A revocation was undone: the cards before it are in force as ever, and what they ask for is owed.

    `own`: only the card of the year itself, to which a review changed the revocation.
    """
    cards = _own(case) if own else [str(case.card_id), *_own(case)]
    outbox.follow(event, WAKES, str(event.pk), {"cards": cards}, case.tenant)


@outbox.effect(WAKES)
def wake_card(payload: dict[str, Any]) -> None:
    """Tell so in the card's own case; the plan and the check that are missing have their periods anew."""
    for card in _told_of(payload):
        _wake(card)


def _own(case: SanctionCase) -> list[str]:
    """The card that the year of a revocation had before."""
    found = YellowCard.objects.filter(subject=case.subject, year=case.year, status=CardStatus.IN_FORCE)
    return [str(card) for card in found.values_list("pk", flat=True)]


def _told_of(payload: dict[str, Any]) -> list[YellowCard]:
    cards: list[str] = payload["cards"] if "cards" in payload else [payload["card"]]
    return list(YellowCard.objects.filter(pk__in=cards).order_by("year"))


def _wake(card: YellowCard) -> None:
    if card.status != CardStatus.IN_FORCE:
        return
    case, told = case_of(card), recorded("取消创建资格的决定已撤销，黄牌警告继续有效")
    event = ledger.append(card, "wake", told, None, dossier=card.dossier, basis="T22")
    if not card.plan:
        _begin(periods.PLAN, card, case, event, case.tenant, the_lead())
    if not card.check_note:
        _begin(periods.CHECK, card, case, event, the_lead(), the_lead())


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
    asking.clear_everywhere(card.pk, case, event, periods.PLAN.code)
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
    todo.close(card, actor, periods.CHECK.code)
    case = case_of(card)
    asking.tell(case, event, recorded("%(name)s：黄牌整改年中检查") % {"name": card.name}, asking.addressees(case))
    return event


def case_of(card: YellowCard) -> SanctionCase:
    """The case that led to a card."""
    return SanctionCase.objects.select_related("tenant", "reporter").get(dossier=card.dossier)


def end_before(assessment: Assessment) -> list[YellowCard]:
    """T19: the year is met, so the cards before it end with its 通报; one that carries a case stays.

    More than one may stand: a year that did not apply breaks the run and ends no card.
    """
    paper = assessment.run.paper
    if paper is None:
        return []
    held = SanctionCase.objects.filter(card_status=CardStatus.IN_FORCE, card__isnull=False)
    found = YellowCard.objects.filter(
        subject=assessment.subject, year__lt=assessment.year, status=CardStatus.IN_FORCE
    ).exclude(pk__in=held.values("card"))
    ended = list(found.order_by("year"))
    for card in ended:
        words = recorded("%(year)s年度达到要求") % {"year": assessment.year}
        changes = {"ended_on": paper.issued_on, "ended_by": paper}
        event = cards.perform(card, "end", None, reason=words, data={"paper": paper.number}, changes=changes)
        case = case_of(card)
        _over(card, case, event)
        title = recorded("%(name)s%(year)s年度黄牌已解除") % {"name": card.name, "year": card.year}
        asking.tell(case, event, title, [*asking.addressees(case), the_lead()])
    return ended


def restore(assessment: Assessment) -> list[YellowCard]:
    """A year that had ended cards by being met is found otherwise now: they are in force again (AMB-33, T19)."""
    papers = Run.objects.filter(year=assessment.year, programme=Programme.PARK).exclude(paper=None).values("paper")
    found = list(
        YellowCard.objects.filter(
            subject=assessment.subject, year__lt=assessment.year, status=CardStatus.ENDED, ended_by__in=papers
        ).order_by("year")
    )
    for card in found:
        words = recorded("%(year)s年度评价重新发布，不再是“达到要求”") % {"year": assessment.year}
        changes = {"ended_on": None, "ended_by": None}
        event = cards.perform(card, "restore", None, reason=words, changes=changes)
        case = case_of(card)
        _tell_all(card, case, event)
        if not card.plan:
            _begin(periods.PLAN, card, case, event, case.tenant, the_lead())
    return found


def annul(card: YellowCard, case: SanctionCase, paper: Paper, actor: Actor, reason: str) -> None:
    """A card that should not have been given no longer counts; it stays on record with both papers.

    A revocation that is not decided yet and rests on it falls, and its year is considered anew (AMB-13).
    """
    resting = SanctionCase.objects.filter(card=card, card_status=CardStatus.IN_FORCE, status__in=RUNNING)
    for held in resting.select_related("tenant", "reporter"):
        falling.fall(held, card, paper, actor)
    changes = {"ended_on": paper.issued_on, "ended_by": paper}
    event = cards.perform(card, "annul", actor, reason=reason, data={"paper": paper.number}, changes=changes)
    _over(card, case, event)
