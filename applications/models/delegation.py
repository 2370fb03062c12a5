"""A section of the plan, or a piece of the materials, in somebody else's hands."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.enums import DelegationStatus
from applications.models.filing import Filing
from workflow import instants

ACTIVE = (DelegationStatus.OPEN, DelegationStatus.BACK, DelegationStatus.HANDED)
WRITABLE = (DelegationStatus.OPEN, DelegationStatus.BACK)
# Before the code of a piece of the materials, where a section has its slug.
MATERIAL = "material."


class Delegation(models.Model):
    """A section (节) or a piece of the materials (材料) given to an office, or to a colleague, to fill in (分工).

    `keys` are the fields (or the piece) that the office may write while the row is open: the database compares with
    them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="delegations")
    section = models.CharField(_("章节"), max_length=40)
    keys = ArrayField(models.CharField(max_length=80))
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("填写单位")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("填写人")
    )
    status = models.CharField(_("状态"), max_length=10, choices=DelegationStatus, default=DelegationStatus.OPEN)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    note = models.TextField(_("要求"), blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(null=True)
    handed_note = models.TextField(_("交回说明"), blank=True)
    reason = models.TextField(_("退回原因"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("分工")
        ordering = ["filing", "assigned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "section"], condition=Q(status__in=ACTIVE), name="one_active_delegation_per_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} → {self.holder}"

    @property
    def holder(self) -> str:
        """Who writes, in words: the colleague, or the office."""
        return self.person.name if self.person else self.organisation.short_name

    @property
    def is_material(self) -> bool:
        """Whether a piece of the materials was given, not a section."""
        return self.section.startswith(MATERIAL)

    @property
    def is_active(self) -> bool:
        """Whether the section is out: not confirmed and not taken back."""
        return self.status in ACTIVE

    @property
    def is_writable(self) -> bool:
        """Whether the holder may write now."""
        return self.status in WRITABLE

    @property
    def is_late(self) -> bool:
        """Whether the day by which it was asked for has passed."""
        return self.is_writable and instants.is_over(self.due_on)

    def get_absolute_url(self) -> str:
        """The page of the section itself, or the place of the material on its page."""
        if self.is_material:
            return f"{reverse('applications:materials', args=[self.filing_id])}#{self.section.removeprefix(MATERIAL)}"
        if self.section in {"figures", "boundary"}:
            return reverse(f"applications:{self.section}", args=[self.filing_id])
        return reverse("applications:section", args=[self.filing_id, self.section])
