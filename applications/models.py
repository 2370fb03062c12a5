"""A filing with its plan field by field, materials, boundary, frozen versions and remarks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.enums import FilingStatus


class Filing(models.Model):
    """A city's filing (申报) to create a park; owner of the dossier that everything else hangs on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="filings")
    status = models.CharField(_("状态"), max_length=14, choices=FilingStatus, default=FilingStatus.DRAFT)
    park_name = models.CharField(_("拟创建园区名称"), max_length=80)
    host_zone = models.ForeignKey(
        "registry.HostZone", on_delete=models.PROTECT, related_name="filings", verbose_name=_("所在开发区")
    )
    number = models.CharField(_("申报编号"), max_length=40, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("本环节期限"), null=True, blank=True)
    request_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acceptance_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rejection_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("申报")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(request_paper__isnull=False), name="filing_submitted_by_paper"
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | Q(return_paper__isnull=False), name="filing_returned_by_paper"
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | Q(rejection_paper__isnull=False),
                name="filing_rejected_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "in_review", "listed", "declined"])
                | Q(acceptance_paper__isnull=False),
                name="filing_accepted_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["listed", "declined"]) | Q(decision_paper__isnull=False),
                name="filing_decided_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.park_name

    def get_absolute_url(self) -> str:
        return reverse("applications:filing", args=[self.pk])


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


class Remark(models.Model):
    """A remark (补正意见, T3) on a field or material of a submitted version, and the city's answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="remarks")
    round = models.PositiveSmallIntegerField(_("轮次"))
    target = models.CharField(_("对象"), max_length=80)
    text = models.TextField(_("意见"))
    made_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["filing", "round", "made_at"]

    def __str__(self) -> str:
        return self.text[:40]
