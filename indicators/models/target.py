"""What the province's targets are held against beyond the text: values of the plan, and of any later target set."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TargetValue(models.Model):
    """One value (目标值) for the year `aimed`, as a cited source says; of one key the row recorded last holds.

    `code` is a clause of province-targets, or the plan's figure of C-III.3g (PV.plan[…]); `value` is plain decimal text
    in the clause's unit. Rows are only added.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aimed = models.PositiveSmallIntegerField(_("目标年度"))
    code = models.CharField(_("目标"), max_length=60)
    value = models.CharField(_("目标值"), max_length=40)
    citation = models.CharField(_("依据"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("目标值")
        ordering = ["aimed", "code", "recorded_at"]
        constraints = [models.CheckConstraint(condition=~Q(citation=""), name="target_value_rests_on_source")]

    def __str__(self) -> str:
        return f"{self.aimed} {self.code} {self.value}"
