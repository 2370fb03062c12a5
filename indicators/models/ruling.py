"""What 省科技厅 ruled on a clause of a subject's year that figures cannot settle (裁定, AMB-05, AMB-06, AMB-13)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums_policy import RulingGround, RulingOutcome, RulingStatus


class Ruling(models.Model):
    """A ruling on one clause of one subject's year, or on every clause where no return came (`clause` empty).

    It counts from its paper on, for the runs that begin afterwards, until another paper withdraws it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("对象代码"), max_length=60)
    name = models.CharField(_("对象名称"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    ground = models.CharField(_("事由"), max_length=8, choices=RulingGround, default=RulingGround.FINDING)
    clause = models.CharField(_("条款"), max_length=40, blank=True)
    outcome = models.CharField(_("裁定"), max_length=14, choices=RulingOutcome, blank=True)
    reasons = models.TextField(_("理由"), blank=True)
    city = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("状态"), max_length=9, choices=RulingStatus, default=RulingStatus.DRAFTING)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    withdrawal = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("裁定")
        ordering = ["-year", "subject", "clause", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "year", "clause"],
                condition=Q(status__in=["drafting", "signed"]),
                name="one_ruling_per_clause",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "withdrawn"])
                | (Q(paper__isnull=False) & Q(signed_at__isnull=False) & ~Q(outcome="") & ~Q(reasons="")),
                name="signed_ruling_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawal__isnull=False), name="ruling_withdrawn_by_a_paper"
            ),
            models.CheckConstraint(
                condition=Q(clause="", ground="omission") | (~Q(clause="") & Q(ground="finding")),
                name="ruling_on_one_clause_or_on_all",
            ),
            models.CheckConstraint(
                condition=~Q(ground="omission") | Q(outcome__in=["", "not_met"]), name="omission_is_not_met"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.year} {self.clause} {self.outcome}"

    def get_absolute_url(self) -> str:
        return reverse("rulings:ruling", args=[self.pk])
