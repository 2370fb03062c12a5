"""A remark of the formal check and its answer."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.filing import Filing


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
