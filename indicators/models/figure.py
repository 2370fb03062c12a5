"""Figures as they were handed in, verified and corrected: every vintage is kept."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import FigureLevel
from indicators.models.returns import Return


class Figure(models.Model):
    """One vintage of one figure: plain decimal text in the unit of the catalogue, None = unknown; never changed.

    Which department vouches for it, and why a vintage follows another, stand beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    report = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="figures")
    subject = models.CharField(_("对象代码"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    code = models.CharField(_("指标代码"), max_length=60)
    vintage = models.PositiveSmallIntegerField(_("版次"))
    value = models.CharField(_("数值"), max_length=200, null=True, blank=True)
    level = models.CharField(_("数据层级"), max_length=9, choices=FigureLevel)
    department = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(_("来源"), max_length=200, blank=True)
    note = models.CharField(_("口径说明"), max_length=500, blank=True)
    reason = models.CharField(_("改动理由"), max_length=500, blank=True)
    evidence = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("指标数据")
        ordering = ["subject", "year", "code", "vintage"]
        constraints = [
            models.UniqueConstraint(fields=["report", "code", "vintage"], name="one_figure_per_vintage"),
        ]
        indexes = [models.Index(fields=["subject", "year", "code", "-vintage"], name="figures_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.year} {self.code} v{self.vintage}"

    @classmethod
    def follow(cls, report: Return, code: str, before: Figure | None, **told: Any) -> Figure:
        """The vintage of a figure after `before` (None: the first), not yet stored; `told` is what it says."""
        own = {"tenant_id": report.tenant_id, "dossier": report.dossier, "subject": report.subject}
        vintage = before.vintage + 1 if before else 1
        return cls(report=report, year=report.year, code=code, vintage=vintage, **own, **told)
