"""Uploaded files: who owns them, what they are, and the hash of what was stored; and those still arriving."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from files.enums import ScanState

INCOMING = "incoming"


class Upload(models.Model):
    """A stored file (文件), private to its tenant until its dossier's version is frozen (`released_at`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    sha256 = models.CharField(max_length=64)
    notes = models.JSONField(default=list)
    scan_state = models.CharField(_("查毒"), max_length=8, choices=ScanState, default=ScanState.PENDING)
    scan_detail = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    # Nobody where a stranger gave the file with an objection.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("文件")
        ordering = ["uploaded_at"]
        indexes = [
            models.Index(fields=["dossier"], name="uploads_by_dossier"),
            models.Index(fields=["uploaded_at"], condition=models.Q(scan_state="pending"), name="uploads_unscanned"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie, outside every public folder."""
        return Path(settings.PRIVATE_ROOT) / str(self.tenant_id) / f"{self.pk}"


class Incoming(models.Model):
    """A file that arrives in pieces (续传), of one person for one dossier, until it is taken or its time is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    purpose = models.CharField(max_length=60)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    received = models.PositiveBigIntegerField(_("已收到（字节）"), default=0)
    content_type = models.CharField(max_length=100, blank=True)
    notes = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["expires_at"], name="incoming_by_expiry")]
        constraints = [
            models.CheckConstraint(condition=models.Q(received__lte=models.F("size")), name="incoming_within_size")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes gather."""
        return Path(settings.PRIVATE_ROOT) / INCOMING / f"{self.pk}"

    @property
    def is_complete(self) -> bool:
        """Whether all bytes are there and were found to be what the name says."""
        return bool(self.sha256)

    @property
    def percent(self) -> int:
        """How much has arrived, in whole percent."""
        return self.received * 100 // self.size
