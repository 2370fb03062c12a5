"""What people judge of a year's index (定性指标): a round of scoring, who is asked for what, and the scores given."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums_evaluating import Turn
from indicators.enums_policy import RatingStatus
from indicators.models.index import IndexVersion

LOWEST, HIGHEST = Decimal(0), Decimal(100)


class RatingRound(models.Model):
    """A round of scoring (评分) of one year by one index version (C.5): its subjects and the day it is wanted by.

    `subjects` are {"code", "name"} of those who are scored, as they were when it was opened. Owner is 省科技厅. One
    round of a version and year is open at a time; of several closed ones the newest counts. One of an `evaluation` by
    third parties counts for that alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(IndexVersion, on_delete=models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(
        "indicators.EvaluationRound", null=True, blank=True, on_delete=models.PROTECT, related_name="ratings"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    subjects = models.JSONField(_("评分对象"), default=list)
    due_on = models.DateField(_("评分期限"))
    status = models.CharField(_("状态"), max_length=8, choices=RatingStatus, default=RatingStatus.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("定性评分")
        ordering = ["-year", "-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "year"],
                condition=Q(status="open", evaluation=None),
                name="one_open_rating_of_a_year",
            ),
            models.UniqueConstraint(fields=["evaluation", "version"], name="one_rating_of_an_evaluation"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None) | (~Q(status="open") & Q(closed_at__isnull=False)),
                name="rating_closed_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | ~Q(closed_by=models.F("opened_by")), name="rating_closed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("ratings:round", args=[self.pk])


class RatingSeat(models.Model):
    """A named person who scores some indicators in a round; the tenant is the person's office, or the expert's.

    An evaluator has a seat for each `place` of an evaluation, as the first, second or third (`turn`): declared
    independent, handed in (which locks the scores), returned with a reason, or ended, whose scores no longer count.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(RatingRound, on_delete=models.PROTECT, related_name="seats")
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    codes = models.JSONField(_("评分指标"), default=list)
    place = models.ForeignKey(
        "indicators.EvaluationPlace", null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    turn = models.PositiveSmallIntegerField(_("评价人次序"), null=True, blank=True, choices=Turn)
    declared_at = models.DateTimeField(_("声明独立性"), null=True, blank=True)
    handed_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    returned_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    return_reason = models.TextField(_("退回理由"), blank=True)
    ended_at = models.DateTimeField(_("退出时间"), null=True, blank=True)
    ended_reason = models.TextField(_("退出原因"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评分人")
        ordering = ["round", "tenant__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], condition=Q(place=None), name="one_seat_per_person"),
            models.UniqueConstraint(
                fields=["place", "person"], condition=Q(ended_at=None), name="one_seat_per_evaluator"
            ),
            models.UniqueConstraint(
                fields=["place", "turn"], condition=Q(ended_at=None), name="one_evaluator_per_turn"
            ),
            models.CheckConstraint(
                condition=Q(place=None, turn=None) | Q(place__isnull=False, turn__in=Turn.values),
                name="evaluator_has_a_turn",
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ended_reason=""), name="ended_seat_has_a_reason"),
            models.CheckConstraint(
                condition=Q(returned_at=None) | ~Q(return_reason=""), name="returned_sheet_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class GivenScore(models.Model):
    """A person's score (0 to 100, exact) of one indicator of one subject, with the reason.

    What was written stays; a score that is changed before the round is closed supersedes the one before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(RatingSeat, on_delete=models.PROTECT, related_name="scores")
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("对象代码"), max_length=60)
    code = models.CharField(_("指标"), max_length=40)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2)
    reason = models.TextField(_("理由"))
    given_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("定性得分")
        ordering = ["seat", "code", "subject", "given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "code", "subject"], condition=Q(superseded_at=None), name="one_standing_score"
            ),
            models.CheckConstraint(condition=Q(score__gte=LOWEST) & Q(score__lte=HIGHEST), name="score_from_0_to_100"),
            models.CheckConstraint(condition=~Q(reason=""), name="score_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.code}"


class SheetDraft(models.Model):
    """What an evaluator is writing of a place (评分底稿) before it is handed in: {code: {score, reason}} as typed.

    Nobody but the person reads it; handing in makes scores of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.OneToOneField(RatingSeat, on_delete=models.PROTECT, related_name="draft")
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given = models.JSONField(_("底稿"), default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("评分底稿")

    def __str__(self) -> str:
        return f"{self.seat_id}"
