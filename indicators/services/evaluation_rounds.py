"""U3, U5: 省科技厅 opens a round of evaluation, contracts third parties for its places, starts, closes or drops it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import DivisionLevel, GrantLevel, OrganisationKind, PostRole
from accounts.granting import open_dossier
from accounts.models import Division, Organisation
from accounts.queries import sample_is_loaded
from files import services as files
from files.models import Incoming
from files.purposes import Purpose, declare
from indicators import evaluating, queries_evaluating, queries_policy, queries_rating, sealed
from indicators import rules_evaluating as rules
from indicators.enums import RankingList
from indicators.enums_evaluating import ENDED, EvaluationKind
from indicators.enums_policy import RatingStatus
from indicators.evaluating import Candidate
from indicators.models import (
    EvaluationContract,
    EvaluationPlace,
    EvaluationResult,
    EvaluationRound,
    IndexVersion,
    RatingRound,
)
from indicators.services import opening_cities
from indicators.services.index_signing import freeze
from indicators.transitions_evaluating import evaluations
from indicators.transitions_rating import ratings
from notifications.enums import Topic
from notifications.notices import notify
from registry import titles
from registry.enums import CityTitleKind
from workflow import instants, ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event, Task

Sent = UploadedFile | Incoming
MIB = 1 << 20
BASIS = "C-III.2c; C-III.2e"
PREPARE, CLOSE, OPEN = "prepare_evaluation", "close_evaluation", "open_evaluation"
# One dossier of 省科技厅 for what is due before a round is opened.
DUE = uuid5(NAMESPACE_URL, "chuangyuan:evaluations-due")
FIRST_YEAR = 2011


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    row = EvaluationContract.objects.filter(dossier=dossier).select_related("round").first()
    if row is None or row.tenant_id != actor.organisation.pk:
        return None
    if not rules.opens(actor) or row.round.status in ENDED:
        return [_("合同由省科技厅的经办人在本轮测评完成前上传。")]
    return []


CONTRACT_FILE = declare(Purpose("evaluation.contract", gettext_lazy("委托合同"), _obstacles, limit=50 * MIB))


def eligible(kind: str) -> list[Candidate]:
    """Whom a round of a kind may be about: applicants that were accepted, or pilots and recognised places.

    Who is in a round that has not ended is left out, see `under_way`.
    """
    taken = under_way()
    return [one for one in of_kind(kind) if one.place.pk not in taken]


def under_way() -> set[str]:
    """The places (by code) of the rounds that have not ended."""
    return set(EvaluationPlace.objects.exclude(round__status__in=ENDED).values_list("place", flat=True))


def without_round(year: int) -> list[Division]:
    """The places that are due for an evaluation by their figures of a year, or of one before, and are in no round."""
    taken = under_way()
    return [one.place for one in queries_evaluating.due_places(year) if one.place.pk not in taken]


def ask_to_open(due: Sequence[Division], year: int, lead: Organisation) -> None:
    """省科技厅 has to open a round of the places that are due."""
    title = recorded("发起%(year)d年度两年一次测评（%(n)d个试点到期）") % {"n": len(due), "year": year}
    todo.assign(
        lead, OPEN, title, reverse("evaluations:list"), dossier=DUE, organisation=lead, role=PostRole.HANDLER, by=lead
    )


def _count_due_anew(actor: Actor) -> None:
    """The task of opening a round stays with those who are in none, and ends with the last of them."""
    year = instants.today().year - 1
    todo.close(actor.organisation, actor, OPEN)
    if due := without_round(year):
        ask_to_open(due, year, actor.organisation)


def of_kind(kind: str) -> list[Candidate]:
    """The same with those that are in another round."""
    if kind == EvaluationKind.INITIAL:
        return evaluating.waiting()
    standing = titles.standing_on(instants.today())
    held = {CityTitleKind.PILOT, CityTitleKind.INNOVATIVE}
    codes = [code for code, found in standing.items() if held.intersection(found)]
    places = list(Division.objects.filter(pk__in=codes).select_related("parent").order_by("code"))
    offices = answering_for(places)
    return [Candidate(one, offices[one.pk], "") for one in places if one.pk in offices]


def answering_for(places: list[Division]) -> dict[str, Organisation]:
    """The government that answers for each place: its own, where none works here the city's above it."""
    governments = opening_cities.governments_of(places)
    return {code: county or city for code, (city, county) in governments.items()}


