"""What an inspection of a park found, what is ordered, and how it was put right (督查整改, P-IV.4c)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import InspectionStatus


class Inspection(models.Model):
    """One finding of an inspection (督查) by 省科技厅: kept within the office until the order is signed.

    `park` is the register's; `city` answers for it. Owner of its dossier is 省科技厅.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    park = models.ForeignKey("registry.Park", on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("状态"), max_length=9, choices=InspectionStatus, default=InspectionStatus.FOUND)
    inspected_on = models.DateField(_("督查日期"))
    inspectors = models.CharField(_("督查人员"), max_length=300)
    finding = models.TextField(_("发现的问题"))
    wanted = models.TextField(_("整改要求"))
    days = models.PositiveSmallIntegerField(_("整改期限（工作日）"))
    due_on = models.DateField(_("整改期满"), null=True, blank=True)
    paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    answer = models.TextField(_("整改情况"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    evidence = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("督查整改")
        ordering = ["-found_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["found", "dropped"]) | Q(paper__isnull=False), name="ordered_by_a_paper"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["answered", "accepted"]) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="accepted_after_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.park} {self.inspected_on}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:inspection", args=[self.pk])
