"""What the state's department answered to a recommendation for a national pilot (科学技术部答复, CT-56)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums_state_answer import StateAnswerStatus
from reviews.models.case import Case


class StateAnswer(models.Model):
    """The answer on a case, registered by one person of 省科技厅 and confirmed by another, who compares it.

    What was returned stays beside what is registered instead. Its tenant is the place's government, which reads what
    is confirmed. `scan` is the document's file, `explanation` what it says besides, `remark` why it was returned,
    `title` the fact that a confirmed approval brought about.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="state_answers")
    status = models.CharField(_("状态"), max_length=10, choices=StateAnswerStatus, default=StateAnswerStatus.REGISTERED)
    approved = models.BooleanField(_("批准"))
    number = models.CharField(_("文号"), max_length=40, blank=True)
    answered_on = models.DateField(_("答复日期"))
    explanation = models.TextField(_("说明"), blank=True)
    scan = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.ForeignKey("registry.CityTitle", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    # Nobody for what was registered when one person sufficed.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(_("退回的理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("科学技术部答复")
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(title__isnull=True) | Q(approved=True, status="confirmed"),
                name="state_title_by_confirmed_approval",
            ),
            models.CheckConstraint(
                condition=~Q(approved=True, status="confirmed") | Q(title__isnull=False),
                name="state_approval_is_a_title",
            ),
            models.CheckConstraint(condition=Q(approved=False) | ~Q(number=""), name="state_approves_by_document"),
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(number="") | ~Q(explanation=""), name="state_declines_in_words"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="state_answer_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(remark=""), name="state_answer_returned_with_reason"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(status="returned"), name="state_answer_once_for_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.answered_on}"
