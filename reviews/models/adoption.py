"""How a conclusion treats each opinion, condition and remark of the departments."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.enums_publicity import Said, Treatment
from reviews.models.case import Conclusion
from reviews.models.opinion import Opinion


class Adoption(models.Model):
    """One line of the minutes' table (意见采纳情况, T9): read by the department that said it, never by the city."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="adoptions")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="adoptions")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("类别"), max_length=10, choices=Said)
    reference = models.UUIDField(null=True, blank=True)
    text = models.TextField(_("内容"))
    treatment = models.CharField(_("采纳情况"), max_length=8, choices=Treatment)
    reason = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("意见采纳情况")
        ordering = ["conclusion", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(treatment="adopted") | ~Q(reason=""), name="adoption_says_why_not"),
            models.UniqueConstraint(fields=["conclusion", "order"], name="one_adoption_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_treatment_display()}"
