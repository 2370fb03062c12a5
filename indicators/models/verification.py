"""What the departments that own figures say of them, and the differences that are to be settled."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import VerificationOutcome
from indicators.models.returns import Return


class VerifyingOffice(models.Model):
    """Which organisation verifies the figures of a department's name in the catalogue (核定部门); operator's table."""

    label = models.CharField(_("目录中的部门"), max_length=20, primary_key=True)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("核定部门")
        ordering = ["label"]

    def __str__(self) -> str:
        return f"{self.label} {self.organisation_id}"


class Verification(models.Model):
    """What a department said of a reported figure (核定意见, T16); the newest one counts, none is erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    report = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="verifications")
    code = models.CharField(_("指标代码"), max_length=60)
    reported = models.CharField(_("填报数"), max_length=200, null=True, blank=True)
    outcome = models.CharField(_("核定意见"), max_length=9, choices=VerificationOutcome)
    own_value = models.CharField(_("本部门数据"), max_length=200, null=True, blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("核定意见")
        ordering = ["report", "code", "said_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(reason=""), name="returned_figure_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(outcome="own") | Q(own_value__isnull=True), name="own_value_only_with_own_figure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.outcome}"


class Conflict(models.Model):
    """A difference of more than the tolerance between the reported and a department's own figure (V9); settled once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    report = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="conflicts")
    code = models.CharField(_("指标代码"), max_length=60)
    department = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    reported = models.CharField(_("填报数"), max_length=200, null=True, blank=True)
    own = models.CharField(_("部门数"), max_length=200, null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    settled = models.CharField(_("协商确定数"), max_length=200, null=True, blank=True)
    reason = models.CharField(_("协商理由"), max_length=500, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("数据冲突")
        ordering = ["report", "code", "opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "code"], condition=Q(settled_at__isnull=True), name="one_open_conflict_per_figure"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | (~Q(reason="") & Q(settled_by__isnull=False)),
                name="settled_conflict_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.code}"
