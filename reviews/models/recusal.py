"""Recusal: a person who may not act on a case any more, and who acts instead."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import RecusalStatus
from reviews.models.case import Case


class Recusal(models.Model):
    """A declared recusal (回避) of one person from one case; its tenant is the person's office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("回避的人员")
    )
    person_name = models.CharField(max_length=40)
    status = models.CharField(_("状态"), max_length=10, choices=RecusalStatus, default=RecusalStatus.DECLARED)
    reason = models.TextField(_("回避原因"))
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(_("处理意见"), blank=True)
    replacement = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replacement_name = models.CharField(_("接替人"), max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("回避")
        ordering = ["case", "declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(status__in=["declared", "confirmed"]),
                name="one_recusal_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_name} {self.get_status_display()}"
