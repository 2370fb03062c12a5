"""Inner discussion of a case: between 省科技厅, the departments and the experts, never the applicant."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.case import Case


class Note(models.Model):
    """One note (内部讨论) on a case or on one of its sections; it can be withdrawn by its author, never erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    section = models.CharField(_("栏目"), max_length=60, blank=True)
    text = models.TextField(_("内容"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    mentions = models.JSONField(_("提醒的单位"), default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        ordering = ["case", "at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="note_withdrawn_with_reason"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]
