"""The public notice of a park that is proposed for the list, and what came of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums_publicity import PublicityResult
from reviews.models.case import Case, Conclusion


class Publicity(models.Model):
    """A public notice (公示, PK-22, T10): everything in this row is public from its signature on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="publicities")
    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="publicities")
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField(_("公示内容"))
    starts_on = models.DateField(_("公示开始"))
    ends_on = models.DateField(_("公示结束"))
    contact = models.CharField(_("受理处室和联系方式"), max_length=120)
    phone = models.CharField(_("监督电话"), max_length=40)
    published_at = models.DateTimeField(default=timezone.now)
    result = models.CharField(_("公示结果"), max_length=12, choices=PublicityResult, blank=True)
    result_note = models.TextField(_("结果说明"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("公示")
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at=None), name="one_open_publicity_per_case"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="publicity_lasts"),
            models.CheckConstraint(
                condition=Q(closed_at=None, result="") | (Q(closed_at__isnull=False) & ~Q(result="")),
                name="publicity_closed_with_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.summary.get("park_name", ""))

    def get_absolute_url(self) -> str:
        return reverse("publicity:notice", args=[self.pk])
