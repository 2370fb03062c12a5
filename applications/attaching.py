"""Giving and taking away the files of the thirteen materials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Post
from applications.editing import held, locked, locked_for, obstacles
from applications.materials import PIECES, pieces_of
from applications.models import Delegation, Filing, Material
from applications.parts import key_of
from files import services as files
from files.inspection import Inspected
from files.models import Incoming
from files.purposes import Purpose, declare
from workflow.machine import Refused

MAX_FILES = 30
Sent = UploadedFile | Incoming


def _obstacles_to(code: str) -> Callable[[Actor, UUID], list[str] | None]:
    def against(actor: Actor, dossier: UUID) -> list[str] | None:
        filing = Filing.objects.filter(dossier=dossier).first()
        return None if filing is None else obstacles(filing, actor, [key_of(code)])

    return against


PURPOSES = {
    code: declare(Purpose(f"material.{code}", piece.label, _obstacles_to(code), piece.types, piece.limit))
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
    """Keep files for one piece of the materials, all or none. Raises Refused; what came in pieces then stays.

    Who was given the piece to provide gives it on the applicant's behalf: the files are the applicant's.
    """
    if code not in {piece.code for piece in pieces_of(filing.kind)}:
        raise Refused([_("没有这一项申报材料。")])
    row = locked_for(filing, actor, [key_of(code)])
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
                    upload=files.accept_upload(actor, row.dossier, one, purpose, found, owner=row.tenant),
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
    """Take a file away; one that stands in a frozen version is kept for that version. Raises Refused.

    Who was given the piece takes away what its own office gave since then, and nothing else.
    """
    key = key_of(material.code)
    filing = locked_for(material.filing, actor, [key])
    if filing.tenant_id != actor.organisation.pk:
        row = held(filing.pk, actor, [key])
        if row is None or not was_given_under(material, row, people_of(row)):
            words = _("“%(name)s”不是本单位这次分工后上传的，只能由申报单位删除。")
            raise Refused([words % {"name": material.upload.name}])
    upload = material.upload
    material.delete()
    frozen = filing.versions.filter(content__materials__contains=[{"upload": str(upload.pk)}]).exists()
    if not frozen and upload.released_at is None:
        files.discard(upload)


def people_of(row: Delegation) -> set[UUID]:
    """Who has or had a post in the office that holds a piece."""
    return set(Post.objects.filter(organisation=row.organisation_id).values_list("person", flat=True))


def was_given_under(material: Material, row: Delegation, office: Collection[UUID]) -> bool:
    """Whether the holder's office gave the file after it was asked to: then it stands in no frozen version either."""
    return material.added_at >= row.assigned_at and key_of(material.code) in row.keys and material.added_by_id in office


@transaction.atomic
def describe(
    material: Material, actor: Actor, *, document_number: str, issued_by: str, issued_on: dt.date | None
) -> None:
    """Write down number, issuer and date of a document that is already there. Raises Refused."""
    locked(material.filing, actor, [key_of(material.code)])
    material.document_number, material.issued_by, material.issued_on = document_number, issued_by, issued_on
    material.save(update_fields=["document_number", "issued_by", "issued_on"])
