"""Sanctions: the case that leads to a yellow card or to the revocation, and the card that stands for a year."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums_sanction import (
    RUNNING,
    STANDING,
    CardStatus,
    Consecutive,
    ReviewOutcome,
    SanctionKind,
    SanctionStatus,
)

LIVE = [status.value for status in (*RUNNING, *STANDING)]
TOLD_BY_PAPER = [
    "noticed", "answering", "stated", "hearing", "reported", "imposed", "served", "review", "not_imposed", "changed"
]  # fmt: skip
DECIDED = ["imposed", "served", "review", "not_imposed", "changed", "annulled"]


def _paper(**more: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        "notifications.Paper",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        **more,
    )


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class YellowCard(models.Model):
    """A yellow card (黄牌) of one year (PK-31): a record with a year, in force until it is ended (T19) or annulled.

    It rests on the final assessment that found the year not met; the database holds it to that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    park = models.ForeignKey("registry.Park", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("园区代码"), max_length=60)
    name = models.CharField(_("园区"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    assessment = models.ForeignKey("indicators.Assessment", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=14, default="not_met")
    final = models.BooleanField(default=True)
    status = models.CharField(_("状态"), max_length=8, choices=CardStatus, default=CardStatus.IN_FORCE)
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    issued_on = models.DateField(_("给予日期"))
    plan = models.TextField(_("整改方案"), blank=True)
    plan_at = models.DateTimeField(null=True, blank=True)
    check_note = models.TextField(_("年中检查"), blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    ended_by = _paper()

    class Meta:
        verbose_name = verbose_name_plural = _("黄牌")
        ordering = ["-year", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "year"], condition=Q(status="in_force"), name="one_card_in_force_per_year"
            ),
            models.UniqueConstraint(fields=["id", "subject", "year", "status"], name="card_as_it_is"),
            models.CheckConstraint(condition=Q(verdict="not_met", final=True), name="card_for_a_final_miss"),
            models.CheckConstraint(
                condition=Q(status="in_force", ended_on__isnull=True)
                | (~Q(status="in_force") & Q(ended_on__isnull=False, ended_by__isnull=False)),
                name="card_ended_by_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year} {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("sanctions:notice", args=[self.pk])


class SanctionCase(models.Model):
    """A sanction on its way (PK-31, PK-32): proposed from a final finding, decided by a named official, reviewed.

    `grounds` are the missed clauses as they were found, `struck` those that a review left out (变更), `remarks` what
    was seen of the year before. The assessment of
    the year, for a revocation that of the year before and its card, hang on composite keys: without a final miss,
    or with a card that is no longer in force, no row. A revocation that was decided outlives its card, in doubt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("种类"), max_length=11, choices=SanctionKind)
    status = models.CharField(_("状态"), max_length=12, choices=SanctionStatus, default=SanctionStatus.PROPOSED)
    park = models.ForeignKey("registry.Park", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("园区代码"), max_length=60)
    name = models.CharField(_("园区"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    assessment = models.ForeignKey("indicators.Assessment", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=14, default="not_met")
    final = models.BooleanField(default=True)
    before = models.ForeignKey(
        "indicators.Assessment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    before_year = models.PositiveSmallIntegerField(null=True, blank=True)
    before_verdict = models.CharField(max_length=14, null=True, blank=True)
    before_final = models.BooleanField(null=True, blank=True)
    consecutive = models.CharField(max_length=8, choices=Consecutive, default=Consecutive.CALENDAR)
    card = models.ForeignKey(YellowCard, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    card_status = models.CharField(max_length=8, null=True, blank=True)
    grounds = models.JSONField(_("未达到的要求"), default=list)
    remarks = models.JSONField(_("说明"), default=list)
    proposed_at = models.DateTimeField(default=timezone.now)
    notice_paper = _paper()
    received_at = models.DateTimeField(_("告知书签收时间"), null=True, blank=True)
    received_by = _person()
    report_paper = _paper()
    decision_paper = _paper()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = _person()
    served_at = models.DateTimeField(_("决定送达时间"), null=True, blank=True)
    served_by = _person()
    review_paper = _paper()
    review_decision = _paper()
    review_outcome = models.CharField(max_length=8, choices=ReviewOutcome, blank=True)
    withdrawal_paper = _paper()
    doubts = models.JSONField(_("结果变化"), default=list)
    struck = models.JSONField(_("复核后不再计入的要求"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("黄牌与取消资格")
        ordering = ["-year", "-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "year", "kind"], condition=Q(status__in=LIVE), name="one_live_sanction_per_year"
            ),
            models.CheckConstraint(condition=Q(verdict="not_met", final=True), name="sanction_for_a_final_miss"),
            models.CheckConstraint(
                condition=~Q(kind="revocation")
                | Q(
                    before__isnull=False,
                    before_year__isnull=False,
                    before_verdict__isnull=False,
                    before_final__isnull=False,
                    before_verdict="not_met",
                    before_final=True,
                    card__isnull=False,
                ),
                name="revocation_after_two_misses",
            ),
            models.CheckConstraint(
                condition=~Q(kind="revocation")
                | Q(consecutive="calendar", before_year=F("year") - 1)
                | Q(consecutive="assessed", before_year__lt=F("year")),
                name="revocation_after_consecutive_years",
            ),
            models.CheckConstraint(
                condition=~Q(kind="revocation", status__in=LIVE)
                | Q(card_status__isnull=False, card_status="in_force")
                | (Q(status__in=STANDING, card_status__isnull=True) & ~Q(doubts=[])),
                name="revocation_while_the_card_is_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=TOLD_BY_PAPER) | Q(notice_paper__isnull=False), name="sanction_after_a_notice"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DECIDED)
                | Q(decision_paper__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="sanction_decided_by_an_official",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("sanctions:case", args=[self.pk])

    @property
    def is_revocation(self) -> bool:
        """Whether the park's place on the list is at stake."""
        return self.kind == SanctionKind.REVOCATION


__all__ = ["SanctionCase", "YellowCard"]
