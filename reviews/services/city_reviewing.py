"""U6, U7: departments review a round's results, 省科技厅 circulates them, the province recognises the best."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_government
from indicators.enums_evaluating import EvaluationKind
from indicators.evaluating import RECOGNITION_MARK, on_closed
from indicators.models import EvaluationResult, EvaluationRound
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from policy import decimals
from registry import titles
from registry.enums import CityTitleKind
from registry.services import confer_title
from reviews.enums_city_review import CityReviewStatus, CityStance
from reviews.models import CityAdvice, CityOpinion, CityReview, Nomination
from reviews.parameters import CITY_REVIEW_DAYS
from reviews.transitions_city_review import no_longer, reviewing
from workflow import instants, ledger, todo
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

UNTREATED = gettext_lazy("部门有不同意见，请写明对不同意见的处理。")
CIRCULAR_BY = (10, 31)  # 31 October (U6)
ASK, ADVICE, OPINION, CIRCULATE, NOMINATE, REPORT, DECIDE = (
    "ask_departments", "city_advice", "city_opinion", "circulate", "nominate", "report", "decide_recognition"
)  # fmt: skip


@on_closed
def follow(row: EvaluationRound, actor: Actor) -> None:
    """A closed round of pilots lies before the departments; a first evaluation has a case of its own (U4)."""
    if row.kind == EvaluationKind.BIENNIAL:
        open_review(row, actor)


def open_review(row: EvaluationRound, actor: Actor) -> CityReview:
    """Begin the review of a closed round; 省科技厅 is to ask the departments."""
    made = CityReview.objects.create(
        tenant=row.tenant, round=row, year=row.year, due_on=_circular_day(row.year), sample=row.sample
    )
    ledger.open_chain(made.dossier, row.tenant)
    ledger.append(
        made, "open", recorded("测评结果转入部门审核"), actor, dossier=made.dossier, after=made.status,
        basis="C-III.2f; U6", data={"round": str(row.pk)},
    )  # fmt: skip
    _ask(made, ASK, recorded("就%(year)d年度测评结果征求部门意见"), made.tenant, PostRole.HANDLER, made.due_on)
    return made


def _circular_day(year: int) -> dt.date:
    """31 October after the year of the figures (U6); for a round that ended later, as long as a review may take."""
    day = dt.date(year + 1, *CIRCULAR_BY)
    return day if day >= instants.today() else due(value(CITY_REVIEW_DAYS.name)).date


def _ask(
    row: CityReview, kind: str, title: str, office: Organisation, role: PostRole, due_on: dt.date | None = None
) -> None:
    todo.assign(
        row, kind, title % {"year": row.year}, row.get_absolute_url(), dossier=row.dossier, organisation=office,
        role=role, by=row.tenant, due_on=due_on,
    )  # fmt: skip


@transaction.atomic
def ask_departments(row: CityReview, offices: Collection[Organisation], actor: Actor) -> list[CityOpinion]:
    """省科技厅's handler asks departments for their word on the results; who was asked is not asked again."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("部门意见由省科技厅的经办人征求。")])
    if row.status != CityReviewStatus.REVIEWING:
        raise Refused([_("测评结果已经通报，不再征求意见。")])
    known = set(row.opinions.values_list("tenant_id", flat=True))
    new = [office for office in offices if office.pk not in known]
    if not new:
        raise Refused([_("请至少选择一个还没有征求意见的部门。")])
    event = ledger.append(
        row, "ask_departments", recorded("征求部门意见"), actor, dossier=row.dossier, basis="C-III.2f",
        data={"offices": [office.name for office in new]}, audience=Audience.AUTHORITY,
    )  # fmt: skip
    day = due(value("opinion_days")).date
    title = recorded("对%(year)d年度创新型城市测评结果提出意见") % {"year": row.year}
    made = []
    for office in new:
        _let_see(row, office, GrantLevel.READ, actor)
        one = CityOpinion.objects.create(
            dossier=row.dossier, tenant=office, requested_by=actor.organisation, review=row, due_on=day
        )
        todo.assign(
            one, ADVICE, title, row.get_absolute_url(), dossier=row.dossier, organisation=office,
            role=PostRole.HANDLER, by=actor.organisation, due_on=day,
        )  # fmt: skip
        notify(event, office, title, row.get_absolute_url(), topic=Topic.TASK)
        made.append(one)
    todo.close(row, actor, ASK)
    if not known:
        _ask(row, CIRCULATE, recorded("通报%(year)d年度测评结果"), row.tenant, PostRole.HANDLER, row.due_on)
    return made


