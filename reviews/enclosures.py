"""What files are given for in the joint review: with an answer of the city, and as photographs of a visit."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from files.kinds import PICTURES
from files.purposes import Purpose, declare
from reviews.enums import RequirementStatus
from reviews.models import Question, Requirement, Visit

MIB = 1 << 20


def _unless_handler(actor: Actor, rows: list[UUID]) -> list[str] | None:
    """None where there is nothing to answer in the actor's name; else why this person may not."""
    if actor.organisation.pk not in rows:
        return None
    return [] if actor.is_handler else [_("只有申报单位的经办人可以上传答复的附件。")]


def _of_question(actor: Actor, dossier: UUID) -> list[str] | None:
    rows = Question.objects.filter(dossier=dossier, answered_at=None, cancelled_at=None)
    return _unless_handler(actor, list(rows.values_list("tenant_id", flat=True)))


def _of_requirement(actor: Actor, dossier: UUID) -> list[str] | None:
    rows = Requirement.objects.filter(dossier=dossier, status=RequirementStatus.OPEN)
    return _unless_handler(actor, list(rows.values_list("tenant_id", flat=True)))


def _of_photo(actor: Actor, dossier: UUID) -> list[str] | None:
    if not Visit.objects.filter(dossier=dossier, tenant=actor.organisation, paper=None).exists():
        return None
    allowed = actor.is_lead and actor.is_handler
    return [] if allowed else [_("只有省科技厅的经办人可以上传现场照片。")]


# Answers come with scans and tables; a photograph of more than 50 MB shows no more than one of 10.
QUESTION = declare(Purpose("review.question", gettext_lazy("答复询问的附件"), _of_question, limit=200 * MIB))
REQUIREMENT = declare(Purpose("review.requirement", gettext_lazy("落实情况的附件"), _of_requirement, limit=200 * MIB))
PHOTO = declare(Purpose("review.photo", gettext_lazy("现场照片"), _of_photo, PICTURES, 50 * MIB))
