"""When places may apply for the pilot, and which one may although it is no 科技强市/县 (C-III.1a, U1)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PlaceOpening(models.Model):
    """One entry of 省科技厅, resting on a cited paper or source: an application window, or an exception for a place.

    Without `division` it is a window (申报窗口) in which every place may apply; with it an exception from C-III.1a
    (同意先行申报) with its `reason`. Both hold from `since` to `until`, that day included; rows are only added.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    division = models.ForeignKey(
        "accounts.Division", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("地方")
    )
    since = models.DateField(_("自"))
    until = models.DateField(_("至"))
    citation = models.CharField(_("依据"), max_length=300)
    reason = models.TextField(_("理由"), max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("申报窗口和例外")
        ordering = ["-since", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(citation="") & Q(until__gte=F("since")), name="opening_rests_on_source_and_has_an_end"
            ),
            models.CheckConstraint(condition=Q(division__isnull=True) | ~Q(reason=""), name="exception_is_reasoned"),
        ]

    def __str__(self) -> str:
        return f"{self.division_id or 'window'} {self.since}–{self.until}"