@transaction.atomic
def open_round(kind: str, year: int, places: Collection[str], due_on: dt.date, actor: Actor) -> EvaluationRound:
    """省科技厅 opens a round of some places (by code) by their figures of a year. Raises Refused."""
    known = {one.place.pk: one for one in of_kind(kind)}
    chosen = [known[code] for code in sorted(set(places)) if code in known]
    versions = {key: queries_policy.index_in_force(key, year) for key in sorted({list_of(one.place) for one in chosen})}
    if reasons := _against_opening(kind, year, places, chosen, versions, due_on, actor):
        raise Refused(reasons)
    last = EvaluationRound.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    row = EvaluationRound.objects.create(
        tenant=actor.organisation, kind=kind, year=year, number=last + 1, due_on=due_on, opened_by=actor.person,
        sample=sample_is_loaded(),
    )  # fmt: skip
    ledger.open_chain(row.dossier, actor.organisation)
    names = [one.place.name for one in chosen]
    words = {"year": year, "kind": label_of(row), "n": len(chosen)}
    ledger.append(
        row, "open", recorded("发起%(kind)s（%(year)d年度数据），%(n)d个测评对象") % words, actor, dossier=row.dossier,
        after=row.status, basis=BASIS, data={"places": [one.place.pk for one in chosen], "names": names},
    )  # fmt: skip
    for one in chosen:
        EvaluationPlace.objects.create(
            round=row, dossier=row.dossier, tenant=one.government, place=one.place, name=one.place.name,
            list=list_of(one.place), address=one.address,
        )  # fmt: skip
    for ranking, version in versions.items():
        assert version is not None, "a round is opened where a version is in force"
        freeze(version, actor)
        _open_rating(row, version, [one.place for one in chosen if list_of(one.place) == ranking], actor)
    sealed.open_returns(year, [(one.place, one.government) for one in chosen])
    asked = Task.objects.filter(subject_id=actor.organisation.pk, kind=OPEN, done_at=None)
    if kind == EvaluationKind.BIENNIAL and asked.exists():
        _count_due_anew(actor)
    evaluating.tell_opened(row, actor)
    todo.assign(
        row, PREPARE, recorded("委托第三方机构、指派评价人：%s") % title_of(row), row.get_absolute_url(),
        dossier=row.dossier, organisation=actor.organisation, role=PostRole.HANDLER, by=actor.organisation,
    )  # fmt: skip
    return row


def _open_rating(row: EvaluationRound, version: IndexVersion, places: Sequence[Division], actor: Actor) -> None:
    rating = RatingRound.objects.create(
        tenant=row.tenant, version=version, year=row.year, evaluation=row, due_on=row.due_on, opened_by=actor.person,
        subjects=[{"code": one.pk, "name": one.name} for one in places],
    )  # fmt: skip
    ledger.open_chain(rating.dossier, row.tenant)


def list_of(place: Division) -> str:
    """In which list a place is ranked."""
    return str(RankingList.CITY if place.level == DivisionLevel.PREFECTURE else RankingList.COUNTY)


def label_of(row: EvaluationRound) -> str:
    """The kind of a round as it is recorded."""
    return ledger.in_chinese(EvaluationKind(row.kind).label)


def title_of(row: EvaluationRound) -> str:
    """A round in words, as it is recorded."""
    return recorded("%(year)d年度第%(number)d轮%(kind)s") % {
        "year": row.year, "number": row.number, "kind": label_of(row),
    }  # fmt: skip


