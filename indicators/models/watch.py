"""The running year of a park or host zone, and the interim figures by which it is watched."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import SubjectKind


class Watch(models.Model):
    """The running year (年度跟踪) of a park that is being created, or of its host zone (P-II.2.5).

    Owner of the dossier its interim figures hang on; `warned` are the clauses of which a warning was sent (N7).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("对象类别"), max_length=8, choices=SubjectKind)
    subject = models.CharField(_("对象代码"), max_length=60)
    name = models.CharField(_("对象名称"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    reporter = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    warned = models.JSONField(_("已预警的条款"), default=list)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("年度跟踪")
        ordering = ["-year", "kind", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "year"], name="one_watch_per_subject_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:watch", args=[self.pk])


class InterimFigure(models.Model):
    """A figure of the running year as it stood at the end of a month, since January; the newest row counts.

    Plain decimal text in the catalogue's unit; None takes an earlier one back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="figures")
    code = models.CharField(_("指标代码"), max_length=60)
    month = models.PositiveSmallIntegerField(_("截至月份"))
    value = models.CharField(_("数值"), max_length=200, null=True, blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("进度数据")
        ordering = ["watch", "code", "month", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="interim_month_of_the_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.month} {self.value}"
