"""The files that the city gives with an answer: kept in its name and opened to whoever reviews the case."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.actors import Actor
from files import services as files
from files.models import Upload
from files.refusals import UploadRefused
from reviews.models import Enclosure, Question, RequirementAnswer
from workflow.machine import Refused


def enclose(answer: Question | RequirementAnswer, sent: Iterable[UploadedFile], actor: Actor) -> list[Enclosure]:
    """Store the files of an answer; one that is not taken refuses the answer as a whole, in its own words."""
    uploads, refusals = [], []
    for one in sent:
        try:
            uploads.append(files.store(actor, answer.dossier, one))
        except UploadRefused as refused:
            refusals.append(str(refused))
    if refusals:
        raise Refused(refusals)
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).update(released_at=timezone.now())
    to = {"question": answer} if isinstance(answer, Question) else {"answer": answer}
    return Enclosure.objects.bulk_create(
        Enclosure(dossier=answer.dossier, tenant_id=answer.tenant_id, upload=upload, **to) for upload in uploads
    )
