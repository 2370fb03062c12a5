"""Giving and taking away the files of the thirteen materials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.editing import locked, obstacles
from applications.materials import PIECES
from applications.models import Filing, Material
from files import services as files
from files.inspection import Inspected
from files.models import Incoming
from files.purposes import Purpose, declare
from workflow.machine import Refused

MAX_FILES = 30
Sent = UploadedFile | Incoming


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    filing = Filing.objects.filter(dossier=dossier).first()
    return None if filing is None else obstacles(filing, actor)


PURPOSES = {
    code: declare(Purpose(f"material.{code}", piece.label, _obstacles, piece.types, piece.limit))
    for code, piece in PIECES.items()
}


@transaction.atomic
def attach(
    filing: Filing,
    code: str,
    sent: Sequence[Sent],
    actor: Actor,
    *,
    document_number: str = "",
    issued_by: str = "",
    issued_on: dt.date | None = None,
) -> list[Material]:
    """Keep files for one piece of the materials, all or none. Raises Refused; what came in pieces then stays."""
    row = locked(filing, actor)
    if code not in PIECES:
        raise Refused([_("没有这一项申报材料。")])
    if row.materials.filter(code=code).count() + len(sent) > MAX_FILES:
        raise Refused([_("每一项材料最多 %(n)d 个文件。") % {"n": MAX_FILES}])
    purpose = PURPOSES[code]
    checked = _checked(sent, purpose)
    try:
        with transaction.atomic():
            return [
                Material.objects.create(
                    tenant_id=row.tenant_id,
                    dossier=row.dossier,
                    filing=row,
                    code=code,
                    upload=files.accept_upload(actor, row.dossier, one, purpose, found),
                    document_number=document_number,
                    issued_by=issued_by,
                    issued_on=issued_on,
                    added_by=actor.person,
                )
                for one, found in checked
            ]
    except files.UploadRefused as refusal:
        raise Refused([str(refusal)]) from refusal


def _checked(sent: Sequence[Sent], purpose: Purpose) -> list[tuple[Sent, Inspected | None]]:
    """The files with what each is; everything that is wrong with any of them, before one is kept. Raises Refused."""
    checked: list[tuple[Sent, Inspected | None]] = []
    reasons = []
    for one in sent:
        try:
            checked.append((one, None if isinstance(one, Incoming) else files.check(one, purpose)))
        except files.UploadRefused as refusal:
            reasons.append(str(refusal))
    if reasons:
        raise Refused(reasons)
    return checked


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
