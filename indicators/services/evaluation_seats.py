"""Evaluators of a place: seated, declared independent, recused, replaced; what ties them to places is declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Division, Person, Post
from indicators import conflicts, queries_rating
from indicators import rules_evaluating as rules
from indicators.enums_evaluating import ENDED, EngagementKind, EvaluationStatus, Turn
from indicators.models import Engagement, EvaluationContract, EvaluationPlace, EvaluationRound, RatingSeat
from indicators.services.evaluation_rounds import BASIS, reset_report, title_of
from notifications.enums import Topic
from notifications.notices import notify
from workflow import instants, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

RATE, SEAT, REPORT, DECLARE = "evaluate", "seat_evaluator", "report_evaluation", "declare_interests"
SEATED_ROLES = (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)


def people_of(contract: EvaluationContract) -> list[Post]:
    """Who of a third party may be seated, each by one post."""
    rows = Post.objects.in_force().filter(
        organisation=contract.organisation_id, organisation__active=True, role__in=SEATED_ROLES
    )
    found: dict[Person, Post] = {}
    for post in rows.select_related("person", "organisation").order_by("person__name", "role"):
        found.setdefault(post.person, post)
    return list(found.values())


@transaction.atomic
def seat(place: EvaluationPlace, turn: int, post: Post, actor: Actor) -> RatingSeat:
    """省科技厅 names the first, second or third evaluator of a place. Raises Refused."""
    agreed = rules.contract_of(place)
    if reasons := _against_seat(place, agreed, turn, post, actor):
        raise Refused(reasons)
    assert agreed is not None, "a place is contracted before anybody is seated"
    rating = place.round.ratings.select_related("version").get(version__ranking=place.list)
    rated = [part.code for part in queries_rating.rated_parts(rating.version)]
    row = RatingSeat.objects.create(
        round=rating, dossier=rating.dossier, tenant=post.organisation, person=post.person, place=place, turn=turn,
        codes=place.disputed if turn == Turn.THIRD else rated,
    )  # fmt: skip
    words = {"person": post.person.name, "place": place.name, "turn": ledger.in_chinese(Turn(turn).label)}
    event = ledger.append(
        row, "seat", recorded("指派%(person)s为%(place)s%(turn)s") % words, actor,
        dossier=agreed.dossier, basis=BASIS, data={"place": place.place_id, "turn": turn},
    )  # fmt: skip
    title = recorded("测评评分：%(place)s（%(title)s）") % {"place": place.name, "title": title_of(place.round)}
    todo.assign(
        row, RATE, title, place.round.get_absolute_url(), dossier=agreed.dossier, organisation=post.organisation,
        role=post.role, by=actor.organisation, due_on=place.round.due_on, assignee=post.person,
    )  # fmt: skip
    page = place.round.get_absolute_url()
    notify(event, post.organisation, title, page, topic=Topic.TASK, person=post.person)
    todo.close(place, actor, SEAT)
    return row


def seat_all(agreed: EvaluationContract, pair: Sequence[Post], actor: Actor) -> list[str]:
    """Name the first and the second evaluator of every place of a contract that lacks them; why some are left.

    Where a person may not sit at a place, the seat stays empty. Raises Refused where the two are one.
    """
    if len({post.person_id for post in pair}) != len(rules.PAIR):
        raise Refused([_("请选择两名不同的评价人。")])
    rows = EvaluationPlace.objects.filter(round=agreed.round_id, place__in=agreed.places)
    left = []
    for place in rows.select_related("round__tenant").order_by("place"):
        taken = set(place.seats.filter(ended_at=None).values_list("turn", flat=True))
        for turn, post in zip(rules.PAIR, pair, strict=True):
            if turn in taken:
                continue
            try:
                seat(place, turn, post, actor)
            except Refused as refused:
                left.append(_("%(place)s：%(why)s") % {"place": place.name, "why": " ".join(refused.reasons)})
    return left


def _against_seat(
    place: EvaluationPlace, agreed: EvaluationContract | None, turn: int, post: Post, actor: Actor
) -> list[str]:
    reasons = []
    if not rules.opens(actor):
        reasons.append(_("评价人由省科技厅经办人指派。"))
    if place.round.status in ENDED:
        reasons.append(_("本轮测评已经结束，不能再指派。"))
    if agreed is None:
        return [*reasons, _("%(place)s还没有委托第三方机构。") % {"place": place.name}]
    if post.organisation.kind != OrganisationKind.THIRD_PARTY or post.organisation_id != agreed.organisation_id:
        reasons.append(_("评价人须是受委托机构（%(office)s）的人员。") % {"office": agreed.organisation.short_name})
    seats = list(place.seats.filter(ended_at=None))
    if any(one.turn == turn for one in seats):
        reasons.append(_("已有%(turn)s，须先更换。") % {"turn": Turn(turn).label})
    if any(one.person_id == post.person_id for one in seats):
        reasons.append(_("%(person)s已是这里的评价人。") % {"person": post.person})
    if place.seats.filter(person=post.person, ended_at__isnull=False).exists():
        reasons.append(_("%(person)s已退出对这里的评价，不能再指派。") % {"person": post.person})
    if turn == Turn.THIRD and not place.disputed:
        reasons.append(_("两名评价人没有须由第三人评分的分歧。"))
    for interest in against(place, post):
        reasons.append(_("%(person)s须回避：%(why)s。") % {"person": post.person, "why": interest})
    return reasons


def against(place: EvaluationPlace, post: Post) -> list[conflicts.Interest]:
    """What bars a person from evaluating a place."""
    known = conflicts.known([post.person_id], [post.organisation_id], [place.place_id])
    opened = instants.day_of(place.round.opened_at)
    return known.against(post.person_id, post.organisation_id, place.place_id, opened)


@transaction.atomic
def end(row: RatingSeat, reason: str, actor: Actor) -> Event:
    """省科技厅 takes an evaluator off a place, or the evaluator steps back; the scores no longer count. Raises Refused.

    Who follows is named anew.
    """
    place, own = place_of(row), row.person_id == actor.person.pk
    if not (own or rules.opens(actor)):
        raise Refused([_("评价人由省科技厅经办人更换，或由本人申请回避。")])
    if not reason.strip():
        raise Refused([_("请写明回避或更换的原因。")])
    if row.ended_at or place.round.status in ENDED:
        raise Refused([_("这名评价人已经退出，或者本轮测评已经结束。")])
    if own and row.handed_at:
        raise Refused([_("评分已经提交；如须回避，请联系省科技厅办理。")])
    agreed = rules.contract_of(place)
    assert agreed is not None, "whoever sits here is contracted"
    # What the third scored stands on what the first two said.
    _end_rows(place, row, reason.strip(), actor, with_third=not own and row.turn != Turn.THIRD)
    label = recorded("%(person)s申请回避：%(place)s") if own else recorded("更换评价人%(person)s：%(place)s")
    event = ledger.append(
        row, "recuse" if own else "replace", label % {"person": row.person.name, "place": place.name}, actor,
        dossier=agreed.dossier, basis=BASIS, reason=reason.strip(), data={"place": place.place_id, "turn": row.turn},
    )  # fmt: skip
    if own:
        ask_to_seat(place, event, actor)
    else:
        unsettle(place, agreed, actor)
    return event


def _end_rows(place: EvaluationPlace, row: RatingSeat, reason: str, actor: Actor, with_third: bool) -> None:
    row.ended_at, row.ended_reason = timezone.now(), reason
    row.save(update_fields=["ended_at", "ended_reason"])
    todo.close(row, actor, RATE)
    third = place.seats.filter(turn=Turn.THIRD, ended_at=None).first() if with_third else None
    if third is not None:
        third.ended_at, third.ended_reason = timezone.now(), recorded("另一名评价人已更换，须重新比较")
        third.save(update_fields=["ended_at", "ended_reason"])
        todo.close(third, actor, RATE)


def unsettle(place: EvaluationPlace, agreed: EvaluationContract, actor: Actor) -> None:
    """The scores of a place are no longer complete, and a report of them no longer stands."""
    place.settled_at = None
    place.disputed = [] if _pair_is_open(place) else place.disputed
    place.save(update_fields=["settled_at", "disputed"])
    reset_report(agreed, actor)
    todo.close(agreed, actor, REPORT)


def _pair_is_open(place: EvaluationPlace) -> bool:
    handed = place.seats.filter(ended_at=None, turn__in=rules.PAIR, handed_at__isnull=False).count()
    return handed < len(rules.PAIR)


@transaction.atomic
def replace(row: RatingSeat, post: Post, reason: str, actor: Actor) -> RatingSeat:
    """省科技厅 names somebody else instead, with the reason; who sat there stays on record. Raises Refused."""
    turn = row.turn
    assert turn is not None, "an evaluator has a turn"
    end(row, reason, actor)
    return seat(place_of(row), turn, post, actor)


def place_of(row: RatingSeat) -> EvaluationPlace:
    """Where an evaluator sits."""
    assert row.place_id is not None, "an evaluator sits at a place"
    return EvaluationPlace.objects.select_related("round__tenant").get(pk=row.place_id)


def ask_to_seat(place: EvaluationPlace, event: Event, actor: Actor) -> None:
    """省科技厅 has to name an evaluator of a place."""
    row = place.round
    page = reverse("evaluations:place", args=[place.pk])
    title = recorded("指派评价人：%(place)s（%(title)s）") % {"place": place.name, "title": title_of(row)}
    todo.assign(
        place, SEAT, title, page, dossier=event.dossier, organisation=row.tenant, role=PostRole.HANDLER,
        by=actor.organisation, due_on=row.due_on,
    )  # fmt: skip
    if row.tenant_id != actor.organisation.pk:
        notify(event, row.tenant, title, page, topic=Topic.TASK)


@transaction.atomic
def declare_engagement(
    place: Division,
    kind: str,
    what: str,
    since: dt.date,
    until: dt.date | None,
    actor: Actor,
    *,
    personal: bool,
) -> Engagement:
    """A contract or employment with a place, of the person or (by its handler) of the organisation. Raises Refused."""
    reasons = []
    if not rules.is_third_party(actor) or actor.role not in SEATED_ROLES:
        reasons.append(_("利益关系由第三方机构的人员申明。"))
    elif not personal and not actor.is_handler:
        reasons.append(_("机构的利益关系由经办人申明。"))
    if kind not in EngagementKind.values or not what.strip():
        reasons.append(_("请选择类别并写明内容。"))
    if until is not None and until < since:
        reasons.append(_("终止日期不能早于起始日期。"))
    if reasons:
        raise Refused(reasons)
    row = Engagement.objects.create(
        tenant=actor.organisation, person=actor.person if personal else None, place=place, kind=kind,
        what=what.strip(), since=since, until=until, declared_by=actor.person,
    )  # fmt: skip
    _tell_conflicts(actor)
    return row


@transaction.atomic
def end_engagement(row: Engagement, until: dt.date, actor: Actor) -> None:
    """What went on is over since a day. Raises Refused."""
    if row.tenant_id != actor.organisation.pk or (
        row.person_id != actor.person.pk if row.person_id else not actor.is_handler
    ):
        raise Refused([_("由申明的本人或机构的经办人登记终止。")])
    if row.until is not None or until < row.since or until > instants.today():
        raise Refused([_("终止日期应在起始日期之后、今天以前，登记后不能再改。")])
    row.until = until
    row.save(update_fields=["until"])


def _tell_conflicts(actor: Actor) -> None:
    """省科技厅 hears of evaluators who sit already where they have a conflict now, and their task there ends."""
    found = RatingSeat.objects.filter(tenant=actor.organisation, ended_at=None, place__isnull=False)
    seats = list(found.exclude(place__round__status__in=ENDED).select_related("place__round__tenant", "person"))
    for row in {one.place.round for one in seats if one.place}:
        own = [one for one in seats if one.place and one.place.round_id == row.pk]
        for one in rules.against(row, own):
            assert one.place is not None
            agreed = rules.contract_of(one.place)
            if agreed is None or not own:
                continue
            words = {"person": one.person.name, "place": one.place.name}
            event = ledger.append(
                one, "conflict", recorded("%(person)s与%(place)s有利益关系，须更换") % words, actor,
                dossier=agreed.dossier, basis=BASIS, data={"place": one.place.place_id},
            )  # fmt: skip
            # Who may not evaluate has nothing to do there any more.
            todo.close(one, actor, RATE)
            ask_to_seat(one.place, event, actor)


def undeclared(row: EvaluationRound, person: Person) -> list[RatingSeat]:
    """The seats of a person in a round for which independence is not declared yet."""
    found = RatingSeat.objects.filter(place__round=row, person=person, ended_at=None, declared_at=None)
    return list(found.select_related("place", "person", "tenant").order_by("place__place"))


@transaction.atomic
def declare_independence(row: EvaluationRound, actor: Actor) -> list[RatingSeat]:
    """An evaluator signs the declaration of independence for the own seats of a round.

    A seat with a conflict is left at once, and 省科技厅 names somebody else; these seats are returned. Raises Refused.
    """
    seats = [one for one in undeclared(row, actor.person) if one.tenant_id == actor.organisation.pk]
    if not seats or row.status in ENDED:
        raise Refused([_("没有待您声明独立性的测评对象。")])
    barred = rules.against(row, seats)
    for one in seats:
        if one in barred:
            end(one, "；".join(str(interest) for interest in barred[one]), actor)
            continue
        one.declared_at = timezone.now()
        one.save(update_fields=["declared_at"])
        assert one.place is not None
        agreed = rules.contract_of(one.place)
        assert agreed is not None, "whoever sits here is contracted"
        words = {"person": actor.person.name, "place": one.place.name}
        ledger.append(
            one, "declare", recorded("%(person)s声明与%(place)s没有利益关系、独立评价") % words, actor,
            dossier=agreed.dossier, basis=BASIS, data={"place": one.place.place_id}, audience=Audience.DOSSIER,
        )  # fmt: skip
    return list(barred)


def may_score(row: EvaluationRound) -> bool:
    """Whether sheets may be written now."""
    return bool(row.status == EvaluationStatus.SCORING)
