"""A title that one person of 省科技厅 proposes to record and another one compares with its source."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.enums import CityTitleKind, Precision, TitleProposalStatus


class TitleProposal(models.Model):
    """What would be recorded of a title (称号登记), on which source; `row` is the fact once it is recorded.

    `note` is told to everybody with the fact, `explanation` says why something unusual is recorded, `remark` why it
    was returned. A returned one is changed by a handler; every wording of it stays in its events.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField(default=uuid.uuid4, unique=True)
    division = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("称号"), max_length=14, choices=CityTitleKind)
    held = models.BooleanField(_("持有"), default=True)
    since = models.DateField(_("起始"))
    precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    citation = models.CharField(_("依据"), max_length=300)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    explanation = models.CharField(_("缘由"), max_length=500, blank=True)
    status = models.CharField(
        _("状态"), max_length=8, choices=TitleProposalStatus, default=TitleProposalStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(_("退回的理由"), blank=True)
    row = models.OneToOneField(
        "registry.CityTitle", null=True, blank=True, on_delete=models.PROTECT, related_name="proposal"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("称号登记")
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(citation=""), name="title_proposal_cites"),
            models.CheckConstraint(
                condition=Q(status="recorded", row__isnull=False, decided_by__isnull=False)
                | ~Q(status="recorded") & Q(row__isnull=True),
                name="title_proposal_recorded_with_its_fact",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="title_proposal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(remark=""), name="title_proposal_returned_with_reason"
            ),
            models.UniqueConstraint(
                fields=["division", "title"], condition=Q(status__in=["proposed", "returned"]),
                name="one_open_proposal_of_a_title",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.division_id} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("registry:title_proposal", args=[self.pk])
