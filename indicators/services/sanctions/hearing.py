"""T18, T20: the city is told, signs for it, answers within its days, is heard on request; departments give opinions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.queries import the_lead
from files import services as files
from files.models import Incoming
from indicators import periods_sanction as periods
from indicators import rules_sanction as rules
from indicators.enums_sanction import HEARD, RUNNING, OpinionStance, SanctionStatus
from indicators.models import SanctionArgument, SanctionCase, SanctionFile, SanctionHearing, SanctionOpinion
from indicators.parameters_sanction import HEARING_DAYS
from indicators.purposes_sanction import STATEMENT_FILE
from indicators.services.sanctions import asking
from indicators.transitions_sanction import sanctions
from notifications.models import Paper, PaperCopy
from workflow import clocks, deadlines, instants, ledger, todo
from workflow.enums import Audience
from workflow.ledger import in_chinese, recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

Sent = UploadedFile | Incoming


@transaction.atomic
def notify(case: SanctionCase, paper: Paper, actor: Actor) -> Event:
    """The 告知书 is signed: facts, rule, figures and what is intended; the city signs for it. Raises Refused."""
    event = sanctions.perform(case, "notify", actor, data={"paper": paper.number}, changes={"notice_paper": paper})
    todo.close(case, actor)
    clock = periods.run_receipt(case, event)
    title = recorded("请签收告知书：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_receipt", title, case.tenant, PostRole.HANDLER, actor.organisation, clock)
    asking.tell(case, event, title, asking.addressees(case), paper.number, legal=True)
    return event


@transaction.atomic
def receive(case: SanctionCase, actor: Actor) -> Event:
    """The city or its committee signs for the notice; the days for its answer begin. Raises Refused."""
    changes = {"received_at": timezone.now(), "received_by": actor.person}
    event = sanctions.perform(case, "receive", actor, changes=changes)
    signed_for(case.notice_paper_id, actor)
    todo.close(case, actor, "sanction_receipt")
    clock = periods.run_statement(case, event)
    title = recorded("陈述申辩：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_statement", title, case.tenant, PostRole.HANDLER, case.tenant, clock)
    asking.tell(case, event, recorded("%(name)s已签收告知书") % {"name": case.name}, [the_lead()])
    return event


def signed_for(paper: Any, actor: Actor) -> None:
    """The office's own copy of the paper is received."""
    PaperCopy.objects.filter(paper_id=paper, organisation=actor.organisation, received_at=None).update(
        received_at=timezone.now(), received_by=actor.person
    )


@transaction.atomic
def state(case: SanctionCase, reasons: Sequence[str], paper: Paper, actor: Actor) -> Event:
    """A signed statement: each reason is answered by itself. A second one in time adds to the first. Raises Refused."""
    changes: dict[str, Any] = {}
    event = sanctions.perform(case, "state", actor, data={"paper": paper.number}, changes=changes)
    last = SanctionArgument.objects.filter(case=case).aggregate(last=Max("place"))["last"] or 0
    for place, text in enumerate(reasons, start=last + 1):
        SanctionArgument.objects.create(
            tenant_id=case.tenant_id, dossier=case.dossier, case=case, office=actor.organisation, place=place, text=text
        )
    todo.close(case, actor, "sanction_statement")
    clocks.finish(case, event, periods.STATEMENT)
    clock = periods.run_decision(case, event) or clocks.running(case, periods.DECISION)
    title = recorded("逐条答复申辩理由：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_answer", title, the_lead(), PostRole.HANDLER, actor.organisation, clock)
    asking.tell(case, event, title, [the_lead()])
    return event


@transaction.atomic
def attach(case: SanctionCase, sent: Sequence[Sent], actor: Actor) -> list[SanctionFile]:
    """Files that support the statement; the city's, readable by whoever works on the case. Raises Refused."""
    if reasons := attach_obstacles(case, actor):
        raise Refused(reasons)
    made = []
    for one in sent:
        try:
            upload = files.accept_upload(actor, case.dossier, one, STATEMENT_FILE, owner=case.tenant)
        except files.UploadRefused as refusal:
            raise Refused([str(refusal)]) from refusal
        upload.released_at = timezone.now()
        upload.save(update_fields=["released_at"])
        own = {"tenant_id": case.tenant_id, "dossier": case.dossier}
        made.append(SanctionFile.objects.create(case=case, upload=upload, **own))
    names = "、".join(row.upload.name for row in made)
    ledger.append(case, "attach", recorded("提交附件"), actor, dossier=case.dossier, reason=names, basis="T18")
    return made


