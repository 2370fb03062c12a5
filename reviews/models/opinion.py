"""The opinion of one department on a case."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import OpinionStatus, Stance
from reviews.models.case import Case


class Opinion(models.Model):
    """A department's opinion (部门意见, T7): its tenant is the department, and the applicant never sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="opinions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=10, choices=OpinionStatus, default=OpinionStatus.REQUESTED)
    stance = models.CharField(_("意见"), max_length=10, choices=Stance, blank=True)
    reasons = models.TextField(_("理由"), blank=True)
    conditions = models.JSONField(_("条件"), default=list)
    requested_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey("notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("部门意见")
        ordering = ["case", "tenant__order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "tenant"], name="one_opinion_per_department"),
            models.CheckConstraint(
                condition=Q(status="requested") | (Q(paper__isnull=False) & ~Q(stance="") & ~Q(reasons="")),
                name="opinion_signed_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.get_stance_display()}"
