"""The acts on a filing: create, submit, route, return, resubmit, accept, reject; each in one transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind, PostRole
from accounts.models import Grant, Organisation
from accounts.queries import sample_is_loaded, the_government, the_lead
from applications.enums import FilingStatus
from applications.models import Filing, FilingVersion, Remark
from applications.transitions import filing as machine
from notifications import papers as official_papers
from notifications.models import Paper
from notifications.notices import notify
from registry.models import HostZone, Park
from workflow import ledger, todo
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

ROUTING_DAYS, FORMAL_CHECK_DAYS, SUPPLEMENT_DAYS = 3, 5, 15
OVER = {FilingStatus.REJECTED, FilingStatus.DECLINED}


@transaction.atomic
def create_filing(actor: Actor, park_name: str, host_zone: HostZone, reason: str = "") -> Filing:
    """Start a filing; a second one for the same host zone needs a reason (P-II.1.2d, P-II.1.2g)."""
    if not (actor.is_applicant and actor.is_handler):
        raise Refused([_("只有申报市政府的经办人可以新建申报。")])
    for obstacle in second_application(host_zone):
        if not reason.strip():
            raise Refused([obstacle])
    filing = Filing.objects.create(
        tenant=actor.organisation,
        park_name=park_name,
        host_zone=host_zone,
        created_by=actor.person,
        sample=sample_is_loaded(),
    )
    ledger.open_chain(filing.dossier, actor.organisation)
    helpers = Organisation.objects.filter(
        models.Q(parent=actor.organisation, kind=OrganisationKind.CITY_ST_BUREAU) | models.Q(pk=host_zone.committee_id)
    ).exclude(pk=actor.organisation.pk)
    for helper in helpers:
        open_to(filing, helper, GrantLevel.COLLEAGUE, actor)
    ledger.append(
        filing,
        "create",
        recorded("新建申报"),
        actor,
        dossier=filing.dossier,
        after=FilingStatus.DRAFT,
        basis="P-II.1.8a; PK-00",
        reason=reason,
    )
    return filing


def second_application(host_zone: HostZone) -> list[str]:
    """Why the host zone cannot have another functional zone now (P-II.1.2d: exactly one while none is recognised)."""
    reasons = []
    for filing in Filing.objects.filter(host_zone=host_zone).exclude(status__in=[*OVER, FilingStatus.LISTED]):
        reasons.append(
            _("%(zone)s已有申报“%(park)s”（%(status)s）。每个产业集聚区先确定一个功能分区创建（P-II.1.2d）。")
            % {"zone": host_zone, "park": filing.park_name, "status": filing.get_status_display()}
        )
    for park in Park.objects.filter(host_zone=host_zone, status="creating"):
        reasons.append(
            _("%(zone)s已有创建中的园区“%(park)s”，取得经验与成绩后再拓展（P-II.1.2g）。")
            % {"zone": host_zone, "park": park.name}
        )
    return reasons


def open_to(filing: Filing, organisation: Organisation, level: str, actor: Actor) -> None:
    """Open the dossier to an organisation, or raise its level; the owner and oneself see it anyway."""
    if organisation.pk in {filing.tenant_id, actor.organisation.pk}:
        return
    if not Grant.objects.filter(dossier=filing.dossier, organisation=organisation).exists():
        Grant.objects.create(
            dossier=filing.dossier,
            tenant_id=filing.tenant_id,
            organisation=organisation,
            granted_by=actor.organisation,
            level=level,
        )


def authority_address(filing: Filing) -> str:
    """Where the authorities work on a filing's formal part."""
    return reverse("applications:check", args=[filing.pk])


