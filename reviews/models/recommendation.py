"""A park that is recommended for national status (推荐申报国家高新区, T28, T29), with what named reviewers judged."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums_recommendation import RecommendationStatus, Strength
from reviews.models.item import ItemOutcome


def _paper() -> models.ForeignKey[None, None]:
    return models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )


class Recommendation(models.Model):
    """A park among the best five of a released year (P-II.4g); its tenant is 省科技厅, `city` the park's government.

    `rank` and `ranked` are those of the assessment that it rests on; `council_number` and `council_on` are those of
    the State Council's 批复, `scan` its file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    park = models.ForeignKey("registry.Park", on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey("indicators.Assessment", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    rank = models.PositiveIntegerField(_("位次"))
    ranked = models.PositiveIntegerField(_("参加排序数"))
    status = models.CharField(
        _("状态"), max_length=11, choices=RecommendationStatus, default=RecommendationStatus.PROPOSED
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    report_paper = _paper()
    request_paper = _paper()
    decision_paper = _paper()
    council_number = models.CharField(_("国务院批复文号"), max_length=40, blank=True)
    council_on = models.DateField(_("批复日期"), null=True, blank=True)
    new_name = models.CharField(_("升级后的名称"), max_length=80, blank=True)
    scan = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("推荐国家级")
        ordering = ["-year", "rank", "park"]
        constraints = [
            models.UniqueConstraint(fields=["park", "year"], name="one_recommendation_per_park_and_year"),
            models.CheckConstraint(
                condition=~Q(status__in=["reported", "recommended", "upgraded", "refused", "declined"])
                | Q(report_paper__isnull=False),
                name="recommendation_reported_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["recommended", "upgraded", "refused"]) | Q(request_paper__isnull=False),
                name="recommended_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status="upgraded")
                | (Q(decision_paper__isnull=False, council_on__isnull=False) & ~Q(council_number="")),
                name="upgraded_by_the_state_council",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.park} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("recommendations:one", args=[self.pk])


class StrengthItem(models.Model):
    """One of the five items of a recommendation, given to an office; who judged it is named and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="items")
    strength = models.CharField(_("评审项"), max_length=12, choices=Strength)
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("评定"), max_length=14, choices=ItemOutcome, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewer_name = models.CharField(_("评审人"), max_length=40, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("推荐评审项")
        ordering = ["recommendation", "strength"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "strength"], name="one_item_per_strength"),
            models.CheckConstraint(
                condition=Q(judged_at=None) | (~Q(outcome="") & ~Q(reason="") & Q(reviewer__isnull=False)),
                name="strength_judged_by_person_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_strength_display()} {self.get_outcome_display()}"