def _against_opening(
    kind: str,
    year: int,
    places: Collection[str],
    chosen: Sequence[Candidate],
    versions: dict[str, IndexVersion | None],
    due_on: dt.date,
    actor: Actor,
) -> list[str]:
    reasons = []
    if not rules.opens(actor):
        reasons.append(_("测评轮次由省科技厅经办人发起。"))
    if kind not in EvaluationKind.values or not FIRST_YEAR <= year < instants.today().year:
        reasons.append(_("请选择测评类别和已经结束的数据年度。"))
    if not chosen or len(chosen) != len(set(places)):
        reasons.append(_("请至少选择一个测评对象；初次测评限已受理的申报，两年一次测评限试点和已认定的市、县。"))
    for key, version in versions.items():
        words = {"list": RankingList(key).label, "year": year}
        if version is None:
            reasons.append(_("%(list)s没有%(year)d年度适用的评价指标体系，请先签发。") % words)
        elif not queries_rating.rated_parts(version):
            reasons.append(_("%(list)s的评价指标体系没有由评价人评分的指标。") % words)
    taken = EvaluationPlace.objects.filter(place__in=[one.place.pk for one in chosen]).exclude(round__status__in=ENDED)
    names = "、".join(taken.values_list("name", flat=True))
    if names:
        reasons.append(_("%(names)s正在另一轮测评中。") % {"names": names})
    if due_on < instants.today():
        reasons.append(_("完成期限不能早于今天。"))
    return reasons


@transaction.atomic
def contract(
    row: EvaluationRound,
    organisation: Organisation,
    places: Collection[str],
    number: str,
    signed_on: dt.date,
    actor: Actor,
    sent: Sent | None = None,
) -> EvaluationContract:
    """省科技厅 contracts a third party for some places, or changes what was agreed. Raises Refused."""
    places = sorted(set(places))
    if reasons := _against_contract(row, organisation, places, number, signed_on, actor):
        raise Refused(reasons)
    found = row.contracts.filter(organisation=organisation).first()
    if found is None:
        found = EvaluationContract.objects.create(
            tenant=row.tenant, round=row, organisation=organisation, places=places, number=number.strip(),
            signed_on=signed_on, made_by=actor.person,
        )  # fmt: skip
        ledger.open_chain(found.dossier, row.tenant)
        open_dossier(found.dossier, row.tenant_id, organisation, GrantLevel.READ, actor.organisation)
        for rating in row.ratings.all():
            open_dossier(rating.dossier, row.tenant_id, organisation, GrantLevel.READ, actor.organisation)
    else:
        reset_report(found, actor)
        found.places, found.number, found.signed_on = places, number.strip(), signed_on
        found.save(update_fields=["places", "number", "signed_on"])
    if sent is not None:
        found.file = _kept(found, sent, actor)
        found.save(update_fields=["file"])
    words = {"office": organisation.short_name, "n": len(places), "number": found.number}
    event = ledger.append(
        found, "contract", recorded("委托%(office)s测评%(n)d个市、县，合同%(number)s") % words, actor,
        dossier=found.dossier, basis=BASIS, data={"places": places, "signed_on": signed_on.isoformat()},
    )  # fmt: skip
    title = recorded("受委托承担%s") % title_of(row)
    notify(event, organisation, title, row.get_absolute_url(), recorded("请先申明利益关系。"), Topic.TASK)
    return found


def _kept(row: EvaluationContract, sent: Sent, actor: Actor) -> Any:
    try:
        upload = files.accept_upload(actor, row.dossier, sent, CONTRACT_FILE)
    except files.UploadRefused as refusal:
        raise Refused([str(refusal)]) from refusal
    upload.released_at = timezone.now()
    upload.save(update_fields=["released_at"])
    return upload


def _against_contract(
    row: EvaluationRound, office: Organisation, places: list[str], number: str, signed_on: dt.date, actor: Actor
) -> list[str]:
    reasons = []
    if not rules.opens(actor):
        reasons.append(_("第三方机构由省科技厅经办人登记委托。"))
    if row.status in ENDED:
        reasons.append(_("本轮测评已经结束，不能再委托。"))
    if office.kind != OrganisationKind.THIRD_PARTY or not office.active:
        reasons.append(_("只能委托第三方机构。"))
    own = {one.place_id: one.name for one in row.places.all()}
    if not places or not set(places) <= set(own):
        reasons.append(_("请至少选择一个本轮的测评对象。"))
    if not number.strip():
        reasons.append(_("请填写合同编号。"))
    if signed_on > instants.today():
        reasons.append(_("签订日期不能晚于今天。"))
    others = row.contracts.exclude(organisation=office).select_related("organisation")
    for other in others:
        if names := [own[code] for code in other.places if code in places and code in own]:
            words = {"names": "、".join(names), "office": other.organisation.short_name}
            reasons.append(_("%(names)s已委托%(office)s。") % words)
    seated = {
        seat.place.name
        for seat in rules.seats_of(row)
        if seat.place and seat.tenant_id == office.pk and seat.place.place_id not in places
    }
    if seated:
        reasons.append(_("%(names)s已有这家机构的评价人，须先更换。") % {"names": "、".join(sorted(seated))})
    return reasons


