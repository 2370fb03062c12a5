"""A department's conditions, and what of them 省科技厅 passes on to the city, which answers it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import RequirementStatus
from reviews.models.case import Case
from reviews.models.opinion import Opinion


class Condition(models.Model):
    """One condition of a signed opinion (条件): its department's; the applicant never sees this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conditions")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="condition_rows")
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("条件"))
    section = models.CharField(_("涉及栏目"), max_length=60, blank=True)
    due_on = models.DateField(_("落实期限"), null=True, blank=True)
    answerer = models.CharField(_("由谁落实"), max_length=80, blank=True)
    mandatory = models.BooleanField(_("必须落实"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("条件")
        ordering = ["case", "tenant__order", "number"]
        constraints = [models.UniqueConstraint(fields=["opinion", "number"], name="one_condition_per_number")]

    def __str__(self) -> str:
        return self.text[:40]


class Requirement(models.Model):
    """A condition passed on to the city in the words of 省科技厅 (需落实事项); its tenant is the city."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requirements")
    condition = models.OneToOneField(Condition, on_delete=models.PROTECT, related_name="requirement")
    status = models.CharField(_("状态"), max_length=8, choices=RequirementStatus, default=RequirementStatus.OPEN)
    text = models.TextField(_("需落实的事项"))
    section = models.CharField(_("涉及栏目"), max_length=60, blank=True)
    attribution = models.CharField(_("提出部门"), max_length=80, blank=True)
    mandatory = models.BooleanField(_("必须落实"), default=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    passed_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    passed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("需落实事项")
        ordering = ["case", "passed_at"]

    def __str__(self) -> str:
        return self.text[:40]


class RequirementAnswer(models.Model):
    """One answer of the city to a requirement, and whether it settles it; never changed, only judged."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("落实情况"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled = models.BooleanField(_("已落实"), null=True)
    verdict = models.TextField(_("确认意见"), blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["requirement", "at"]

    def __str__(self) -> str:
        return self.text[:40]
