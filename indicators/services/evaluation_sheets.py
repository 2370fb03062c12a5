"""An evaluator scores a place blind: a draft is kept, handing in locks the sheet, 省科技厅 may return it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Post
from indicators import conflicts, queries_rating, sealed
from indicators import rules_evaluating as rules
from indicators.enums_evaluating import EvaluationStatus, Turn
from indicators.models import EvaluationContract, EvaluationPlace, GivenScore, RatingSeat, SheetDraft
from indicators.models.rating import HIGHEST, LOWEST
from indicators.services.evaluation_rounds import BASIS, reset_report, title_of
from indicators.services.evaluation_seats import RATE, REPORT, ask_to_seat, place_of, unsettle
from notifications.enums import Topic
from notifications.notices import notify
from policy.index import Part
from workflow import instants, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

LONGEST = 2000
# What a score means where the index does not say it of the indicator.
SCALE = gettext_lazy("评分参照：90 至 100 为优秀，75 至 89 为良好，60 至 74 为合格，60 以下为不合格。")
BEST = "优秀"
# What the catalogue knows of an indicator that rests on no figure of its own.
KNOWN_OF = {
    "responsibility": ("C.responsibility_result",),
    "learning": ("C.trainings", "C.trained_persons"),
}
FISCAL = ("C.fiscal_st_expenditure", "C.fiscal_recurrent_revenue")
Typed = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Line:
    """One indicator of a sheet, as it is typed: score and reason."""

    part: Part
    score: str = ""
    reason: str = ""
    fault: str = ""

    @property
    def scale(self) -> str:
        """What a score means: as the index says it of the indicator, else as everywhere."""
        return "" if BEST in self.part.formula else str(SCALE)

    @property
    def flaws(self) -> list[tuple[str, str]]:
        """What keeps it from being handed in: the place of entry (`score` or `reason`) and what is wrong there."""
        found = [("score", self.fault)] if self.fault else []
        if not self.score:
            found.append(("score", _("“%(label)s”还没有得分，请填写 0 至 100 的数。") % {"label": self.part.label}))
        if not self.reason:
            found.append(("reason", _("“%(label)s”还没有理由，请写明依据。") % {"label": self.part.label}))
        return found


def parts_of(seat: RatingSeat) -> list[Part]:
    """The indicators that an evaluator scores, in the order of the index."""
    return [part for part in queries_rating.rated_parts(seat.round.version) if part.code in seat.codes]


def lines_of(seat: RatingSeat, typed: Typed | None = None) -> list[Line]:
    """What stands in a sheet: what was typed, else the draft, else what was handed in."""
    given = typed if typed is not None else _kept(seat)
    return [_line(part, given.get(part.code, {})) for part in parts_of(seat)]


def facts_of(seat: RatingSeat, part: Part) -> list[str]:
    """The figures, by code, that tell an evaluator of an indicator: what is known of it, else of its dimension."""
    if part.code in KNOWN_OF:
        return [*KNOWN_OF[part.code]]
    near = [one for one in seat.round.version.parts if part.parent and one.parent == part.parent]
    told = [code for one in near for code in (*one.numerator, one.denominator) if code]
    return [*dict.fromkeys([*told, *(FISCAL if any(one.clause == "C-V.3a" for one in near) else ())])]


def _kept(seat: RatingSeat) -> Typed:
    draft = SheetDraft.objects.filter(seat=seat).first()
    return draft.given if draft else {}


def _line(part: Part, given: Mapping[str, str]) -> Line:
    score, reason = given.get("score", "").strip(), given.get("reason", "").strip()
    wrong = _("“%(label)s”的得分“%(score)s”不对：请填写 0 至 100 的数，最多两位小数，如 85 或 85.5。")
    said = {"label": part.label, "score": score}
    fault = "" if not score or score_of(score) is not None else wrong % said
    return Line(part, score, reason, fault)


def score_of(text: str) -> Decimal | None:
    """A score from 0 to 100 with at most two decimals; None where the text is none."""
    try:
        score = Decimal(text)
    except InvalidOperation:
        return None
    exponent = score.as_tuple().exponent
    if not score.is_finite() or not LOWEST <= score <= HIGHEST or not isinstance(exponent, int) or exponent < -2:
        return None
    return score


def obstacles(seat: RatingSeat, actor: Actor) -> list[str]:
    """Why a person may not write in a sheet now."""
    if seat.person_id != actor.person.pk or seat.tenant_id != actor.organisation.pk:
        return [_("这份评分由指派的评价人本人填写。")]
    place = seat.place
    assert place is not None, "a sheet is of a place"
    if seat.ended_at or place.round.status != EvaluationStatus.SCORING:
        return [_("本轮没有在评分，或者您已退出对这里的评价。")]
    if seat.declared_at is None:
        return [_("请先声明独立性。")]
    if seat.handed_at is not None:
        return [_("评分已经提交，不能再改；如需修改，由省科技厅退回。")]
    known = conflicts.known([seat.person_id], [seat.tenant_id], [place.place_id])
    opened = instants.day_of(place.round.opened_at)
    told = known.against(seat.person_id, seat.tenant_id, place.place_id, opened)
    return [_("您与%(place)s有利益关系，须回避：%(why)s。") % {"place": place.name, "why": one} for one in told]


@transaction.atomic
def save_draft(seat: RatingSeat, typed: Typed, actor: Actor) -> SheetDraft:
    """Keep what is typed, whole or not; what is not named stays. Raises Refused."""
    if reasons := obstacles(seat, actor):
        raise Refused(reasons)
    own = {"dossier": seat.dossier, "tenant_id": seat.tenant_id, "person_id": seat.person_id}
    draft = SheetDraft.objects.select_for_update(no_key=True).filter(seat=seat).first() or SheetDraft(seat=seat, **own)
    given: dict[str, Any] = dict(draft.given)
    for code, said in typed.items():
        if code in seat.codes:
            cut = {name: str(text)[:LONGEST] for name, text in said.items() if name in ("score", "reason")}
            given[code] = {**given.get(code, {}), **cut}
    draft.given, draft.changed_at = given, timezone.now()
    draft.save()
    return draft


@transaction.atomic
def hand_in(seat: RatingSeat, actor: Actor) -> str:
    """The sheet is handed in as a whole and locked; what came of it, one of `sealed`'s outcomes. Raises Refused."""
    reasons = obstacles(seat, actor)
    lines = lines_of(seat)
    reasons += [text for line in lines for _part, text in line.flaws]
    if reasons:
        raise Refused(reasons)
    _write(seat, lines)
    seat.handed_at = timezone.now()
    seat.save(update_fields=["handed_at"])
    todo.close(seat, actor, RATE)
    place = place_of(seat)
    agreed = rules.contract_of(place)
    assert agreed is not None, "whoever sits here is contracted"
    words = {"person": actor.person.name, "place": place.name}
    event = ledger.append(
        seat, "hand_in", recorded("%(person)s提交%(place)s评分") % words, actor,
        dossier=agreed.dossier, basis=BASIS, data={"place": place.place_id},
    )  # fmt: skip
    outcome = sealed.settle(place)
    _follow(place, agreed, outcome, event, actor)
    return outcome


