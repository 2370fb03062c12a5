"""The plan in work: fields, materials, boundary."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.filing import Filing


class PlanField(models.Model):
    """One field of the plan as last saved: its value, version, and who wrote it when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="plan_fields")
    key = models.CharField(max_length=80)
    value = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "key"], name="one_value_per_plan_field")]

    def __str__(self) -> str:
        return self.key


class Material(models.Model):
    """A file given for one of the thirteen materials (申报材料, A.4), with number, issuer and date of the document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="materials")
    code = models.CharField(max_length=30)
    upload = models.ForeignKey("files.Upload", on_delete=models.PROTECT, related_name="+")
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_by = models.CharField(_("出具单位"), max_length=80, blank=True)
    issued_on = models.DateField(_("日期"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["code", "added_at"]

    def __str__(self) -> str:
        return f"{self.code} {self.upload}"


class FilingBoundary(models.Model):
    """The boundary in work: GeoJSON in EPSG:4490, its unrounded ellipsoidal area, where it came from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="boundary")
    geojson = models.JSONField()
    area_km2 = models.CharField(max_length=40)
    parts = models.PositiveSmallIntegerField()
    source = models.CharField(_("来源"), max_length=20)
    source_name = models.CharField(max_length=200, blank=True)
    crs = models.CharField(_("坐标系"), max_length=20)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.area_km2} km²"
