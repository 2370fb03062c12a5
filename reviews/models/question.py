"""A question to the city, and its answer."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.case import Case

_paper = {"on_delete": models.PROTECT, "related_name": "+"}


class Question(models.Model):
    """A question to the city (询问), which it sees and answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("问题"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["case", "asked_at"]

    def __str__(self) -> str:
        return self.text[:40]