def _write(seat: RatingSeat, lines: list[Line]) -> None:
    """The scores of a sheet; those of a former one that differ are superseded, never erased."""
    place = seat.place
    assert place is not None, "a sheet is of a place"
    before = {one.code: one for one in GivenScore.objects.filter(seat=seat, superseded_at=None)}
    scores = {line.part.code: score for line in lines if (score := score_of(line.score)) is not None}
    changed = [
        line
        for line in lines
        if (one := before.get(line.part.code)) is None
        or one.score != scores[line.part.code]
        or one.reason != line.reason
    ]
    former = [before[line.part.code].pk for line in changed if line.part.code in before]
    GivenScore.objects.filter(pk__in=former).update(superseded_at=timezone.now())
    own = {"seat": seat, "dossier": seat.dossier, "tenant_id": seat.tenant_id, "person_id": seat.person_id}
    GivenScore.objects.bulk_create(
        GivenScore(**own, subject=place.place_id, code=line.part.code, score=scores[line.part.code], reason=line.reason)
        for line in changed
    )


def _follow(place: EvaluationPlace, agreed: EvaluationContract, outcome: str, event: Event, actor: Actor) -> None:
    if outcome == sealed.DISPUTED:
        ask_to_seat(place, event, actor)
    elif outcome == sealed.AGAIN:
        third = place.seats.select_related("person", "tenant").get(turn=Turn.THIRD, ended_at=None)
        if not rules.against(place.round, [third]):
            _ask_again(third, place, agreed, actor)
    elif outcome == sealed.SETTLED:
        for third in place.seats.filter(turn=Turn.THIRD, ended_at=None):
            todo.close(third, actor, RATE)
    if outcome == sealed.SETTLED and is_scored(agreed):
        title = recorded("出具测评报告：%s") % title_of(place.round)
        todo.assign(
            agreed, REPORT, title, place.round.get_absolute_url(), dossier=agreed.dossier,
            organisation=agreed.organisation, role=PostRole.HANDLER, by=actor.organisation, due_on=place.round.due_on,
        )  # fmt: skip


