"""A year's computation: the run, what it found of each subject, and the clause texts it was judged by."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import VERDICTS, Listing, Programme, RankingList, RunStatus
from policy.outcomes import Outcome


class ClauseText(models.Model):
    """The text of a clause file that a run was judged by, under its SHA-256 digest, so that a replay can read it."""

    digest = models.CharField(max_length=80, primary_key=True)
    name = models.CharField(_("条款集"), max_length=40)
    text = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("条款文本")
        ordering = ["name", "kept_at"]

    def __str__(self) -> str:
        return f"{self.name} {self.digest}"


class Run(models.Model):
    """One computation (测算) of a programme's year by 省科技厅: what went in, what came out, who released it (T17).

    A dry run (试算) is never released; a year is computed as often as needed, `number` counts, and the newest released
    one stands. `input_hash` is over facts, decisions and parameters, `result_hash` over findings, scores and ranks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(_("事项"), max_length=5, choices=Programme)
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("次数"))
    status = models.CharField(_("状态"), max_length=10, choices=RunStatus, default=RunStatus.QUEUED)
    dry = models.BooleanField(_("试算"), default=False)
    total = models.PositiveIntegerField(_("对象数"), default=0)
    done = models.PositiveIntegerField(_("已测算"), default=0)
    failure = models.TextField(_("未能完成的原因"), blank=True)
    params = models.JSONField(_("口径参数"), default=dict)
    clause_sets = models.JSONField(_("条款集"), default=dict)
    index_versions = models.JSONField(_("指标体系"), default=dict)
    code_version = models.CharField(_("程序版本"), max_length=80, blank=True)
    input_hash = models.CharField(max_length=80, blank=True)
    result_hash = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    listing = models.CharField(_("公开范围"), max_length=4, choices=Listing, default=Listing.OWN)
    top = models.PositiveSmallIntegerField(_("公开前几名"), default=0)
    paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("年度测算")
        ordering = ["-year", "programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "number"], name="one_run_per_number"),
            models.CheckConstraint(
                condition=~Q(status="released")
                | (Q(dry=False) & Q(released_at__isnull=False) & Q(proposed_by__isnull=False) & ~Q(result_hash="")),
                name="released_run_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("proposed_by")),
                name="run_released_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(released_at__isnull=False), name="published_run_was_released"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year} #{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:run", args=[self.pk])


class Assessment(models.Model):
    """What a run found of one subject's year: verdict, score and rank; final once its run is released.

    `facts` is the document that was judged (contract of `judge`); scores are plain decimal strings by code of the
    index tree, unrounded; `rank_low` and `rank_high` are the 5 % and 95 % ranks of the Monte-Carlo draws.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="assessments")
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField(_("对象代码"), max_length=60)
    name = models.CharField(_("对象名称"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    list = models.CharField(_("名单"), max_length=10, choices=RankingList)
    clause_set = models.CharField(_("条款集"), max_length=40, blank=True)
    digest = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    verdict = models.CharField(_("结论"), max_length=14, blank=True, choices=VERDICTS)
    scores = models.JSONField(_("得分"), default=dict)
    # What reviewers gave (C.5): by indicator their mean, and the office and reason of each.
    reviews = models.JSONField(_("定性评分"), default=dict)
    score = models.CharField(_("综合得分"), max_length=60, blank=True)
    rank = models.PositiveIntegerField(_("位次"), null=True, blank=True)
    ranked = models.PositiveIntegerField(_("参加排序数"), default=0)
    rank_low = models.PositiveIntegerField(_("位次下限"), null=True, blank=True)
    rank_high = models.PositiveIntegerField(_("位次上限"), null=True, blank=True)
    previous_rank = models.PositiveIntegerField(_("上年位次"), null=True, blank=True)
    final = models.BooleanField(_("已发布"), default=False)
    shown = models.BooleanField(_("向社会公开"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("年度评价")
        ordering = ["run", "list", "rank", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["run", "subject"], name="one_assessment_per_run_and_subject"),
            models.UniqueConstraint(fields=["id", "subject", "year", "verdict", "final"], name="assessment_as_it_is"),
            models.CheckConstraint(condition=~Q(shown=True) | Q(final=True), name="shown_assessment_is_final"),
        ]
        indexes = [models.Index(fields=["subject", "year"], name="assessments_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.year} {self.verdict}"


class Finding(models.Model):
    """What became of one clause for one subject's year, in the words of `judge`; `figures` names each vintage used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    place = models.PositiveSmallIntegerField()
    clause = models.CharField(_("条款"), max_length=40)
    label = models.CharField(max_length=120)
    quote = models.TextField(_("条款原文"))
    outcome = models.CharField(
        _("结果"), max_length=14, choices=[(outcome.value, outcome.label) for outcome in Outcome]
    )
    # Exact decimals, however long.
    observed = models.TextField(null=True, blank=True)
    shown = models.TextField(_("实际值"), blank=True)
    threshold = models.TextField(_("要求"), null=True, blank=True)
    operator = models.CharField(max_length=8, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    formula = models.TextField(_("算式"), blank=True)
    reason = models.TextField(_("说明"), blank=True)
    proposal = models.CharField(max_length=8, blank=True)
    advice = models.TextField(_("怎么办"), blank=True)
    decided = models.BooleanField(_("依据裁定"), default=False)
    counts = models.BooleanField(default=True)
    figures = models.JSONField(_("数据"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("条款结果")
        ordering = ["assessment", "place"]
        constraints = [models.UniqueConstraint(fields=["assessment", "clause"], name="one_finding_per_clause")]

    def __str__(self) -> str:
        return f"{self.clause} {self.outcome}"


class ResultCorrection(models.Model):
    """A figure behind a released result that was corrected (勘误) since: the value used and the one that holds now.

    The result stands and shows both (AMB-33); whoever reads the assessment reads this.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="corrections")
    code = models.CharField(_("数据"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    subject = models.CharField(_("对象代码"), max_length=60)
    before = models.CharField(_("原数"), max_length=200, null=True)  # unknown is not empty
    after = models.CharField(_("更正数"), max_length=200, null=True)
    vintage = models.PositiveSmallIntegerField(_("版次"))
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("结果所用数据的勘误")
        ordering = ["assessment", "year", "code", "vintage"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "subject", "code", "year", "vintage"], name="one_note_per_correction"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"
