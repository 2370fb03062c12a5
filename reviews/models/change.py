"""A change of named sections that 省科技厅 asks for after acceptance, and the version that answers it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.case import Case


class ChangeRequest(models.Model):
    """A supplementary change (补充修改): the city changes these sections only, in a version that its signer signs.

    `base` is the version judged until then, `version` the signed one; `adopted_at` says since when it is judged,
    `asked_again` are the codes of the departments that are asked once more, the others have nothing changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes")
    base = models.ForeignKey("applications.FilingVersion", on_delete=models.PROTECT, related_name="+")
    sections = models.JSONField(_("需要修改的栏目"))
    reason = models.TextField(_("修改要求"))
    asked_at = models.DateTimeField(default=timezone.now)
    asked_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("期限"), null=True, blank=True)
    version = models.ForeignKey(
        "applications.FilingVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper = models.ForeignKey("notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    asked_again = models.JSONField(_("重新征求意见的部门"), default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("补充修改")
        ordering = ["case", "asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(adopted_at=None), name="one_open_change_per_case"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(version__isnull=False, paper__isnull=False),
                name="change_answered_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:40]
