"""A subject's return for a year, and what is being written into it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import ReturnStatus, SubjectKind


class Return(models.Model):
    """The return (统计报表) of one subject for one calendar year; owner of the dossier its figures hang on (T15, T16).

    `subject` is the permanent code: a park's or host zone's slug, a city's GB/T 2260 code, 330000 for the province.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="returns")
    kind = models.CharField(_("对象类别"), max_length=8, choices=SubjectKind)
    subject = models.CharField(_("对象代码"), max_length=60)
    name = models.CharField(_("对象名称"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    status = models.CharField(_("状态"), max_length=9, choices=ReturnStatus, default=ReturnStatus.FILLING)
    reporter = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    county = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("填报期限"), null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("年度统计报表")
        ordering = ["-year", "kind", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "year"], name="one_return_per_subject_and_year"),
            models.CheckConstraint(
                condition=~Q(status="locked") | Q(locked_at__isnull=False), name="return_locked_at_an_instant"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["verifying", "locked"]) | Q(submitted_at__isnull=False),
                name="return_verified_after_submission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:return", args=[self.pk])

    @property
    def is_of_province(self) -> bool:
        """Whether it is the province's own: departments fill it in, 省统计局 keeps it, no city has a part in it."""
        return self.kind == SubjectKind.PROVINCE


class Entry(models.Model):
    """One figure of a return while it is written: plain decimal text, or None where it is unknown (never zero).

    `unknown` says that nobody knows it (未知), which is something else than a figure not yet filled in.
    `version` counts its changes, so that two people who write at once do not overwrite each other unseen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    report = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="entries")
    code = models.CharField(_("指标代码"), max_length=60)
    value = models.CharField(_("数值"), max_length=200, null=True, blank=True)
    unknown = models.BooleanField(_("未知"), default=False)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    note = models.CharField(_("口径说明"), max_length=500, blank=True)
    explanation = models.CharField(_("异常说明"), max_length=500, blank=True)
    evidence = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("填报数据")
        ordering = ["report", "code"]
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="one_entry_per_figure"),
            models.CheckConstraint(
                condition=Q(unknown=False) | Q(value__isnull=True), name="unknown_figure_has_no_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class Confirmation(models.Model):
    """A figure far from last year's that the city's office says is right (市科技局核实, V3); of that value alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    report = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="confirmations")
    code = models.CharField(_("指标代码"), max_length=60)
    value = models.CharField(_("数值"), max_length=200)
    reason = models.CharField(_("核实情况"), max_length=500)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("数据核实")
        ordering = ["report", "code", "said_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="confirmed_figure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
