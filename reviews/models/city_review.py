"""A round of evaluation before the departments, its circular, and whom 省科技厅 lays before the province (U6, U7)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums_city_review import CityReviewStatus, CityStance


def _paper() -> models.ForeignKey[None, None]:
    return models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )


class CityReview(models.Model):
    """The review (测评结果审核) of a closed round of pilots (C-III.2f, C-III.2g); its tenant is 省科技厅."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    round = models.OneToOneField("indicators.EvaluationRound", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("数据年度"))
    status = models.CharField(_("状态"), max_length=10, choices=CityReviewStatus, default=CityReviewStatus.REVIEWING)
    due_on = models.DateField(_("通报期限"))
    # As it was when the results were circulated, a plain decimal (AMB-25).
    mark = models.CharField(_("认定分数线"), max_length=20, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    circular_paper = _paper()
    report_paper = _paper()
    decision_paper = _paper()
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("测评结果审核")
        ordering = ["-year", "-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="reviewing") | Q(circular_paper__isnull=False), name="results_told_by_circular"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reviewing", "circulated"]) | Q(report_paper__isnull=False),
                name="recognition_asked_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["recognised", "refused"]) | Q(decision_paper__isnull=False),
                name="recognition_decided_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("city_reviews:one", args=[self.pk])


class CityOpinion(models.Model):
    """What a department says of the results of a round, by its signer; the tenant is the department."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(CityReview, on_delete=models.PROTECT, related_name="opinions")
    due_on = models.DateField(_("答复期限"))
    asked_at = models.DateTimeField(default=timezone.now)
    stance = models.CharField(_("意见"), max_length=6, choices=CityStance, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_name = models.CharField(_("签发人"), max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("对测评结果的意见")
        ordering = ["review", "tenant__order"]
        constraints = [
            models.UniqueConstraint(fields=["review", "tenant"], name="one_city_opinion_per_department"),
            models.CheckConstraint(
                condition=Q(signed_at=None, stance="") | (~Q(stance="") & Q(signed_at__isnull=False)),
                name="city_opinion_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(stance="object") | ~Q(reason=""), name="city_opinion_objects_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.stance}"


class CityAdvice(models.Model):
    """What a department's handler proposes that its signer says (拟办意见): its own; the last one counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    opinion = models.ForeignKey(CityOpinion, on_delete=models.PROTECT, related_name="advices")
    stance = models.CharField(_("意见"), max_length=6, choices=CityStance)
    reason = models.TextField(_("理由"), blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("对测评结果的拟办意见")
        ordering = ["opinion", "at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stance="object") | ~Q(reason=""), name="city_advice_objects_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.stance}"


class Nomination(models.Model):
    """A place that reached the mark, or is added for a reason: whether it is laid before the province (C-III.2g)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(CityReview, on_delete=models.PROTECT, related_name="nominations")
    result = models.OneToOneField("indicators.EvaluationResult", on_delete=models.PROTECT, related_name="+")
    reaches = models.BooleanField(_("达到认定分数线"))
    nominated = models.BooleanField(_("报请认定"))
    reason = models.TextField(_("理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报请认定")
        ordering = ["review", "result__list", "result__place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reaches=models.F("nominated")) | ~Q(reason=""), name="nomination_differs_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.result)
