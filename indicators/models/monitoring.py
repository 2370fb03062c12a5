"""《浙江省创新型城市（县、区）建设统计监测报告》 of a year (C-V.4b): what was composed, written and signed."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums_monitoring import OPEN, MonitoringStatus
from indicators.models.run import Run
from workflow.ledger import digest


class MonitoringReport(models.Model):
    """One edition of a year's report; 省统计局 (`tenant`) issues it first, together with 省科技厅 (`partner`).

    `content` is what the worker composed from `run`, nobody edits it; `texts` what people write beside it, by Passage;
    `edit` counts the changes of texts. `differences` are statements of what a later composition changed. `digest` is
    over content and texts, set when it goes to signature; from its publication on nothing of them changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=10, choices=MonitoringStatus, default=MonitoringStatus.COMPOSING)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    texts = models.JSONField(_("文字"), default=dict)
    edit = models.PositiveIntegerField(default=1)
    differences = models.JSONField(_("变动说明"), default=list)
    failure = models.TextField(_("未能编制的原因"), blank=True)
    digest = models.CharField(_("摘要"), max_length=80, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    composed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("统计监测报告")
        ordering = ["-year", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="one_monitoring_report_per_edition"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(status__in=OPEN), name="one_open_monitoring_report_per_year"
            ),
            models.UniqueConstraint(
                fields=["year"], condition=Q(status="published"), name="one_standing_monitoring_report_per_year"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signing", "published", "superseded"]) | ~Q(digest=""),
                name="monitoring_report_to_sign_has_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["published", "superseded"], published_at__isnull=False, paper__isnull=False)
                | (~Q(status__in=["published", "superseded"]) & Q(published_at__isnull=True)),
                name="monitoring_report_published_with_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("drafted_by")),
                name="monitoring_report_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"monitoring {self.year} #{self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:report", args=[self.pk])

    @property
    def path(self) -> Path:
        """Where the PDF of the draft lies; that of a published one is its paper's."""
        return Path(settings.PRIVATE_ROOT) / "monitoring" / f"{self.pk}.pdf"

    def content_digest(self) -> str:
        """SHA-256 of what is signed, as sorted UTF-8 JSON."""
        names = ("year", "edition", "content", "texts")
        return "sha256:" + digest({name: getattr(self, name) for name in names})


class MonitoringText(models.Model):
    """A version of what people wrote in a report, kept whenever somebody saved it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(MonitoringReport, on_delete=models.PROTECT, related_name="versions")
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    number = models.PositiveSmallIntegerField(_("版次"))
    texts = models.JSONField(_("文字"), default=dict)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("修改人"), max_length=60)
    office = models.CharField(_("单位"), max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("统计监测报告的文字")
        ordering = ["report", "-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_monitoring_text_per_number")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"


class MonitoringSignature(models.Model):
    """An office's signature on a report, on the digest of what it says; dropped when it goes back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(MonitoringReport, on_delete=models.PROTECT, related_name="signatures")
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("签发人"), max_length=60)
    digest = models.CharField(max_length=80)
    signed_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(_("失效原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("统计监测报告签发")
        ordering = ["report", "signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "tenant"],
                condition=Q(dropped_at__isnull=True),
                name="one_monitoring_signature_per_office",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.digest}"
