"""C.5, P-II.2.4a: named people score what figures cannot tell, blind to each other until the round is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Post
from indicators import queries, queries_rating
from indicators.enums_policy import RatingStatus
from indicators.models import GivenScore, IndexVersion, RatingRound, RatingSeat
from indicators.models.rating import HIGHEST, LOWEST
from indicators.subjects import Subject
from indicators.transitions_rating import opens, ratings
from notifications.enums import Topic
from notifications.notices import notify
from workflow import instants, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

BASIS = "P-II.2.4a"
RATE, CLOSE = "rate", "close_rating"


@dataclass(frozen=True)
class Said:
    """A score from 0 to 100 and why."""

    score: Decimal
    reason: str


@transaction.atomic
def open_round(
    version: IndexVersion,
    year: int,
    subjects: Sequence[Subject],
    asked: Mapping[str, Collection[Post]],
    due_on: dt.date,
    actor: Actor,
) -> RatingRound:
    """省科技厅 asks named people (`asked`, by indicator) to score the subjects of a list. Raises Refused."""
    if reasons := _against_opening(version, year, subjects, asked, due_on, actor):
        raise Refused(reasons)
    row = RatingRound.objects.create(
        tenant=actor.organisation,
        version=version,
        year=year,
        subjects=[{"code": one.code, "name": one.name} for one in subjects],
        due_on=due_on,
        opened_by=actor.person,
    )
    ledger.open_chain(row.dossier, actor.organisation)
    posts = {post.person_id: post for posts in asked.values() for post in posts}
    said = {"year": year, "n": len(posts)}
    event = ledger.append(
        row, "open", recorded("发起%(year)d年度定性评分，%(n)d人评分") % said, actor, dossier=row.dossier,
        after=row.status, basis=BASIS, data={"subjects": [one.code for one in subjects]},
    )  # fmt: skip
    if keeper := queries.keeper():
        open_dossier(row.dossier, row.tenant_id, keeper, GrantLevel.READ, actor.organisation)
    for post in posts.values():
        codes = [code for code, given in asked.items() if post in given]
        _seat(row, post, codes, event, actor)
    todo.assign(
        row, CLOSE, recorded("结束%(year)d年度定性评分") % said, row.get_absolute_url(), dossier=row.dossier,
        organisation=actor.organisation, role=PostRole.REVIEWER, by=actor.organisation, due_on=due_on,
    )  # fmt: skip
    return row


def _seat(row: RatingRound, post: Post, codes: list[str], event: Event, actor: Actor) -> None:
    office = post.organisation
    open_dossier(row.dossier, row.tenant_id, office, GrantLevel.READ, actor.organisation)
    seat = RatingSeat.objects.create(
        round=row, dossier=row.dossier, tenant=office, person_id=post.person_id, codes=codes
    )
    title = recorded("%(year)d年度定性评分") % {"year": row.year}
    todo.assign(
        seat, RATE, title, row.get_absolute_url(), dossier=row.dossier, organisation=office, role=post.role,
        by=actor.organisation, due_on=row.due_on, assignee=post.person,
    )  # fmt: skip
    if office.pk != actor.organisation.pk:
        body = recorded("请%(person)s评分") % {"person": post.person.name}
        notify(event, office, title, row.get_absolute_url(), body, Topic.TASK)


def _against_opening(
    version: IndexVersion,
    year: int,
    subjects: Sequence[Subject],
    asked: Mapping[str, Collection[Post]],
    due_on: dt.date,
    actor: Actor,
) -> list[str]:
    reasons = []
    if not opens(actor):
        reasons.append(_("定性评分由省科技厅经办人发起。"))
    parts = {part.code: part.label for part in queries_rating.rated_parts(version)}
    if not subjects:
        reasons.append(_("请至少选择一个评分对象。"))
    reasons += [
        _("请为“%(label)s”指定评分人。") % {"label": label} for code, label in parts.items() if not asked.get(code)
    ]
    known = {post.pk for post in queries_rating.candidates()}
    if not set(asked) <= set(parts) or not {post.pk for posts in asked.values() for post in posts} <= known:
        reasons.append(_("只能请省科技厅、省级部门的在岗人员或评审专家为定性指标评分。"))
    if due_on < instants.today():
        reasons.append(_("评分期限不能早于今天。"))
    if RatingRound.objects.filter(version=version, year=year, status=RatingStatus.OPEN, evaluation=None).exists():
        reasons.append(_("这一年度的评分已经发起，正在进行。"))
    return reasons


@transaction.atomic
def give(seat: RatingSeat, code: str, said: Mapping[str, Said], actor: Actor) -> int:
    """The person scores an indicator by subject, as a whole; how many are new or changed. Raises Refused."""
    row = RatingRound.objects.get(pk=seat.round_id)
    known = {one["code"]: one["name"] for one in row.subjects}
    reasons = []
    if seat.person_id != actor.person.pk or seat.tenant_id != actor.organisation.pk or code not in seat.codes:
        reasons.append(_("这一指标不由您评分。"))
    if row.status != RatingStatus.OPEN:
        reasons.append(_("评分已经结束，不能再改。"))
    if not said:
        reasons.append(_("请至少为一个对象评分。"))
    for subject, one in said.items():
        if subject not in known:
            reasons.append(_("%(subject)s不在评分对象之列。") % {"subject": subject})
        elif not LOWEST <= one.score <= HIGHEST or not one.reason.strip():
            reasons.append(_("%(name)s：请填写 0 至 100 的得分和理由。") % {"name": known[subject]})
    if reasons:
        raise Refused(reasons)
    before = {one.subject: one for one in GivenScore.objects.filter(seat=seat, code=code, superseded_at=None)}
    new = {subject: one for subject, one in said.items() if not _is_same(before.get(subject), one)}
    old = [before[subject].pk for subject in new if subject in before]
    GivenScore.objects.filter(pk__in=old).update(superseded_at=timezone.now())
    about = {"seat": seat, "dossier": row.dossier, "tenant_id": seat.tenant_id, "person": actor.person, "code": code}
    GivenScore.objects.bulk_create(
        GivenScore(**about, subject=subject, score=one.score, reason=one.reason.strip()) for subject, one in new.items()
    )
    if new:
        _tell(row, seat, code, len(new), actor)
    return len(new)


def _is_same(before: GivenScore | None, one: Said) -> bool:
    return before is not None and before.score == one.score and before.reason == one.reason.strip()


def _tell(row: RatingRound, seat: RatingSeat, code: str, number: int, actor: Actor) -> None:
    """That the person scored, not what."""
    label = next(part.label for part in queries_rating.rated_parts(row.version) if part.code == code)
    words = {"who": actor.person.name, "label": label, "n": number}
    event = ledger.append(
        row, "rate", recorded("%(who)s为“%(label)s”评分%(n)d项") % words, actor,
        dossier=row.dossier, basis=BASIS, data={"code": code, "number": number}, audience=Audience.AUTHORITY,
    )  # fmt: skip
    if not all(one.is_done for one in queries_rating.own_sittings(row, actor.person.pk)):
        return
    todo.close(seat, actor, RATE)
    if row.tenant_id != actor.organisation.pk:
        title = recorded("%(who)s已完成定性评分") % words
        notify(event, row.tenant, title, row.get_absolute_url())


@transaction.atomic
def close(row: RatingRound, reason: str, actor: Actor) -> Event:
    """省科技厅 ends the round: what is given counts. Before everybody scored only with a reason. Raises Refused."""
    if reasons := ratings.reasons_against(row, "close", actor):
        raise Refused(reasons)
    missing = [one for one in queries_rating.progress(row) if not one.is_done]
    if missing and not reason.strip():
        names = "、".join(dict.fromkeys(one.seat.person.name for one in missing))
        raise Refused([_("%(names)s还没有评完；提前结束请写明原因。") % {"names": names}])
    return _end(row, "close", reason, actor, {"missing": sum(one.wanted - one.given for one in missing)})


@transaction.atomic
def drop(row: RatingRound, reason: str, actor: Actor) -> Event:
    """省科技厅 takes the round back: nothing of it counts. Raises Refused."""
    if not reason.strip():
        raise Refused([_("请写明撤销的原因。")])
    return _end(row, "drop", reason, actor, {})


def _end(row: RatingRound, name: str, reason: str, actor: Actor, data: dict[str, int]) -> Event:
    changes = {"closed_by": actor.person, "closed_at": timezone.now()}
    event = ratings.perform(row, name, actor, reason=reason.strip(), data=data, changes=changes)
    todo.close(row, actor, CLOSE)
    for seat in row.seats.select_related("tenant"):
        todo.close(seat, actor, RATE)
    return event


def score_address(row: RatingRound, code: str) -> str:
    """Where an indicator is scored."""
    return reverse("ratings:score", args=[row.pk, code])
