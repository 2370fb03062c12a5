"""What the state's department answered to a recommendation for a national pilot (科学技术部答复, CT-56)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.case import Case


class StateAnswer(models.Model):
    """The answer on a case, registered once by 省科技厅; `title` is the fact that it brought about, where it did.

    Its tenant is the place's government. `scan` is the document's file, `explanation` what it says besides.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="state_answer")
    approved = models.BooleanField(_("批准"))
    number = models.CharField(_("文号"), max_length=40, blank=True)
    answered_on = models.DateField(_("答复日期"))
    explanation = models.TextField(_("说明"), blank=True)
    scan = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.ForeignKey("registry.CityTitle", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("科学技术部答复")
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True, title__isnull=False) & ~Q(number="") | Q(approved=False, title__isnull=True),
                name="state_approves_by_document_and_title",
            ),
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(number="") | ~Q(explanation=""), name="state_declines_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.answered_on}"