def attach_obstacles(case: SanctionCase, actor: Actor) -> list[str]:
    """Why the actor may not give a file now."""
    if not rules.is_of_addressee(actor, case) or not actor.is_handler:
        return [_("只有园区所在市政府或者管委会的经办人可以上传附件。")]
    if case.status not in (*HEARD, SanctionStatus.HEARING) or rules.statement_over(case):
        return [_("只能在陈述申辩期间上传附件。")]
    return []


@transaction.atomic
def ask_hearing(case: SanctionCase, reasons: str, actor: Actor) -> Event:
    """A hearing is asked for: the other periods stand still until it was held. Raises Refused."""
    if not reasons.strip():
        raise Refused([_("请写明申请听证的理由。")])
    event = sanctions.perform(case, "ask_hearing", actor, reason=reasons.strip())
    own = {"tenant_id": case.tenant_id, "dossier": case.dossier}
    SanctionHearing.objects.create(case=case, reasons=reasons.strip(), **own)
    clocks.stop(case.dossier, periods.HEARING, event)
    title = recorded("组织听证：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_hearing", title, the_lead(), PostRole.HANDLER, actor.organisation)
    asking.tell(case, event, title, [the_lead()])
    return event


@transaction.atomic
def withdraw_hearing(case: SanctionCase, reason: str, actor: Actor) -> Event:
    """The city does not want to be heard any more; the days go on. Raises Refused."""
    if not reason.strip():
        raise Refused([_("请写明撤回的理由。")])
    event = sanctions.perform(case, "withdraw_hearing", actor, reason=reason.strip())
    SanctionHearing.objects.filter(case=case).update(withdrawn_at=timezone.now())
    clocks.go_on(case.dossier, periods.HEARING, event)
    asking.tell(case, event, recorded("%(name)s撤回听证申请") % {"name": case.name}, [the_lead()])
    return event


@transaction.atomic
def plan_hearing(case: SanctionCase, data: dict[str, Any], paper: Paper, actor: Actor) -> Event:
    """The 听证通知书 is signed: when and where the hearing is held and who hears. Raises Refused.

    A second notice moves the hearing; both papers stay.
    """
    hearing = _open_hearing(case, actor)
    if reasons := too_soon(data["held_at"]):
        raise Refused(reasons)
    hearing.held_at, hearing.place, hearing.heard_by = data["held_at"], data["place"], data["heard_by"]
    hearing.notice_paper = paper
    hearing.save(update_fields=["held_at", "place", "heard_by", "notice_paper"])
    when = timezone.localtime(hearing.held_at).strftime("%Y-%m-%d %H:%M")
    words = recorded("时间：%(when)s；地点：%(place)s；听证人员：%(heard_by)s") % {**data, "when": when}
    event = ledger.append(
        case, "plan_hearing", recorded("确定听证时间地点"), actor, dossier=case.dossier, basis="T20", reason=words,
        data={"paper": paper.number},
    )  # fmt: skip
    asking.tell(
        case, event, recorded("听证通知：%(name)s") % {"name": case.name}, asking.addressees(case), words, legal=True
    )
    return event


def too_soon(held_at: dt.datetime) -> list[str]:
    """Who is to be heard has the days to prepare between the notice and the hearing."""
    days = value(HEARING_DAYS.name)
    today, day = instants.today(), timezone.localtime(held_at).date()
    if held_at <= instants.now():
        return [_("听证时间不能早于现在。")]
    if deadlines.due(days, today, (), deadlines.calendar()).date > day:
        return [_("听证通知书须提前 %(days)d 个工作日签发，请另定听证时间。") % {"days": days}]
    return []


