"""The joint review of a filing: case, opinions of the departments, questions to the city, conclusion, decision."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import CaseStatus, OpinionStatus, Outcome, Ruling, Stance

_paper = {"on_delete": models.PROTECT, "related_name": "+"}


class Case(models.Model):
    """A filing under joint review (联审联评, P-II.1.8c); its tenant is the applicant city."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(unique=True)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="cases")
    filing = models.OneToOneField("applications.Filing", on_delete=models.PROTECT, related_name="case")
    version = models.ForeignKey("applications.FilingVersion", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=12, choices=CaseStatus, default=CaseStatus.REVIEWING)
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("结论期限"), null=True, blank=True)
    inquiry_paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    report_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("案件")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["listed", "declined", "deferred"]) | Q(decision_paper__isnull=False),
                name="case_decided_by_paper",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reviewing", "concluded"]) | Q(report_paper__isnull=False),
                name="case_reported_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return str(self.filing)

    def get_absolute_url(self) -> str:
        return reverse("reviews:case", args=[self.pk])


class Opinion(models.Model):
    """A department's opinion (部门意见, T7): its tenant is the department, and the applicant never sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="opinions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=10, choices=OpinionStatus, default=OpinionStatus.REQUESTED)
    stance = models.CharField(_("意见"), max_length=10, choices=Stance, blank=True)
    reasons = models.TextField(_("理由"), blank=True)
    conditions = models.JSONField(_("条件"), default=list)
    requested_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey("notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("部门意见")
        ordering = ["case", "tenant__order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "tenant"], name="one_opinion_per_department"),
            models.CheckConstraint(
                condition=Q(status="requested") | (Q(paper__isnull=False) & ~Q(stance="") & ~Q(reasons="")),
                name="opinion_signed_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.get_stance_display()}"


class Question(models.Model):
    """A question to the city (询问), which it sees and answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("问题"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["case", "asked_at"]

    def __str__(self) -> str:
        return self.text[:40]


class Conclusion(models.Model):
    """What 省科技厅 concluded from the joint review (联审结论, T9), with its minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="conclusion")
    outcome = models.CharField(_("结论"), max_length=10, choices=Outcome)
    text = models.TextField(_("结论说明"))
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.get_outcome_display()


class Decision(models.Model):
    """What the provincial government decided (省政府决定, T13/T14), with its paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    ruling = models.CharField(_("决定"), max_length=10, choices=Ruling)
    text = models.TextField(_("说明"), blank=True)
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.get_ruling_display()