def _let_see(row: CityReview, office: Organisation, level: GrantLevel, actor: Actor) -> None:
    """An office sees the review, and the round that it is about."""
    open_dossier(row.dossier, row.tenant_id, office, level, actor.organisation)
    open_dossier(row.round.dossier, row.tenant_id, office, GrantLevel.READ, actor.organisation)


@transaction.atomic
def advise(one: CityOpinion, stance: str, reason: str, actor: Actor) -> CityAdvice:
    """拟办: the department's handler proposes what it should say; another person signs it. Raises Refused."""
    if actor.organisation.pk != one.tenant_id or not actor.is_handler:
        raise Refused([_("拟办意见由本部门经办人填写。")])
    locked, row = _unsaid(one, stance, reason)
    made = CityAdvice.objects.create(
        dossier=row.dossier, tenant_id=locked.tenant_id, opinion=locked, stance=stance, reason=reason.strip(),
        person=actor.person,
    )  # fmt: skip
    ledger.append(
        locked, "advise", recorded("拟办对测评结果的意见"), actor, dossier=row.dossier, basis="C-III.2f",
        audience=Audience.OFFICE,
    )  # fmt: skip
    todo.close(locked, actor, ADVICE)
    todo.assign(
        locked, OPINION, recorded("签发对%(year)d年度创新型城市测评结果的意见") % {"year": row.year},
        row.get_absolute_url(), dossier=row.dossier, organisation=actor.organisation, role=PostRole.SIGNER,
        by=actor.organisation, due_on=locked.due_on,
    )  # fmt: skip
    return made


def advice_on(one: CityOpinion) -> CityAdvice | None:
    """What the department's handler proposed last; the department alone sees it."""
    return one.advices.select_related("person").order_by("-at").first()


def _unsaid(one: CityOpinion, stance: str, reason: str) -> tuple[CityOpinion, CityReview]:
    """The locked row of an opinion that may still be given, with its review. Raises Refused."""
    # A signed one is nobody's to write any more, so that it cannot be locked either.
    locked = CityOpinion.objects.select_for_update(no_key=True, of=("self",)).filter(pk=one.pk).first()
    if locked is None or locked.signed_at is not None:
        raise Refused([_("本部门已经签发意见。")])
    row = CityReview.objects.get(pk=locked.review_id)
    reasons = []
    if row.status != CityReviewStatus.REVIEWING:
        reasons.append(_("测评结果已经通报。"))
    if stance not in CityStance.values:
        reasons.append(_("请选择意见。"))
    if stance == CityStance.OBJECT and not reason.strip():
        reasons.append(_("请写明不同意见和理由。"))
    if reasons:
        raise Refused(reasons)
    return locked, row


