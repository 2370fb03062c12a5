"""A ruling is drafted from a finding or from a missing return, made by its paper, and taken back by another only."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import queries_run
from indicators.enums import SubjectKind
from indicators.enums_policy import RulingGround, RulingOutcome, RulingStatus
from indicators.models import Finding, Return, Ruling
from indicators.periods_returns import reminded_twice
from indicators.queries_policy import decisions
from indicators.transitions_rulings import rulings as machine
from notifications import signoff
from notifications.models import Draft, Paper
from notifications.notices import notify
from policy.outcomes import Outcome
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.machine import Refused

RULING, WITHDRAWAL = "ruling", "ruling_withdrawal"

__all__ = ["decisions", "draft_on_finding", "draft_on_omission", "draft_withdrawal", "make", "take_back"]


@transaction.atomic
def draft_on_finding(finding: Finding, fields: dict[str, Any], actor: Actor) -> Draft:
    """Draft a ruling on a finding that figures could not settle; `fields` are outcome and reasons. Raises Refused."""
    one = finding.assessment
    if finding.outcome != Outcome.NOT_ASSESSABLE:
        raise Refused([_("只有“无法判定”的条款需要裁定。")])
    city = Organisation.objects.get(pk=one.tenant_id)
    ruling = _begun(
        actor,
        subject=one.subject,
        name=one.name,
        year=one.year,
        ground=RulingGround.FINDING,
        clause=finding.clause,
        city=city,
        reporter_id=one.reporter_id,
    )
    title = recorded("关于%(name)s%(year)s年度%(clause)s的裁定")
    return _drafted(ruling, title % {"name": one.name, "year": one.year, "clause": finding.clause}, fields, actor)


@transaction.atomic
def draft_on_omission(
    subject: str, year: int, reminded: tuple[dt.date, dt.date] | None, reasons: str, actor: Actor
) -> Draft:
    """Draft a ruling that a park which did not report after two reminders reached no target (AMB-13).

    The days of the reminders are those of the return's history; only where it has none are they `reminded`.
    """
    report = Return.objects.filter(kind=SubjectKind.PARK, subject=subject, year=year).first()
    reminded = (reminded_twice(report) if report else None) or reminded
    if reminded is None:
        raise Refused([_("系统没有两次催报的记录，请填写两次催报的日期。")])
    first, second = reminded
    if not first < second < instants.today():
        raise Refused([_("两次催报的日期应先后不同，并且都已经过去。")])
    if second.year <= year:
        raise Refused([_("年度数据在次年报送，催报的日期应在%(year)s年之后。") % {"year": year}])
    park = next((one for one in queries_run.judged_parks(year) if one.code == subject), None)
    if park is None:
        raise Refused([_("该园区这一年度不参加评价，不能裁定。")])
    if report and report.submitted_at:
        raise Refused([_("该园区已经报送这一年度的数据，不属于未报送。")])
    ruling = _begun(
        actor,
        subject=park.code,
        name=park.name,
        year=year,
        ground=RulingGround.OMISSION,
        city=Organisation.objects.get(pk=park.tenant),
        reporter_id=park.reporter,
    )
    fields = {
        "outcome": RulingOutcome.NOT_MET.value,
        "reasons": reasons,
        "reminded": [first.isoformat(), second.isoformat()],
    }
    title = recorded("关于%(name)s未报送%(year)s年度数据的裁定") % {"name": park.name, "year": year}
    return _drafted(ruling, title, fields, actor)


def _begun(actor: Actor, **told: Any) -> Ruling:
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("只有省科技厅的经办人可以拟裁定。")])
    try:
        with transaction.atomic():
            ruling = Ruling.objects.create(tenant=the_lead(), drafted_by=actor.person, **told)
    except IntegrityError:
        raise Refused([_("这一条款已有裁定，或者正在办理；需要改变的，请先撤回原裁定。")]) from None
    ledger.open_chain(ruling.dossier, ruling.tenant)
    ledger.append(
        ruling,
        "begin",
        recorded("拟裁定"),
        actor,
        dossier=ruling.dossier,
        after=ruling.status,
        basis="AMB-05",
        data={"subject": ruling.subject, "year": ruling.year, "clause": ruling.clause},
    )
    return ruling


def _drafted(ruling: Ruling, title: str, fields: dict[str, Any], actor: Actor) -> Draft:
    return signoff.start(RULING, ruling, ruling.dossier, title, actor, fields)


@transaction.atomic
def make(ruling: Ruling, outcome: str, reasons: str, paper: Paper, actor: Actor) -> None:
    """The paper's signature makes the ruling; city and committee learn of it. Runs begun from now on count it."""
    told = {"paper": paper, "outcome": outcome, "reasons": reasons, "signed_at": instants.now()}
    event = machine.perform(ruling, "sign", actor, data={"outcome": outcome, "paper": paper.number}, changes=told)
    for office in _addressed(ruling):
        open_dossier(ruling.dossier, ruling.tenant_id, office, GrantLevel.READ, actor.organisation)
        notify(event, office, paper.title[:200], ruling.get_absolute_url(), reasons)


@transaction.atomic
def drop(ruling: Ruling, actor: Actor) -> None:
    """The draft was given up: nothing is ruled, and it may be begun anew."""
    if ruling.status == RulingStatus.DRAFTING:
        machine.perform(ruling, "drop", actor)


@transaction.atomic
def draft_withdrawal(ruling: Ruling, reasons: str, actor: Actor) -> Draft:
    """Draft the paper that takes a ruling back. Raises Refused."""
    if ruling.status != RulingStatus.SIGNED:
        raise Refused([_("只有已签发的裁定可以撤回。")])
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("只有省科技厅的经办人可以拟撤回。")])
    title = recorded("关于撤回%(name)s%(year)s年度有关裁定的通知") % {"name": ruling.name, "year": ruling.year}
    return signoff.start(WITHDRAWAL, ruling, ruling.dossier, title, actor, {"reasons": reasons})


@transaction.atomic
def take_back(ruling: Ruling, reasons: str, paper: Paper, actor: Actor) -> None:
    """The other paper's signature takes the ruling back; runs begun from now on do not count it."""
    told = {"withdrawal": paper, "withdrawn_at": instants.now()}
    event = machine.perform(ruling, "withdraw", actor, reason=reasons, data={"paper": paper.number}, changes=told)
    for office in _addressed(ruling):
        notify(event, office, paper.title[:200], ruling.get_absolute_url(), reasons)


def _addressed(ruling: Ruling) -> list[Organisation]:
    wanted: set[UUID] = {one for one in (ruling.city_id, ruling.reporter_id) if one}
    return list(Organisation.objects.filter(pk__in=wanted).order_by("order"))
