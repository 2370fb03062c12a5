"""Rounds in which third parties evaluate cities and counties by the index (测评, C-III.2c, C-III.2e)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import RankingList
from indicators.enums_evaluating import EngagementKind, EvaluationKind, EvaluationStatus
from indicators.models.index import IndexVersion


class EvaluationRound(models.Model):
    """A round of evaluation (测评轮次, U3, U5) of some places by their figures of `year`; owner is 省科技厅.

    `number` counts the rounds of a year. Their scores of people hang on one `RatingRound` for each list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=8, choices=EvaluationKind)
    year = models.PositiveSmallIntegerField(_("数据年度"))
    number = models.PositiveSmallIntegerField(_("轮次"))
    due_on = models.DateField(_("完成期限"))
    status = models.CharField(_("状态"), max_length=9, choices=EvaluationStatus, default=EvaluationStatus.PREPARING)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("测评轮次")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_evaluation_of_a_number"),
            models.CheckConstraint(
                condition=Q(status__in=["preparing", "scoring"], closed_at=None)
                | Q(status__in=["closed", "dropped"], closed_at__isnull=False),
                name="evaluation_closed_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | ~Q(closed_by=F("opened_by")), name="evaluation_closed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("evaluations:round", args=[self.pk])


class EvaluationPlace(models.Model):
    """A city or county in a round; the tenant is the government that answers for it.

    `disputed` are the indicators that its first two evaluators see too differently, `settled_at` when every score that
    is wanted was there: nothing else of the scores is told before the round is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="places")
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=40)
    address = models.CharField(_("申报页面"), max_length=200, blank=True)
    disputed = models.JSONField(_("分歧指标"), default=list)
    settled_at = models.DateTimeField(null=True, blank=True)
    list = models.CharField(_("名单"), max_length=10, choices=RankingList)

    class Meta:
        verbose_name = verbose_name_plural = _("测评对象")
        ordering = ["round", "list", "place"]
        constraints = [models.UniqueConstraint(fields=["round", "place"], name="one_place_per_evaluation")]

    def __str__(self) -> str:
        return self.name


class EvaluationContract(models.Model):
    """A third party that is contracted (委托) to evaluate some places of a round (by their codes), and its report.

    `reported` is what its signed report says of each place, as `EvaluationResult` keeps it when the round is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="contracts")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    places = models.JSONField(_("测评对象"), default=list)
    number = models.CharField(_("合同编号"), max_length=60)
    signed_on = models.DateField(_("签订日期"))
    file = models.ForeignKey(
        "files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    reported = models.JSONField(_("报告结果"), default=dict)
    reported_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("测评委托")
        ordering = ["round", "organisation__order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="one_contract_per_round"),
            models.CheckConstraint(
                condition=Q(reported_at=None, paper=None) | Q(reported_at__isnull=False, paper__isnull=False),
                name="reported_by_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Engagement(models.Model):
    """A contract or employment (利益关系) of a third party, or of one `person` of it, with a place; declared, kept.

    Dates are inclusive; without an end it goes on. The tenant is the third party that declared it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=10, choices=EngagementKind)
    what = models.CharField(_("内容"), max_length=200)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("利益关系")
        ordering = ["tenant", "-since", "place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="engagement_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="engagement_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind}"


class EvaluationResult(models.Model):
    """What a place reached in a closed round, written once; `reviews` by indicator: score and the reasons, nameless.

    `scores` by code of the index and `score` are plain decimals (0 to 100), `facts` the SHA-256 of the figures,
    `paper` the report that says it. `published_at`: from when everybody may read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(EvaluationRound, on_delete=models.PROTECT, related_name="results")
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=40)
    version = models.ForeignKey(IndexVersion, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict)
    score = models.CharField(_("得分"), max_length=40)
    reviews = models.JSONField(_("定性评分"), default=dict)
    left_out = models.JSONField(_("未计入的指标"), default=list)
    list = models.CharField(_("名单"), max_length=10, choices=RankingList)
    facts = models.CharField(max_length=80)
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("测评结果")
        ordering = ["round", "list", "place"]
        constraints = [models.UniqueConstraint(fields=["round", "place"], name="one_result_per_evaluation")]

    def __str__(self) -> str:
        return f"{self.name} {self.score}"

    def get_absolute_url(self) -> str:
        return reverse("evaluations:result", args=[self.pk])
