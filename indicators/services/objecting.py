"""T16: the city objects to its own final figures while nothing is published; the verifying office answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from files import services as files
from files.models import Incoming, Upload
from files.purposes import Purpose, declare
from indicators import limits, queries
from indicators.enums import FINAL, Programme, ReturnStatus, RunStatus, SubjectKind
from indicators.models import Figure, FigureObjection, Return, Run
from indicators.services.verifying import put_right
from indicators.services.writing import read
from notifications.notices import notify
from workflow import ledger, outbox, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Task

MIB = 1 << 20
TASK = "answer_objection"
ANSWERED = "indicators.objection_answered"
Sent = UploadedFile | Incoming


def is_open_for_objections(report: Return) -> bool:
    """Whether the figures are final and the year that rests on them is not released yet."""
    if report.status != ReturnStatus.LOCKED:
        return False
    programme = Programme.CITY if report.kind == SubjectKind.CITY else Programme.PARK
    # Whoever may read the return may read that a run was released.
    return not Run.objects.filter(programme=programme, year=report.year, status=RunStatus.RELEASED).exists()


def objects(actor: Actor, report: Return) -> bool:
    """A handler or signer of the city government whose return it is (T16, R4)."""
    return (actor.is_handler or actor.is_signer) and actor.organisation.pk == report.tenant_id


def answers(actor: Actor, objection: FigureObjection) -> bool:
    """The signer of the office that verifies the figure, or of 省统计局."""
    offices = {objection.office_id, queries.office_of(queries.STATISTICS)}
    return actor.is_signer and actor.organisation.pk in offices


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    report = Return.objects.filter(dossier=dossier).first()
    return None if report is None else obstacles(report, actor)


def obstacles(report: Return, actor: Actor) -> list[str]:
    """Why this person may not object now."""
    if not objects(actor, report):
        return [_("数据异议由报表所属的市、县（市、区）政府提出。")]
    if not is_open_for_objections(report):
        return [_("数据锁定以后、年度结果发布以前可以提出异议；已发布的请申请勘误。")]
    return []


PROOF = declare(Purpose("return.objection", gettext_lazy("数据异议的证明材料"), _obstacles, limit=100 * MIB))


@transaction.atomic
def raise_objection(
    report: Return, code: str, proposed: str, reason: str, actor: Actor, sent: Sent | None = None
) -> FigureObjection:
    """The city says that a final figure is wrong, and why; the verifying office is asked. Raises Refused."""
    if against := obstacles(report, actor):
        raise Refused(against)
    figure = queries.newest(report, *FINAL).get(code)
    owner = queries.owners([code]).get(code) or queries.office_of(queries.STATISTICS)
    if figure is None or owner is None:
        raise Refused([_("这份报表没有%(name)s的核定数。") % {"name": queries.named(code)}])
    if not reason.strip():
        raise Refused([_("请写明异议的理由。")])
    reason = limits.limited(reason, limits.REASON)
    value = read(code, proposed)
    Return.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    if FigureObjection.objects.filter(report=report, code=code, answered_at=None).exists():
        raise Refused([_("%(name)s已有异议等待答复。") % {"name": queries.named(code)}])
    own = {"tenant_id": report.tenant_id, "dossier": report.dossier, "raised_by": actor.person}
    told = {"proposed": value, "reason": reason, "evidence": _kept(report, sent, actor), "office_id": owner}
    row = FigureObjection.objects.create(report=report, figure=figure, code=code, **own, **told)
    event = _record(row, "object", recorded("对核定数提出异议"), actor, row.reason)
    office = Organisation.objects.get(pk=owner)
    title = recorded("答复数据异议：%(name)s%(year)s年度%(figure)s") % _words(row)
    todo.assign(
        row,
        TASK,
        title,
        row.get_absolute_url(),
        dossier=row.dossier,
        organisation=office,
        role=PostRole.SIGNER,
        by=actor.organisation,
    )
    notify(event, office, title, row.get_absolute_url(), row.reason)
    return row


def _kept(report: Return, sent: Sent | None, actor: Actor) -> Upload | None:
    """The file, open to the offices from now on."""
    if sent is None:
        return None
    try:
        upload = files.accept_upload(actor, report.dossier, sent, PROOF, owner=report.tenant)
    except files.UploadRefused as refusal:
        raise Refused([str(refusal)]) from refusal
    Upload.objects.filter(pk=upload.pk, released_at=None).update(released_at=timezone.now())
    return upload


@transaction.atomic
def answer(objection: FigureObjection, accept: bool, text: str, reason: str, actor: Actor) -> FigureObjection:
    """The objection is upheld, which corrects the figure (勘误), or refused with a reason. Raises Refused."""
    if not answers(actor, objection):
        raise Refused([_("数据异议由核定部门或者省统计局的签发人答复。")])
    row = FigureObjection.objects.select_for_update(no_key=True, of=("self",)).get(pk=objection.pk)
    if row.answered_at:
        raise Refused([_("这件异议已经答复。")])
    if not reason.strip():
        raise Refused([_("请写明答复的理由。")])
    reason = limits.limited(reason, limits.REASON)
    if accept:
        _correct(row, text, reason, actor)
    row.accepted, row.answer = accept, reason
    row.answered_by, row.answered_at = actor.person, timezone.now()
    row.save(update_fields=["accepted", "answer", "answered_by", "answered_at"])
    label = recorded("采纳数据异议") if accept else recorded("不采纳数据异议")
    event = _record(row, "answer_objection", label, actor, row.answer)
    todo.close(row, actor, TASK)
    outbox.follow(event, ANSWERED, f"objection:{row.pk}", {"objection": str(row.pk)}, row.report.tenant)
    title = recorded("数据异议已答复：%(name)s%(year)s年度%(figure)s") % _words(row)
    for office in filter(None, (row.report.tenant, row.report.reporter)):
        notify(event, office, title, row.get_absolute_url(), f"{label}：{row.answer}")
    return row


@outbox.effect(ANSWERED)
def close_tasks(payload: dict[str, Any]) -> None:
    """Take the task off the desk of whichever office had it: another one may have answered."""
    row = FigureObjection.objects.get(pk=payload["objection"])
    open_tasks = Task.objects.filter(subject_id=row.pk, kind=TASK, done_at=None)
    open_tasks.update(done_at=row.answered_at, done_by=row.answered_by)


def _correct(row: FigureObjection, text: str, reason: str, actor: Actor) -> Figure:
    text = text.strip() or row.proposed or ""
    if not text:
        raise Refused([_("采纳异议请填写勘误后的数据。")])
    return put_right(row.report, row.code, text, reason, actor)


def _words(row: FigureObjection) -> dict[str, object]:
    return {"name": row.report.name, "year": row.report.year, "figure": queries.named(row.code)}


def _record(row: FigureObjection, name: str, label: str, actor: Actor, reason: str) -> ledger.Event:
    data = {"code": row.code, "value": row.figure.value, "vintage": row.figure.vintage, "proposed": row.proposed}
    return ledger.append(row.report, name, label, actor, dossier=row.dossier, reason=reason, data=data, basis="T16")