def reset_report(row: EvaluationContract, actor: Actor) -> None:
    """What a signed report says no longer stands: it is to be made anew."""
    if row.reported_at is None:
        return
    row.paper, row.reported, row.reported_at = None, {}, None
    row.save(update_fields=["paper", "reported", "reported_at"])
    ledger.append(row, "report_again", recorded("测评报告须重新出具"), actor, dossier=row.dossier, basis=BASIS)


@transaction.atomic
def start(row: EvaluationRound, reason: str, actor: Actor) -> Event:
    """Scoring begins; the governments of the places hear of it. Raises Refused."""
    event = evaluations.perform(row, "start", actor)
    todo.close(row, actor, PREPARE)
    title = recorded("%s已安排第三方机构测评") % title_of(row)
    for place in row.places.select_related("tenant"):
        notify(event, place.tenant, title, place.address or reverse("evaluations:list"), place.name)
    return event


@transaction.atomic
def close(row: EvaluationRound, reason: str, actor: Actor) -> Event:
    """省科技厅 ends the round: the results are written once, and the sheets open. Raises Refused."""
    if reasons := evaluations.reasons_against(row, "close", actor):
        raise Refused(reasons)
    places = {one.place_id: one for one in row.places.select_related("tenant")}
    for agreed in row.contracts.all():
        if agreed.paper_id is not None:
            EvaluationResult.objects.bulk_create(
                _result(places[code], agreed.paper_id, told) for code, told in agreed.reported.items()
            )
    event = _end(row, "close", RatingStatus.CLOSED, reason, actor)
    _tell_results(row, event)
    evaluating.tell_closed(row, actor)
    return event


def _result(place: EvaluationPlace, paper: UUID, told: dict[str, Any]) -> EvaluationResult:
    return EvaluationResult(
        round_id=place.round_id, dossier=place.dossier, tenant=place.tenant, place_id=place.place_id, name=place.name,
        list=place.list, version_id=told["version"], scores=told["scores"], score=told["score"],
        reviews=told["reviews"], left_out=told["left_out"], facts=told["facts"], paper_id=paper,
    )  # fmt: skip


def _tell_results(row: EvaluationRound, event: Event) -> None:
    """Each government hears of its own results, in one message."""
    own: dict[UUID, list[EvaluationResult]] = {}
    for one in row.results.select_related("tenant"):
        own.setdefault(one.tenant_id, []).append(one)
    for results in own.values():
        first = results[0]
        address = first.get_absolute_url() if len(results) == 1 else reverse("evaluations:list")
        names = "、".join(one.name for one in results)
        title = recorded("%(title)s结果：%(names)s") % {"title": title_of(row), "names": names}
        notify(event, first.tenant, title, address, topic=Topic.LEGAL)


@transaction.atomic
def drop(row: EvaluationRound, reason: str, actor: Actor) -> Event:
    """省科技厅 takes the round back: nothing of it counts. Raises Refused."""
    if not reason.strip():
        raise Refused([_("请写明撤销的原因。")])
    event = _end(row, "drop", RatingStatus.DROPPED, reason, actor)
    if row.kind == EvaluationKind.BIENNIAL:
        _count_due_anew(actor)
    evaluating.tell_dropped(row, actor)
    return event


def _end(row: EvaluationRound, name: str, status: str, reason: str, actor: Actor) -> Event:
    changes = {"closed_by": actor.person, "closed_at": timezone.now()}
    event = evaluations.perform(row, name, actor, reason=reason.strip(), changes=changes)
    for rating in row.ratings.filter(status=RatingStatus.OPEN):
        ratings.perform(rating, name, actor, reason=reason.strip(), changes=changes)
    todo.close(row, actor)
    for place in row.places.all():
        todo.close(place, actor)
    for seat in rules.seats_of(row):
        todo.close(seat, actor)
    for agreed in row.contracts.all():
        todo.close(agreed, actor)
    return event