def _open_hearing(case: SanctionCase, actor: Actor) -> SanctionHearing:
    if not rules.is_signer_of_lead(actor, case):
        raise Refused([_("听证通知书和听证笔录由省科技厅签发。")])
    if case.status != SanctionStatus.HEARING:
        raise Refused([_("本案现在没有需要组织的听证。")])
    return SanctionHearing.objects.select_for_update(no_key=True).get(case=case)


def record_obstacles(hearing: SanctionHearing) -> list[str]:
    """Why a hearing has no record yet."""
    if hearing.held_at is None:
        return [_("请先签发听证通知书，确定听证时间、地点和听证人员。")]
    return [_("听证尚未举行，不能填写笔录。")] if hearing.held_at > instants.now() else []


@transaction.atomic
def hold_hearing(case: SanctionCase, data: dict[str, str], paper: Paper, actor: Actor) -> Event:
    """The 听证笔录 is signed: who came, who recorded, what was said; the days go on. Raises Refused."""
    hearing = _open_hearing(case, actor)
    if reasons := record_obstacles(hearing):
        raise Refused(reasons)
    told = {name: data.get(name, "").strip() for name in ("present", "recorder", "minutes")}
    if not all(told.values()):
        raise Refused([_("请填写参加人员、记录人和听证笔录。")])
    for name, text in told.items():
        setattr(hearing, name, text)
    hearing.recorded_at, hearing.minutes_paper = timezone.now(), paper
    hearing.save(update_fields=[*told, "recorded_at", "minutes_paper"])
    event = sanctions.perform(case, "hold_hearing", actor, reason=hearing.minutes, data={"paper": paper.number})
    clocks.go_on(case.dossier, periods.HEARING, event)
    todo.close(case, actor, "sanction_hearing")
    periods.run_decision(case, event)
    title = recorded("请核对听证笔录：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_minutes", title, case.tenant, PostRole.HANDLER, actor.organisation)
    asking.tell(case, event, title, asking.addressees(case))
    return event


@transaction.atomic
def check_minutes(case: SanctionCase, remark: str, actor: Actor) -> Event:
    """City or committee read the record: it is right, or they say what they hold against it. Raises Refused."""
    if not rules.is_addressee(actor, case):
        raise Refused([_("听证笔录由园区所在市政府或者管委会核对。")])
    hearing = SanctionHearing.objects.select_for_update(no_key=True).filter(case=case).first()
    if hearing is None or hearing.recorded_at is None or hearing.checked_at is not None:
        raise Refused([_("没有需要核对的听证笔录。")])
    hearing.checked_at, hearing.checked_by, hearing.remark = timezone.now(), actor.person, remark.strip()
    hearing.save(update_fields=["checked_at", "checked_by", "remark"])
    label = recorded("听证笔录有异议") if hearing.remark else recorded("听证笔录核对无误")
    event = ledger.append(case, "check_minutes", label, actor, dossier=case.dossier, basis="T20", reason=hearing.remark)
    todo.close(case, actor, "sanction_minutes")
    asking.tell(case, event, f"{label}：{case.name}", [the_lead()], hearing.remark)
    return event


@transaction.atomic
def give_opinion(case: SanctionCase, stance: str, text: str, actor: Actor) -> SanctionOpinion:
    """A department of the working group says what it thinks; the city never reads it. Raises Refused."""
    if not (actor.is_department and actor.is_signer):
        raise Refused([_("意见由成员单位的签发人提出。")])
    if case.status not in RUNNING:
        raise Refused([_("本案已经决定，不再征求意见。")])
    if stance == OpinionStance.DISAGREE and not text.strip():
        raise Refused([_("不同意的，请写明理由。")])
    opinion = SanctionOpinion.objects.create(
        tenant=actor.organisation,
        dossier=case.dossier,
        case=case,
        stance=stance,
        text=text.strip(),
        person=actor.person,
    )
    label = recorded("提出意见：%(stance)s") % {"stance": in_chinese(OpinionStance(stance).label)}
    ledger.append(
        opinion, "opinion", label, actor,
        dossier=case.dossier, basis="P-II.2.5", reason=opinion.text, audience=Audience.AUTHORITY,
    )  # fmt: skip
    return opinion
