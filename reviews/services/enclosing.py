"""The files that the city gives with an answer: kept in its name and opened to whoever reviews the case."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from accounts.actors import Actor
from files import services as files
from files.models import Incoming, Upload
from files.purposes import Purpose
from files.refusals import UploadRefused
from files.services import Sent
from reviews import enclosures
from reviews.models import Enclosure, Question, RequirementAnswer
from workflow.machine import Refused


def enclose(answer: Question | RequirementAnswer, sent: Iterable[Sent], actor: Actor) -> list[Enclosure]:
    """Store the files of an answer; one that is not taken refuses the answer as a whole, in its own words."""
    purpose = enclosures.QUESTION if isinstance(answer, Question) else enclosures.REQUIREMENT
    uploads = keep_all(sent, answer.dossier, purpose, actor)
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).update(released_at=timezone.now())
    to = {"question": answer} if isinstance(answer, Question) else {"answer": answer}
    return Enclosure.objects.bulk_create(
        Enclosure(dossier=answer.dossier, tenant_id=answer.tenant_id, upload=upload, **to) for upload in uploads
    )


def keep_all(sent: Iterable[Sent], dossier: UUID, purpose: Purpose, actor: Actor) -> list[Upload]:
    """Store files, however they came, all or none; everything that is wrong with any is said. Raises Refused."""
    checked, refusals = [], []
    for one in sent:
        try:
            checked.append((one, None if isinstance(one, Incoming) else files.check(one, purpose)))
        except UploadRefused as refused:
            refusals.append(str(refused))
    if refusals:
        raise Refused(refusals)
    try:
        return [files.accept_upload(actor, dossier, one, purpose, found) for one, found in checked]
    except UploadRefused as refused:
        raise Refused([str(refused)]) from refused
