"""What a city objects to in its own final figures before a year is published, and what it is answered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.models.figure import Figure
from indicators.models.returns import Return


class FigureObjection(models.Model):
    """An objection (数据异议, T16) to one vintage of a locked figure; answered once, by the office that verifies it.

    `proposed` is the figure that the city holds to be right, as plain decimal text; None where it names none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    report = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="objections")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="objections")
    code = models.CharField(_("指标代码"), max_length=60)
    office = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    proposed = models.CharField(_("认为应为"), max_length=200, null=True, blank=True)
    reason = models.CharField(_("异议的理由"), max_length=500)
    evidence = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    accepted = models.BooleanField(_("是否采纳"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("数据异议")
        ordering = ["report", "raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "code"], condition=Q(answered_at__isnull=True), name="one_open_objection_per_figure"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="figure_objection_has_a_reason"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | (Q(accepted__isnull=False, answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="figure_objection_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:figure", args=[self.report_id, self.code])