def is_scored(agreed: EvaluationContract) -> bool:
    """Whether every score that is wanted of a contract's places is there."""
    rows = EvaluationPlace.objects.filter(round=agreed.round_id, place__in=agreed.places)
    return not rows.filter(settled_at=None).exists()


@transaction.atomic
def give_back(seat: RatingSeat, reason: str, actor: Actor) -> Event:
    """省科技厅 returns a sheet with a reason; its evaluator may change it and hands it in again. Raises Refused."""
    place = place_of(seat)
    if not rules.returns(actor):
        raise Refused([_("评分由省科技厅的经办人或审核人退回。")])
    if not reason.strip():
        raise Refused([_("请写明退回的理由。")])
    if place.round.status != EvaluationStatus.SCORING or seat.ended_at or seat.handed_at is None:
        raise Refused([_("只有评分期间已经提交的评分可以退回。")])
    if rules.against(place.round, [seat]):
        words = {"person": seat.person.name, "place": place.name}
        raise Refused([_("%(person)s与%(place)s有利益关系，评分不能退回修改，请更换评价人。") % words])
    agreed = rules.contract_of(place)
    assert agreed is not None, "whoever sits here is contracted"
    seat.handed_at, seat.returned_at, seat.return_reason = None, timezone.now(), reason.strip()
    seat.save(update_fields=["handed_at", "returned_at", "return_reason"])
    unsettle(place, agreed, actor)
    reset_report(agreed, actor)
    event = ledger.append(
        seat, "return", recorded("退回%(person)s对%(place)s的评分") % {"person": seat.person.name, "place": place.name},
        actor, dossier=agreed.dossier, basis=BASIS, reason=reason.strip(), data={"place": place.place_id},
        audience=Audience.AUTHORITY,
    )  # fmt: skip
    _ask_again(seat, place, agreed, actor)
    title = recorded("评分被退回：%s") % place.name
    notify(event, seat.tenant, title, sheet_address(seat), reason.strip(), Topic.TASK, seat.person)
    return event


def _ask_again(seat: RatingSeat, place: EvaluationPlace, agreed: EvaluationContract, actor: Actor) -> None:
    post = Post.objects.in_force().filter(person=seat.person_id, organisation=seat.tenant_id).order_by("role").first()
    title = recorded("修改测评评分：%s") % place.name
    todo.assign(
        seat, RATE, title, sheet_address(seat), dossier=agreed.dossier, organisation=seat.tenant,
        role=post.role if post else PostRole.HANDLER, by=actor.organisation, due_on=place.round.due_on,
        assignee=seat.person,
    )  # fmt: skip


def sheet_address(seat: RatingSeat) -> str:
    """Where a sheet is written."""
    return reverse("evaluations:sheet", args=[seat.pk])


def figures_of(place: EvaluationPlace) -> dict[str, dict[int, str | None]]:
    """The final figures of a place by code and year, for its evaluators after their declaration; else nothing."""
    found: dict[str, dict[int, str | None]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, year, value FROM indicators_evaluated_figures(%s)", [place.pk])
        for code, year, value in cursor.fetchall():
            found.setdefault(code, {})[year] = value
    return found
