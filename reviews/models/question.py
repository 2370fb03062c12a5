"""A question to the city with its answer and files, and the questions that departments propose."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import ProposalStatus
from reviews.models.case import Case
from reviews.models.condition import RequirementAnswer


class Question(models.Model):
    """A question to the city (询问), which it sees and answers; one that was cancelled keeps its text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("问题"))
    target = models.CharField(_("涉及栏目或材料"), max_length=80, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    cancelled_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(_("撤销原因"), blank=True)

    class Meta:
        ordering = ["case", "asked_at"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_open(self) -> bool:
        """Whether the city still owes an answer."""
        return not self.answered_at and not self.cancelled_at


class QuestionProposal(models.Model):
    """A question that a department or expert proposes (建议询问); 省科技厅 sends it to the city or says why not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="question_proposals")
    status = models.CharField(_("状态"), max_length=10, choices=ProposalStatus, default=ProposalStatus.PROPOSED)
    text = models.TextField(_("建议询问的问题"))
    target = models.CharField(_("涉及栏目或材料"), max_length=80, blank=True)
    due_on = models.DateField(_("希望答复日期"), null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("未转达的原因"), blank=True)
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case", "at"]

    def __str__(self) -> str:
        return self.text[:40]


class Enclosure(models.Model):
    """A file (附件) that the city gives with an answer to a question or a requirement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey("files.Upload", on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="enclosures")
    answer = models.ForeignKey(
        RequirementAnswer, null=True, blank=True, on_delete=models.PROTECT, related_name="enclosures"
    )

    class Meta:
        ordering = ["upload__uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, answer__isnull=True)
                | Q(question__isnull=True, answer__isnull=False),
                name="enclosure_of_one_answer",
            )
        ]

    def __str__(self) -> str:
        return str(self.upload)
