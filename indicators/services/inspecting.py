"""Inspection → finding → order → deadline → acceptance (P-IV.4c)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_lead
from files import services as files
from files.models import Incoming, Upload
from files.purposes import Purpose, declare
from indicators import parameters_inspection as parameters
from indicators.enums import InspectionStatus
from indicators.models import Inspection
from indicators.transitions_inspection import answers, inspections
from notifications.models import Paper
from notifications.notices import notify
from registry.models import Park
from workflow import clocks, instants, ledger, todo
from workflow.clocks import ClockKind
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Clock, Event

Sent = UploadedFile | Incoming
MIB = 1 << 20


def _lead(clock: Clock) -> list[Organisation]:
    return [the_lead()]


def _inspected(clock: Clock) -> list[Organisation]:
    """City and committee of the park hear of every reminder, whoever of them owes."""
    row = Inspection.objects.select_related("city", "committee").get(pk=clock.subject_id)
    return [office for office in (row.city, row.committee) if office is not None]


def _follow(clock: Clock) -> None:
    Inspection.objects.filter(pk=clock.subject_id).update(due_on=clock.due_on if clock.is_running else None)


RECTIFICATION = clocks.declare(
    ClockKind(
        "rectification",
        gettext_lazy("整改"),
        parameters.RECTIFICATION_DAYS.name,
        "P-IV.4c; N18",
        reminders=(5, 2, 0),
        copy_to=_lead,
        told_with=_inspected,
        moved=_follow,
    )
)


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    row = Inspection.objects.filter(dossier=dossier).first()
    if row is None:
        return None
    if row.status != InspectionStatus.ORDERED or not answers(actor, row):
        return [_("只有被督查单位的经办人在整改期间可以上传整改材料。")]
    return []


RECTIFIED = declare(Purpose("inspection.answer", gettext_lazy("整改材料"), _obstacles, limit=100 * MIB))


@transaction.atomic
def report_finding(
    park: Park, inspected_on: dt.date, inspectors: str, finding: str, wanted: str, days: int, actor: Actor
) -> Inspection:
    """省科技厅's handler writes down what was found; nobody else sees it before the order. Raises Refused."""
    reasons = []
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("督查问题由省科技厅的经办人登记。"))
    if inspected_on > instants.today():
        reasons.append(_("督查日期不能晚于今天。"))
    if not (finding.strip() and wanted.strip()):
        reasons.append(_("请写明发现的问题和整改要求。"))
    if reasons:
        raise Refused(reasons)
    zone = park.host_zone
    row = Inspection.objects.create(
        tenant=actor.organisation,
        park=park,
        city=park.tenant,
        committee=zone.committee if zone else None,
        inspected_on=inspected_on,
        inspectors=inspectors.strip(),
        finding=finding.strip(),
        wanted=wanted.strip(),
        days=days,
        found_by=actor.person,
    )
    ledger.open_chain(row.dossier, actor.organisation)
    told = {"finding": row.finding, "wanted": row.wanted, "days": days}
    ledger.append(row, "find", recorded("登记督查问题"), actor, dossier=row.dossier, basis="P-IV.4c", data=told)
    return row


def order(row: Inspection, paper: Paper, actor: Actor) -> Event:
    """The signature of the order: city and committee learn of it, the period runs."""
    event = inspections.perform(row, "order", actor, changes={"paper": paper}, data={"number": paper.number})
    title = recorded("整改：%(park)s") % {"park": row.park.name}
    for office in filter(None, (row.city, row.committee)):
        open_dossier(row.dossier, row.tenant_id, office, GrantLevel.READ, actor.organisation)
        notify(event, office, title, row.get_absolute_url(), row.finding)
    _ask_to_mend(row, event, title, actor)
    return event


def _ask_to_mend(row: Inspection, event: Event, title: str, actor: Actor) -> None:
    owing = row.committee or row.city
    page = row.get_absolute_url()
    _ask(row, "rectify", title, owing, PostRole.HANDLER, actor)
    clock = clocks.start(RECTIFICATION, row, event, organisation=owing, address=page, title=title, days=row.days)
    _follow(clock)


def _ask(row: Inspection, kind: str, title: str, office: Organisation, role: PostRole, actor: Actor) -> None:
    page = row.get_absolute_url()
    by = actor.organisation
    todo.assign(row, kind, title, page, dossier=row.dossier, organisation=office, role=role, by=by)


def drop(row: Inspection, reason: str, actor: Actor) -> Event:
    """What was found is not followed up, with the reason."""
    return inspections.perform(row, "drop", actor, reason=_said(reason, _("请写明不再整改的理由。")))


@transaction.atomic
def answer(row: Inspection, text: str, actor: Actor, sent: Sent | None = None) -> Event:
    """City or committee say how it was put right, with a file where there is one. Raises Refused."""
    told = _said(text, _("请写明整改情况。"))
    changes: dict[str, Any] = {"answer": told, "answered_by": actor.person, "answered_at": timezone.now()}
    if reasons := inspections.reasons_against(row, "answer", actor):
        raise Refused(reasons)
    if sent is not None:
        changes["evidence"] = _kept(row, sent, actor)
    event = inspections.perform(row, "answer", actor, changes=changes, data={"answer": told})
    clocks.finish(row, event, RECTIFICATION)
    todo.close(row, actor, "rectify")
    title = recorded("验收整改：%(park)s") % {"park": row.park.name}
    _ask(row, "accept_rectification", title, row.tenant, PostRole.REVIEWER, actor)
    return event


def _kept(row: Inspection, sent: Sent, actor: Actor) -> Upload:
    try:
        return files.accept_upload(actor, row.dossier, sent, RECTIFIED)
    except files.UploadRefused as refusal:
        raise Refused([str(refusal)]) from refusal


@transaction.atomic
def accept(row: Inspection, reason: str, actor: Actor) -> Event:
    """省科技厅 accepts what was done."""
    event = inspections.perform(row, "accept", actor, reason=reason.strip())
    todo.close(row, actor, "accept_rectification")
    _tell(row, event, recorded("整改已验收：%(park)s"), reason)
    return event


@transaction.atomic
def insist(row: Inspection, reason: str, actor: Actor) -> Event:
    """What was done does not suffice: the period runs anew, the answer before stays in the chain."""
    event = inspections.perform(row, "insist", actor, reason=_said(reason, _("请写明还须怎样整改。")))
    todo.close(row, actor, "accept_rectification")
    title = recorded("继续整改：%(park)s") % {"park": row.park.name}
    _ask_to_mend(row, event, title, actor)
    _tell(row, event, recorded("整改须继续：%(park)s"), reason)
    return event


def _tell(row: Inspection, event: Event, title: str, body: str) -> None:
    for office in filter(None, (row.city, row.committee)):
        notify(event, office, title % {"park": row.park.name}, row.get_absolute_url(), body)


def _said(text: str, otherwise: str) -> str:
    if not text.strip():
        raise Refused([otherwise])
    return text.strip()
