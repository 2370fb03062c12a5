"""An expert's opinion on a case: scores and words on qualitative items, signed alone, blind to the others'."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import ExpertStance, ExpertStatus
from reviews.models.case import Case


class ExpertOpinion(models.Model):
    """An expert's opinion (专家论证意见, T8): its tenant is the expert, an organisation of one person.

    `scores`: rows of {code, score (0 to 100), comment}; other experts see it once `closed_at` is set.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="expert_opinions")
    version = models.ForeignKey("applications.FilingVersion", on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=10, choices=ExpertStatus, default=ExpertStatus.INVITED)
    reason = models.TextField(_("邀请事由"))
    requested_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    fields = models.JSONField(_("草稿"), default=dict)
    scores = models.JSONField(_("评分"), default=list)
    stance = models.CharField(_("论证结论"), max_length=8, choices=ExpertStance, blank=True)
    text = models.TextField(_("论证意见"), blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey("notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("专家论证意见")
        ordering = ["case", "tenant__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "tenant"], condition=~Q(status="withdrawn"), name="one_opinion_per_expert"
            ),
            models.CheckConstraint(
                condition=~Q(status="signed")
                | (Q(paper__isnull=False, signed_at__isnull=False) & ~Q(stance="") & ~Q(text="")),
                name="expert_opinion_signed_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.get_stance_display()}"
