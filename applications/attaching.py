"""Giving and taking away the files of the thirteen materials."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.editing import locked
from applications.materials import PIECES
from applications.models import Filing, Material
from files import services as files
from workflow.machine import Refused

MAX_FILES = 30


@transaction.atomic
def attach(
    filing: Filing,
    code: str,
    sent: list[UploadedFile],
    actor: Actor,
    *,
    document_number: str = "",
    issued_by: str = "",
    issued_on: dt.date | None = None,
) -> list[Material]:
    """Keep files for one piece of the materials, all or none. Raises Refused."""
    row = locked(filing, actor)
    if code not in PIECES:
        raise Refused([_("没有这一项申报材料。")])
    if row.materials.filter(code=code).count() + len(sent) > MAX_FILES:
        raise Refused([_("每一项材料最多 %(n)d 个文件。") % {"n": MAX_FILES}])
    if reasons := _refusals(sent):
        raise Refused(reasons)
    return [
        Material.objects.create(
            tenant_id=row.tenant_id,
            dossier=row.dossier,
            filing=row,
            code=code,
            upload=files.store(actor, row.dossier, one),
            document_number=document_number,
            issued_by=issued_by,
            issued_on=issued_on,
            added_by=actor.person,
        )
        for one in sent
    ]


def _refusals(sent: list[UploadedFile]) -> list[str]:
    """What is wrong with the files, before any of them is kept."""
    reasons = []
    for one in sent:
        try:
            files.check(one)
        except files.UploadRefused as refusal:
            reasons.append(str(refusal))
    return reasons


@transaction.atomic
def detach(material: Material, actor: Actor) -> None:
    """Take a file away; one that stands in a frozen version is kept for that version. Raises Refused."""
    filing = locked(material.filing, actor)
    upload = material.upload
    material.delete()
    frozen = filing.versions.filter(content__materials__contains=[{"upload": str(upload.pk)}]).exists()
    if not frozen and upload.released_at is None:
        files.discard(upload)


@transaction.atomic
def describe(
    material: Material, actor: Actor, *, document_number: str, issued_by: str, issued_on: dt.date | None
) -> None:
    """Write down number, issuer and date of a document that is already there. Raises Refused."""
    locked(material.filing, actor)
    material.document_number, material.issued_by, material.issued_on = document_number, issued_by, issued_on
    material.save(update_fields=["document_number", "issued_by", "issued_on"])