@transaction.atomic
def submit(filing: Filing, version: FilingVersion, paper: Paper, actor: Actor) -> Event:
    """T1 (or T4 after a return): the signed request takes the frozen version to the provincial government."""
    again = filing.status == FilingStatus.RETURNED
    days = FORMAL_CHECK_DAYS if again else ROUTING_DAYS
    changes: dict[str, Any] = {"request_paper": paper, "due_on": due(days).date}
    if not again:
        changes |= {"submitted_at": timezone.now(), "number": filing_number(filing)}
    event = machine.perform(
        filing,
        "resubmit" if again else "submit",
        actor,
        data={"version": version.serial, "hash": version.hash, "paper": paper.number},
        changes=changes,
    )
    _seal(filing, version)
    _give_receipt(filing, version, paper)
    todo.close(filing, actor, "supplement")
    if again:
        lead = the_lead()
        _ask(filing, "formal_check", recorded("形式审查（补正后）：%(park)s"), lead, actor)
        told = recorded("%(park)s已补正再报") % {"park": filing.park_name}
        notify(event, lead, told, authority_address(filing))
        return event
    government = the_government()
    open_to(filing, government, GrantLevel.ACT, actor)
    _ask(filing, "route", recorded("交办：%(park)s创建申报"), government, actor)
    told = recorded("收到%(park)s创建申报") % {"park": filing.park_name}
    notify(event, government, told, authority_address(filing))
    return event


def filing_number(filing: Filing) -> str:
    """The filing's number (申报编号): per applicant and year, so that it tells nobody of others' filings."""
    tenant, year = filing.tenant, timezone.localdate().year
    return f"CY-{tenant.division_id}-{year}-{official_papers.next_number(tenant, 'CY', year):03d}"


def _seal(filing: Filing, version: FilingVersion) -> None:
    from applications.freezing import release_files

    version.submitted_at = timezone.now()
    version.receipt_number = f"{filing.number}-R{version.serial}"
    release_files(version)


def _give_receipt(filing: Filing, version: FilingVersion, paper: Paper) -> None:
    from applications.papers import RECEIPT, receipt_content

    version.receipt = official_papers.issue_automatic(
        RECEIPT,
        filing.tenant,
        filing.dossier,
        receipt_content(filing, version, paper),
        code=f"{filing.number}-R"[:20],
        serial=version.serial,
        number=version.receipt_number,
    )
    version.save(update_fields=["submitted_at", "receipt_number", "receipt"])


@transaction.atomic
def route(filing: Filing, actor: Actor) -> Event:
    """T2: 省政府办公厅 routes the filing to 省科技厅, which sees it from now on."""
    event = machine.perform(filing, "route", actor, changes={"due_on": due(FORMAL_CHECK_DAYS).date})
    lead = the_lead()
    open_to(filing, lead, GrantLevel.ACT, actor)
    todo.close(filing, actor, "route")
    _ask(filing, "formal_check", recorded("形式审查：%(park)s"), lead, actor)
    notify(
        event,
        lead,
        recorded("省政府办公厅交办%(park)s创建申报") % {"park": filing.park_name},
        authority_address(filing),
    )
    _tell_owner(event, filing, recorded("%(park)s创建申报已交办省科技厅"))
    return event


@transaction.atomic
def return_for_supplement(filing: Filing, remarks: list[dict[str, str]], paper: Paper, actor: Actor) -> Event:
    """T3: the filing goes back once with one complete list of remarks, each on a field or material."""
    event = machine.perform(
        filing,
        "return_for_supplement",
        actor,
        data={"paper": paper.number, "remarks": len(remarks)},
        changes={"return_paper": paper, "due_on": due(SUPPLEMENT_DAYS).date},
    )
    last = filing.remarks.aggregate(last=models.Max("round"))["last"] or 0
    for remark in remarks:
        Remark.objects.create(
            tenant_id=filing.tenant_id,
            dossier=filing.dossier,
            filing=filing,
            round=last + 1,
            target=remark["target"],
            text=remark["text"],
            made_by=actor.organisation,
        )
    todo.close(filing, actor, "formal_check")
    todo.assign(
        filing,
        "supplement",
        recorded("补正：%(park)s创建申报") % {"park": filing.park_name},
        filing.get_absolute_url(),
        dossier=filing.dossier,
        organisation=filing.tenant,
        role=PostRole.HANDLER,
        by=actor.organisation,
        due_on=filing.due_on,
    )
    _tell_owner(event, filing, recorded("%(park)s创建申报需要补正"))
    return event