@transaction.atomic
def answer(one: CityOpinion, stance: str, reason: str, actor: Actor) -> Event:
    """The department's signer says yes, or no and why; once, and until the circular. Raises Refused.

    A handler of the department, another person, has proposed it before.
    """
    if actor.organisation.pk != one.tenant_id or not actor.is_signer:
        raise Refused([_("意见由本部门签发人签发。")])
    locked, row = _unsaid(one, stance, reason)
    if (advice := advice_on(locked)) is None:
        raise Refused([_("请先由本部门经办人拟办意见，再签发。")])
    if advice.person_id == actor.person.pk:
        raise Refused([_("拟办人不能同时签发，请由本部门其他签发人签发。")])
    locked.stance, locked.reason = stance, reason.strip()
    locked.signer, locked.signer_name, locked.signed_at = actor.person, actor.person.name, timezone.now()
    locked.save(update_fields=["stance", "reason", "signer", "signer_name", "signed_at"])
    event = ledger.append(
        locked, "sign", recorded("签发对测评结果的意见"), actor, dossier=row.dossier, reason=locked.reason,
        basis="C-III.2f", data={"stance": stance}, audience=Audience.AUTHORITY,
    )  # fmt: skip
    todo.close(locked, actor, ADVICE, OPINION)
    said = {"office": actor.organisation.short_name, "stance": CityStance(stance).label}
    notify(event, row.tenant, recorded("%(office)s对测评结果的意见：%(stance)s") % said, row.get_absolute_url())
    return event


def mark_of(row: CityReview) -> Fraction:
    """The score from which on a pilot may be laid before the province (`recognition_mark`, AMB-25).

    That of the circular, once there is one: a parameter that changes later changes nothing that was told.
    """
    return decimals.parse(row.mark or str(value(RECOGNITION_MARK.name)))


def pilots_of(row: CityReview) -> list[tuple[EvaluationResult, bool]]:
    """The results of those who are pilots and not recognised yet, each with whether it reaches the mark."""
    results = list(row.round.results.select_related("place"))
    standing = titles.standing_on(instants.today(), [one.place_id for one in results])
    asked = mark_of(row)
    return [
        (one, decimals.parse(one.score) >= asked)
        for one in results
        if CityTitleKind.PILOT in (held := standing.get(one.place_id, {})) and CityTitleKind.INNOVATIVE not in held
    ]


@transaction.atomic
def circulate(row: CityReview, treated: str, paper: Paper, actor: Actor) -> Event:
    """U6: the signature of the circular; the results are public, and those who reached the mark are nominated.

    `treated` says what became of the departments' objections. Raises Refused.
    """
    if not treated.strip() and row.opinions.filter(stance=CityStance.OBJECT).exists():
        raise Refused([str(UNTREATED)])
    changes = {"circular_paper": paper, "mark": decimals.render(mark_of(row))}
    data = {"paper": paper.number, "mark": changes["mark"]}
    event = reviewing.perform(row, "circulate", actor, reason=treated.strip(), data=data, changes=changes)
    row.round.results.update(published_at=timezone.now())
    found = pilots_of(row)
    Nomination.objects.bulk_create(
        Nomination(dossier=row.dossier, tenant=row.tenant, review=row, result=one, reaches=reaches, nominated=reaches)
        for one, reaches in found
    )
    for one in row.opinions.all():
        todo.close(one, actor)
    todo.close(row, actor, CIRCULATE)
    if any(reaches for _one, reaches in found):
        _ask(
            row,
            NOMINATE,
            recorded("研究报请认定：%(year)d年度测评达到条件的城市（县、区）"),
            row.tenant,
            PostRole.REVIEWER,
        )
    shown: dict[UUID, list[EvaluationResult]] = {}
    for result in row.round.results.select_related("tenant"):
        shown.setdefault(result.tenant_id, []).append(result)
    for own in shown.values():
        names = {"year": row.year, "names": "、".join(one.name for one in own)}
        title = recorded("%(year)d年度测评结果已通报：%(names)s") % names
        notify(event, own[0].tenant, title, own[0].get_absolute_url(), topic=Topic.LEGAL)
    return event


