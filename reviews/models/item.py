"""One clause of review that a named person judges, with the reasons."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.case import Case


class ItemOutcome(models.TextChoices):
    """What a reviewer finds of a clause that people judge; the values are those of policy.outcomes.Outcome."""

    MET = "met", _("达到")
    NOT_MET = "not_met", _("未达到")
    NOT_ASSESSABLE = "not_assessable", _("材料不足，无法判定")


class ReviewItem(models.Model):
    """A clause of review (评审项) given to an office to judge; its tenant is that office, or the expert.

    One stands per case and clause; one that was taken back stays on record. Who judged is named and never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    clause = models.CharField(_("条款"), max_length=20)
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    outcome = models.CharField(_("评定"), max_length=14, choices=ItemOutcome, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewer_name = models.CharField(_("评审人"), max_length=40, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(_("收回的原因"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评审项")
        ordering = ["case", "clause", "requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "clause"], condition=Q(withdrawn_at=None), name="one_reviewer_per_clause"
            ),
            models.CheckConstraint(
                condition=Q(judged_at=None) | (~Q(outcome="") & ~Q(reason="") & Q(reviewer__isnull=False)),
                name="item_judged_by_person_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.get_outcome_display()}"