@transaction.atomic
def answer_remark(remark: Remark, answer: str, actor: Actor) -> None:
    """The city answers one remark; the answer stands beside it for good once the filing is sent again."""
    filing = remark.filing
    if not (actor.is_handler and actor.organisation.pk == filing.tenant_id):
        raise Refused([_("只有申报单位的经办人可以答复补正意见。")])
    if filing.status != FilingStatus.RETURNED:
        raise Refused([_("申报不在补正环节，补正意见的答复不能再改。")])
    if not answer.strip():
        raise Refused([_("请写明对这条意见的答复。")])
    remark.answer, remark.answered_by, remark.answered_at = answer.strip(), actor.person, timezone.now()
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    ledger.append(
        remark,
        "answer_remark",
        recorded("答复补正意见"),
        actor,
        dossier=filing.dossier,
        basis="T4",
        data={"target": remark.target, "answer": remark.answer},
        audience=Audience.OFFICE,
    )


@transaction.atomic
def accept(filing: Filing, paper: Paper, actor: Actor) -> Event:
    """T5: 受理; the joint review can be opened."""
    event = machine.perform(
        filing,
        "accept",
        actor,
        data={"paper": paper.number},
        changes={"acceptance_paper": paper, "due_on": due(FORMAL_CHECK_DAYS).date},
    )
    todo.close(filing, actor, "formal_check")
    _ask(filing, "open_review", recorded("启动联审联评：%(park)s"), actor.organisation, actor)
    _tell_owner(event, filing, recorded("%(park)s创建申报已受理"))
    return event


@transaction.atomic
def reject(filing: Filing, paper: Paper, actor: Actor) -> Event:
    """T5: 不予受理; final for this filing."""
    event = machine.perform(
        filing,
        "reject",
        actor,
        data={"paper": paper.number},
        changes={"rejection_paper": paper, "due_on": None},
    )
    todo.close(filing, actor, "formal_check")
    _tell_owner(event, filing, recorded("%(park)s创建申报不予受理"))
    return event


@transaction.atomic
def open_review(filing: Filing, actor: Actor) -> Event:
    """T6: the filing's formal part ends, the case has a life of its own."""
    todo.close(filing, actor, "open_review")
    return machine.perform(filing, "open_review", actor, changes={"due_on": None})


@transaction.atomic
def close(filing: Filing, listed: bool, paper: Paper, actor: Actor) -> Event:
    """T13 or T14: the case's decision closes the filing."""
    return machine.perform(
        filing,
        "list" if listed else "decline",
        actor,
        data={"paper": paper.number},
        changes={"decision_paper": paper, "due_on": None},
    )


def _ask(filing: Filing, kind: str, title: str, organisation: Organisation, actor: Actor) -> None:
    todo.assign(
        filing,
        kind,
        title % {"park": filing.park_name},
        authority_address(filing),
        dossier=filing.dossier,
        organisation=organisation,
        role=PostRole.HANDLER,
        by=actor.organisation,
        due_on=filing.due_on,
    )


def _tell_owner(event: Event, filing: Filing, title: str) -> None:
    notify(event, filing.tenant, title % {"park": filing.park_name}, filing.get_absolute_url())


def filing_of(pk: UUID) -> Filing:
    """The filing that a draft is about, as far as the scope lets one see it."""
    return Filing.objects.select_related("tenant", "host_zone", "request_paper").get(pk=pk)


def received_on(filing: Filing) -> dt.date:
    """The day on which 省科技厅 received the filing: when it was routed, or sent again after a supplement."""
    last = (
        ledger.history(filing.dossier)
        .filter(subject_id=filing.pk, name__in=["route", "resubmit"])
        .order_by("-serial")
        .first()
    )
    return timezone.localdate(last.at) if last else timezone.localdate()