@transaction.atomic
def nominate(row: CityReview, chosen: Mapping[UUID, bool], reasons: Mapping[UUID, str], actor: Actor) -> Event:
    """省科技厅's reviewer settles who is laid before the province; a departure from the mark says why."""
    if not (actor.is_lead and actor.is_reviewer):
        raise Refused([_("报请认定的名单由省科技厅的审核人确定。")])
    if row.status != CityReviewStatus.CIRCULATED:
        raise Refused([_("只有已通报、未报省政府的才能确定名单。")])
    rows = list(row.nominations.select_for_update(of=("self",)).select_related("result"))
    against = []
    for one in rows:
        one.nominated = chosen.get(one.pk, False)
        one.reason = reasons.get(one.pk, "").strip() if one.nominated != one.reaches else ""
        if one.nominated != one.reaches and not one.reason:
            words = _("%(name)s：得分未达到分数线而报请认定，请写明理由。")
            if one.reaches:
                words = _("%(name)s：得分达到分数线而不报请认定，请写明理由。")
            against.append(words % {"name": one.result.name})
    if against:
        raise Refused(against)
    for one in rows:
        one.save(update_fields=["nominated", "reason"])
    names = [one.result.name for one in rows if one.nominated]
    event = ledger.append(
        row, "nominate", recorded("确定报请认定的名单"), actor, dossier=row.dossier, basis="C-III.2g; AMB-25",
        reason="；".join(f"{one.result.name}：{one.reason}" for one in rows if one.reason), data={"places": names},
        audience=Audience.AUTHORITY,
    )  # fmt: skip
    todo.close(row, actor, NOMINATE, REPORT)
    if names:
        _ask(
            row,
            REPORT,
            recorded("报请省政府认定创新型城市（县、区）（%(year)d年度测评）"),
            row.tenant,
            PostRole.HANDLER,
        )
    return event


@transaction.atomic
def report(row: CityReview, paper: Paper, actor: Actor) -> Event:
    """U7: the signature of the 请示; the affair lies before the provincial government."""
    event = reviewing.perform(row, "report", actor, data={"paper": paper.number}, changes={"report_paper": paper})
    todo.close(row, actor)
    government = the_government()
    _let_see(row, government, GrantLevel.ACT, actor)
    title = recorded("审定：认定创新型城市（县、区）（%(year)d年度测评）")
    _ask(row, DECIDE, title, government, PostRole.HANDLER)
    notify(event, government, title % {"year": row.year}, row.get_absolute_url(), topic=Topic.TASK)
    return event


@transaction.atomic
def decide(
    row: CityReview, recognised: bool, paper: Paper, actor: Actor, chosen: Collection[UUID] | None = None
) -> Event:
    """U7: the signature of 省政府's notice recognises the `chosen` nominations (all by default), of its letter nobody.

    Raises Refused where a place named is no pilot any more.
    """
    name = "recognise" if recognised else "refuse"
    event = reviewing.perform(row, name, actor, data={"paper": paper.number}, changes={"decision_paper": paper})
    todo.close(row, actor, DECIDE)
    rows = row.nominations.filter(nominated=True).select_related("result__place")
    results = [one.result for one in rows if chosen is None or one.pk in chosen]
    if recognised:
        if not results or (against := no_longer(results)):
            raise Refused(against if results else [_("请至少选择一个认定的城市（县、区）。")])
        for one in results:
            confer_title(one.place, CityTitleKind.INNOVATIVE, paper=paper, dossier=row.dossier, actor=actor)
    names = "、".join(one.name for one in results)
    said = recorded("省政府认定创新型城市（县、区）：%(names)s") if recognised else recorded("省政府未认定：%(names)s")
    notify(event, row.tenant, said % {"names": names}, row.get_absolute_url(), topic=Topic.LEGAL)
    for tenant in Organisation.objects.filter(pk__in={one.tenant_id for one in results}):
        own = "、".join(one.name for one in results if one.tenant_id == tenant.pk)
        notify(event, tenant, said % {"names": own}, paper.get_absolute_url(), topic=Topic.LEGAL)
    return event
