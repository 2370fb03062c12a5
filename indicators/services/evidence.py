"""Evidence of a figure: one file beside it, given by whoever fills the return in."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from files import services as files
from files.models import Incoming, Upload
from files.purposes import Purpose, declare
from indicators import queries, rules
from indicators.enums import ReturnStatus
from indicators.models import Entry, Figure, Return
from workflow.machine import Refused

MIB = 1 << 20
Sent = UploadedFile | Incoming


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    report = Return.objects.filter(dossier=dossier).first()
    return None if report is None else obstacles(report, actor)


def obstacles(report: Return, actor: Actor) -> list[str]:
    """Why this person may not give or take away evidence now."""
    if report.status != ReturnStatus.FILLING or not rules.writes(actor, report):
        return [_("只有填报单位的经办人在填报期间可以上传证明材料。")]
    return []


EVIDENCE = declare(Purpose("return.evidence", gettext_lazy("数据的证明材料"), _obstacles, limit=100 * MIB))


@transaction.atomic
def attach(report: Return, code: str, sent: Sent, actor: Actor) -> Entry:
    """Put a file beside a figure, in place of the one that was there; the file is the city's. Raises Refused."""
    if against := obstacles(report, actor):
        raise Refused(against)
    if against := rules.may_fill(actor, report, code):
        raise Refused(against)
    if queries.kind_of(code) != report.kind:
        raise Refused([_("%(name)s不是这份报表的指标。") % {"name": queries.named(code)}])
    Return.objects.select_for_update(no_key=True).get(pk=report.pk)
    try:
        upload = files.accept_upload(actor, report.dossier, sent, EVIDENCE, owner=report.tenant)
    except files.UploadRefused as refusal:
        raise Refused([str(refusal)]) from refusal
    entry = report.entries.filter(code=code).first()
    if entry is None:
        own = {"tenant_id": report.tenant_id, "dossier": report.dossier}
        entry = Entry(report=report, code=code, version=0, **own)
    before = entry.evidence
    entry.evidence, entry.changed_by, entry.changed_at = upload, actor.person, timezone.now()
    entry.version += 1
    entry.save()
    _forget(before)
    return entry


@transaction.atomic
def detach(report: Return, code: str, actor: Actor) -> None:
    """Take the file away; one that was handed in stays with its vintage. Raises Refused."""
    if against := obstacles(report, actor):
        raise Refused(against)
    if against := rules.may_fill(actor, report, code):
        raise Refused(against)
    entry = (
        report.entries.select_for_update(no_key=True, of=("self",)).filter(code=code, evidence__isnull=False).first()
    )
    if entry is None:
        raise Refused([_("这一项没有证明材料。")])
    before = entry.evidence
    entry.evidence, entry.changed_by, entry.changed_at = None, actor.person, timezone.now()
    entry.version += 1
    entry.save()
    _forget(before)


def _forget(upload: Upload | None) -> None:
    """Delete what nothing refers to any more."""
    if upload and upload.released_at is None and not Figure.objects.filter(evidence=upload).exists():
        files.discard(upload)
