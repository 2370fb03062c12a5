"""A frozen version of a filing."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.filing import Filing


class FilingVersion(models.Model):
    """A frozen version of a filing: content and files as they were, with the hash of both (contract)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="versions")
    serial = models.PositiveSmallIntegerField(_("版次"))
    content = models.JSONField()
    findings = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    receipt_number = models.CharField(_("回执编号"), max_length=40, blank=True)
    receipt = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["filing", "serial"]
        constraints = [models.UniqueConstraint(fields=["filing", "serial"], name="one_version_per_serial")]

    def __str__(self) -> str:
        return f"{self.filing_id} v{self.serial}"
