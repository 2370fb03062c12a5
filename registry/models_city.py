"""The titles of places in the programme of innovative cities and counties, as dated facts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.enums import CityTitleKind, Precision


class CityTitle(models.Model):
    """One fact about a title (称号) of a city or county: held, or no longer held, since a day, and on what it rests.

    Rows are only added. `dossier` is the affair that the paper belongs to, or the record's own chain of events.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    division = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="titles")
    title = models.CharField(_("称号"), max_length=14, choices=CityTitleKind)
    held = models.BooleanField(_("持有"), default=True)
    since = models.DateField(_("起始"))
    precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    paper = models.ForeignKey(
        "notifications.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="city_titles"
    )
    citation = models.CharField(_("依据"), max_length=300, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    dossier = models.UUIDField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("称号")
        ordering = ["division", "since", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False) ^ ~Q(citation=""), name="title_rests_on_paper_or_citation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.title}"
